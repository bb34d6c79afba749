"""What stands before commands and actions: asks the gates of plugins, and carries out their verdicts."""

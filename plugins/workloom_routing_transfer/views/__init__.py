"""The target search on screen. The Qt part of the plugin."""

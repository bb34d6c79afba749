"""Recipe: Data for a command."""

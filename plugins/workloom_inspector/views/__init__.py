"""The view of the plugins."""

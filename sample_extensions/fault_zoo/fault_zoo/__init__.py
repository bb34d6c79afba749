"""Plugins that fail, for seeing that a desktop bears them."""

"""Recipe: A button in the toolbar."""

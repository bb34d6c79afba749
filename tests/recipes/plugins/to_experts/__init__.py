"""Recipe: To the experts."""

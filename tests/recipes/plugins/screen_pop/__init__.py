"""Recipe: A page for each item."""

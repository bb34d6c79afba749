"""Recipe: A view of one's own."""

"""Recipe: Where a closed item goes."""

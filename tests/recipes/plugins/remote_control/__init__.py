"""Recipe: The desktop from outside."""

"""Recipe: An action in lists."""

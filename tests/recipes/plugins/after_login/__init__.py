"""Recipe: After the login."""

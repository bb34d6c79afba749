"""Recipe: Ask before sending."""

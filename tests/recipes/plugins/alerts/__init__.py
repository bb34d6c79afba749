"""Recipe: Alerts."""

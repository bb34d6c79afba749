"""Recipe: No Done without a disposition."""

"""Recipe: Panels by agent group."""

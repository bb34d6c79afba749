"""Recipe: Dispositions from a service."""

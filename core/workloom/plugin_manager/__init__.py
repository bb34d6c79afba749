"""Finds, checks, isolates and stops plugins."""

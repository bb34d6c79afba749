"""Acme desk."""

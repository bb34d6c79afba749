"""Composes the programs: each has its own dependency-injector container."""

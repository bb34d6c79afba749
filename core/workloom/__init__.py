"""Workloom: an agent desktop made of plugins, and the engine that routes work items to people."""

__version__ = "0.1.0"

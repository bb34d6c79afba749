"""Desks for the tests of the history."""

from tests.plugins.workbin.desks import furnished, open_desk, start_desktop

__all__ = ["furnished", "open_desk", "start_desktop"]

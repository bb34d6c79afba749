"""Desks for the tests of the item's pane."""

from tests.plugins.workbin.desks import furnished, open_desk, start_desktop
from tests.plugins.workitem.panes import open_pane

__all__ = ["furnished", "open_desk", "open_pane", "start_desktop"]

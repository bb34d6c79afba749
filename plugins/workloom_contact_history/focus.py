"""Whose history the view of histories shows: the agent's own, or that of one contact. No Qt."""

from collections.abc import Callable

from workloom.api import Contact

VIEW = "contact-history.mine"


class Focus:
    """Shared by the panel beside an item and the main view, for one agent."""

    def __init__(self) -> None:
        self.contact: Contact | None = None
        self.segment = ""
        self._changed: list[Callable[[], None]] = []

    def on_change(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` when another history is wanted; returns the undo."""
        self._changed.append(changed)
        return lambda: self._changed.remove(changed)

    def choose(self, contact: Contact | None, segment: str = "") -> None:
        """Show the history of this contact, a customer of this segment; None: the agent's own."""
        self.contact, self.segment = contact, segment
        for changed in tuple(self._changed):
            changed()

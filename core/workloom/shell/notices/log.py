"""All notices of an agent since login, for the bell. No Qt."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from workloom.api.contributions import Notice

KEPT = 200


class Entry(Struct, frozen=True, kw_only=True):
    """A notice and when it came."""

    at: datetime
    notice: Notice


class NoticeLog:
    """The newest first; the oldest go."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._entries: list[Entry] = []
        self.unseen = 0
        self.changed: Callable[[], None] = lambda: None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The newest first."""
        return tuple(self._entries)

    def add(self, notice: Notice) -> None:
        """Keep one more."""
        self._entries.insert(0, Entry(at=self._now(), notice=notice))
        del self._entries[KEPT:]
        self.unseen += 1
        self.changed()

    def seen(self) -> None:
        """The agent has looked."""
        self.unseen = 0
        self.changed()

"""What a plugin of the engine gets and brings. No Qt: an engine runs in a desktop, in a server, or without either."""

from collections.abc import Callable, Sequence
from logging import Logger
from typing import Protocol

from msgspec import Struct

from workloom.domain.events import Event, EventKind
from workloom.domain.options import OptionSet


class EngineContext(Protocol):
    """What a plugin of the engine knows: itself, and what is configured. Any thread."""

    @property
    def plugin(self) -> str:
        """Id of the plugin."""
        ...

    @property
    def log(self) -> Logger:
        """A logger of the plugin's own name."""
        ...

    def options(self) -> OptionSet:
        """Options as the layers Application and Tenant set them, read anew. Blocks; StorageError kinds."""
        ...


class EventReader(Struct, frozen=True, kw_only=True):
    """Reads the log of events from its beginning on, and goes on where it was after each restart.

    `take(events)` gets up to `batch` of them, in their order, on a thread of its own. When it returns, the engine keeps
    how far it has come. When it raises, or the process ends, the same events come again, so each comes at least once:
    whoever writes them elsewhere tells them apart by `Event.sequence`. `kinds` empty = all.
    """

    id: str
    take: Callable[[Sequence[Event]], None]
    kinds: tuple[EventKind, ...] = ()
    batch: int = 200

"""What the shell needs from outside, handed over by the composition of the desktop."""

from collections.abc import Callable
from typing import Protocol

from workloom.api.context import Drafts
from workloom.api.plugins import Plugins
from workloom.api.services import Backend


class PersonDrafts(Drafts, Protocol):
    """Drafts of one person."""

    def items(self) -> tuple[str, ...]:
        """Items that have drafts, by id."""
        ...


class DraftStore(Protocol):
    """Drafts of all people on this computer."""

    def of_person(self, person: str) -> PersonDrafts:
        """The drafts of one person. Blocks."""
        ...


class Opened(Protocol):
    """An open backend, and what else stands behind the desktop."""

    @property
    def backend(self) -> Backend: ...

    @property
    def plugins(self) -> Plugins: ...

    @property
    def drafts(self) -> DraftStore: ...

    def close(self) -> None:
        """Stop the backend. Blocks."""
        ...


OpenBackend = Callable[[], Opened]
"""Opens the backend. Blocks; raises StorageError kinds and Disconnected.

Called in the background, and again when the agent retries.
"""

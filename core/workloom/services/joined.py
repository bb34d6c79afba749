"""A store all of whose transactions are parts of one that is open already: what is done on it is kept whole, or not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workloom.domain.events import Event
from workloom.services.leases import AlwaysHeld
from workloom.services.ports import Reader, Transaction
from workloom.services.shards import EVERYTHING, Shard


class Joined:
    """`ports.Store`. A raise that goes through one of its transactions has to go through the open one as well."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    @contextmanager
    def transaction(self, *, whole: bool = False, shard: Shard = EVERYTHING) -> Iterator[Transaction]:
        """The one that is open; it ends with the block of whoever opened it."""
        del whole, shard
        yield self._transaction

    @property
    def ahead(self) -> "Joined":
        """Nobody waits."""
        return self

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        yield self._transaction

    def events_after(self, sequence: int, *, limit: int) -> tuple[Event, ...]:
        return self._transaction.events.after(sequence, limit=limit)

    def lease(self, shard: Shard = EVERYTHING) -> AlwaysHeld:
        """Nobody else writes meanwhile."""
        del shard
        return AlwaysHeld()

    def on_commit(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Nothing is told before the open transaction ends; the store tells it then."""
        del listener
        return lambda: None

    def changed_elsewhere(self) -> bool:
        return False

    def close(self) -> None:
        """The store stays open."""

"""Writers whose transactions wait for each other, so that they share one COMMIT."""

from collections.abc import Iterator, Sequence
from threading import Thread
from time import monotonic, sleep
from typing import Any, Final

from msgspec import Struct

from tests.chaos.disk.recording import Disk
from tests.chaos.disk.work import REGRET, Operation, Worker, operations
from workloom.adapters.sqlite.commits import Commits
from workloom.adapters.sqlite.store import SqliteStore

PATIENCE: Final = 60.0
"""Seconds after which a writer that was told nothing hangs."""

CACHE: Final = 8
"""Pages that the writing connection keeps: few, so that it needs the disk in the middle of a transaction as well."""


class Watched(Commits):
    """Counts COMMITs of several, and those that failed for several. Nobody loses patience: who is forgotten hangs."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection, patience=2 * PATIENCE)
        connection.execute(f"PRAGMA cache_size = {CACHE}")
        self.shared = 0
        self.failed = 0

    def finish(self) -> None:
        """Commit, and count it."""
        group = self._group
        super().finish()
        if group is not None and group.members > 1:
            self.shared += group.error is None
            self.failed += group.error is not None


class Told(Struct, frozen=True):
    """What came of an operation: an error unless it was acknowledged, and how many steps the disk had made before."""

    operation: Operation
    begin: int
    end: int
    error: BaseException | None


class Crew:
    """A worker in several threads at once."""

    def __init__(self, store: SqliteStore, disk: Disk, kind: type[Watched]) -> None:
        self.worker = Worker(store)
        self.disk = disk
        self.commits = kind(store._writer)  # noqa: SLF001 - the store has no need to let others choose
        store._commits = self.commits  # noqa: SLF001 - the same

    def together(self, at_once: Sequence[Operation]) -> list[Told]:
        """Operations that all wait for their turn before the first one begins. TimeoutError for one that hangs."""
        told: list[Told] = []
        threads = [Thread(target=self._do, args=(operation, told), daemon=True) for operation in at_once]
        with self.commits.lock:
            for number, thread in enumerate(threads, 1):
                thread.start()
                while len(self.commits.waiting) < number:
                    sleep(0)
        until = monotonic() + PATIENCE
        for thread in threads:
            thread.join(until - monotonic())
        if any(thread.is_alive() for thread in threads):
            raise TimeoutError(f"of {at_once} only {[each.operation for each in told]} were told anything")
        return told

    def _do(self, operation: Operation, told: list[Told]) -> None:
        begin, error = len(self.disk.steps), None
        try:
            self.worker.do(*operation)
        except BaseException as failed:  # noqa: BLE001 - who asked for it judges it
            error = failed
        told.append(Told(operation, begin, len(self.disk.steps), error))

    def close(self) -> None:
        self.worker.close()


def rounds(items: int) -> Iterator[list[Operation]]:
    """Items that go through all that is done with one, each a round behind the one before."""
    lives = [operations(f"item-{number}") for number in range(items)]
    for turn in range(items + len(lives[0]) - 1):
        steps = [life[turn - number] for number, life in enumerate(lives) if 0 <= turn - number < len(life)]
        yield at_once(steps, turn, f"regretted-{turn}")


def at_once(steps: list[Operation], turn: int, regretted: str) -> list[Operation]:
    """These in another order each turn, the first one asked for twice, and one that its writer regrets among them."""
    begin = turn % len(steps)
    turned = [*steps[begin:], *steps[:begin]]
    return [*turned[:1], (REGRET, regretted), *turned[1:], turned[0]]

"""Errors of the disk at each step of an opening and of each operation: said in kinds, survived, nothing half done."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
from msgspec import Struct, field

from tests.chaos.disk.power import MEMORY
from tests.chaos.disk.recording import CLOSE, DELETE, READ, SYNC, TRUNCATE, WRITE, Disk, Step
from tests.chaos.disk.work import Operation, Worker, failing_store, faults, operations
from workloom.adapters.sqlite.opening import open_store
from workloom.domain.errors import StorageError, StorageFull

MOST_STEPS = 5000
"""Steps that no operation takes: beyond, the search for its end has gone wrong."""

WRITES = (WRITE, SYNC, TRUNCATE, DELETE)


class Fault(Struct, frozen=True):
    """How a disk fails: with which error, at which steps, and whether it goes on failing until it is repaired."""

    name: str
    error: Callable[[], apsw.Error]
    at: tuple[str, ...]
    lasts: bool


FAULTS = (
    Fault("an I/O error", lambda: apsw.IOError("a bad sector"), (*WRITES, READ), lasts=False),
    Fault("a dead disk", lambda: apsw.IOError("the disk is gone"), WRITES, lasts=True),
    Fault("a full disk", lambda: apsw.FullError("no space"), (WRITE, TRUNCATE), lasts=True),
)


class Found(Struct):
    """What came of the errors: at how many points, and everything that is wrong."""

    points: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@contextmanager
def failing(disk: Disk, fault: Fault, point: int) -> Iterator[list[Step]]:
    """Let the disk fail at the step that is so many steps away; gives the steps that have failed."""
    failed: list[Step] = []
    begin = disk.counted

    def fail(step: Step) -> None:
        if step.what == CLOSE or disk.counted - begin < point or (failed and not fault.lasts):
            return
        if step.what in fault.at:
            failed.append(step)
            raise fault.error()

    disk.fault = fail
    try:
        yield failed
    finally:
        disk.fault = lambda _step: None


def of_operations(found: Found) -> None:
    """One engine, and each of its operations with an error at each of its steps; it goes on without a restart."""
    disk = Disk()
    disk.keeps = False
    with _folder() as folder:
        worker = Worker(failing_store(folder))
        done: list[Operation] = []
        for fault in FAULTS:
            for place, what in enumerate(("submit", "pull", "note", "finish")):
                _at_each_step(worker, disk, fault, (place, what), done, found)
        worker.close()
        _count(folder, done, found)


def _at_each_step(
    worker: Worker, disk: Disk, fault: Fault, operation: tuple[int, str], done: list[Operation], found: Found
) -> None:
    place, what = operation
    for point in range(1, MOST_STEPS):
        item = f"{what}-{fault.name}-{point}".replace(" ", "-")
        for before in operations(item)[:place]:
            worker.do(*before)
            done.append(before)
        said = ""
        with failing(disk, fault, point) as failed:
            try:
                worker.do(what, item)
                done.append((what, item))
            except StorageError as error:
                said = type(error).__name__
                if fault.name == "a full disk" and not isinstance(error, StorageFull):
                    found.wrong.append(f"{fault.name} at step {point} of {what} was called {said}")
        if said:
            worker.do(what, item)  # the disk is well again: the same operation once more, with its key
            done.append((what, item))
        if not failed:
            return
        found.points[f"{fault.name} in {what}"] += 1
        found.kinds[said or "not noticed, the operation went on"] += 1
    found.wrong.append(f"{what} takes more than {MOST_STEPS} steps")


def of_openings(found: Found) -> None:
    """A new store for each step of its opening, with an error there; then it is opened once more."""
    for point in range(1, MOST_STEPS):
        fault = FAULTS[point % len(FAULTS)]
        disk = Disk()
        disk.keeps = False
        with _folder() as folder:
            with failing(disk, fault, point) as failed:
                try:
                    failing_store(folder).close()
                except StorageError as error:
                    found.kinds[type(error).__name__] += 1
            worker = Worker(open_store(folder))
            done = list(operations("first"))
            for operation in done:
                worker.do(*operation)
            worker.close()
            _count(folder, done, found)
        if not failed and not disk.counted >= point:
            return
        found.points[f"{fault.name} in the opening"] += len(failed) > 0
    found.wrong.append(f"the opening takes more than {MOST_STEPS} steps")


def _count(folder: Path, done: list[Operation], found: Found) -> None:
    store = open_store(folder)
    lost, doubled = faults(store, done)
    store.close()
    found.wrong += [f"lost: {text}" for text in lost] + [f"doubled: {text}" for text in doubled]


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)

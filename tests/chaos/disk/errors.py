"""Errors of the disk at each step of an opening and of each operation: said in kinds, survived, nothing half done."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw
from msgspec import Struct, field

from tests.chaos.disk.crew import Crew, Told, Watched, at_once
from tests.chaos.disk.power import in_memory
from tests.chaos.disk.recording import CLOSE, DELETE, READ, SYNC, TRUNCATE, WRITE, Disk, Step
from tests.chaos.disk.work import REGRET, Operation, RegretError, Worker, failing_store, faults, operations, torn
from workloom.adapters.sqlite.folder import DATABASE
from workloom.adapters.sqlite.opening import open_store
from workloom.domain.errors import StorageError, StorageFull

MOST_STEPS = 5000
"""Steps that no operation takes: beyond, the search for its end has gone wrong."""

EVERY = 3
"""Steps from one error under several writers to the next: odd, so that each operation of a round is first sometimes."""

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
    """What came of the errors: at how many points, and everything that is wrong.

    `shared`, `failed`: COMMITs of several writers that came to the disk, and that failed for all of them.
    """

    points: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    shared: int = 0
    failed: int = 0


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
    with in_memory() as folder:
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


def of_several_writers(found: Found, kind: type[Watched] = Watched, every: int = EVERY) -> None:
    """A crew that meets an error, `every` so many steps. It ends with the first one at which something is wrong."""
    disk = Disk()
    disk.keeps = False
    with in_memory() as folder:
        crew = Crew(failing_store(folder), disk, kind)
        done: list[Operation] = []
        for fault in FAULTS:
            if not found.wrong:
                _of_rounds(crew, fault, every, done, found)
        found.shared, found.failed = crew.commits.shared, crew.commits.failed
        crew.close()
        _count(folder, done, found)


def _of_rounds(crew: Crew, fault: Fault, every: int, done: list[Operation], found: Found) -> None:
    """Rounds of each operation at once, on an item each, with an error some steps later each time."""
    for point in range(1, MOST_STEPS, every):
        name = f"{fault.name}-{point}".replace(" ", "-")
        lives = [operations(f"{name}-{number}") for number in range(4)]
        before = [operation for number, life in enumerate(lives) for operation in life[:number]]
        for operation in before:
            crew.worker.do(*operation)
        work = at_once([life[number] for number, life in enumerate(lives)], point, f"{name}-regretted")
        asked = [operation for operation in work if operation[0] != REGRET]
        try:
            with failing(crew.disk, fault, point) as failed:
                told = crew.together(work)
            _judge(crew, fault, point, told, found)
            again = crew.together(asked)  # the disk is well again: everybody asks once more, with the key
        except TimeoutError as error:
            found.wrong.append(f"{fault.name} at step {point}: {error}")
            return
        found.wrong += [f"{each.operation} met {each.error!r} on a sound disk" for each in again if each.error]
        done += [*before, *asked]
        if found.wrong or not failed:
            return
        found.points[f"{fault.name} under several writers"] += 1
    found.wrong.append(f"a round takes more than {MOST_STEPS} steps")


def _judge(crew: Crew, fault: Fault, point: int, told: list[Told], found: Found) -> None:
    """Who was told nothing bad has his work done, and of the others it is whole or not there."""
    where = f"{fault.name} at step {point} under several writers"
    store = crew.worker.engine.store
    lost, doubled = faults(store, [each.operation for each in told if each.error is None])
    half = torn(store, [each.operation for each in told])
    found.wrong += [f"{what}: {text}, {where}" for what, texts in _named(lost, doubled, half) for text in texts]
    for each in told:
        if each.error is None or isinstance(each.error, RegretError):
            continue
        found.kinds[type(each.error).__name__] += 1
        if not isinstance(each.error, StorageFull if fault.name == "a full disk" else StorageError):
            found.wrong.append(f"{where} was told as {each.error!r}")


def of_openings(found: Found) -> None:
    """A new store for each step of its opening, with an error there; then it is opened once more."""
    for point in range(1, MOST_STEPS):
        fault = FAULTS[point % len(FAULTS)]
        disk = Disk()
        disk.keeps = False
        with in_memory() as folder:
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
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        try:
            connection.execute("INSERT INTO history_text (history_text) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            found.wrong.append(f"the words to search for do not fit the items ({error})")
    store = open_store(folder)
    lost, doubled = faults(store, done)
    store.close()
    found.wrong += [f"{what}: {text}" for what, texts in _named(lost, doubled) for text in texts]


def _named(*texts: list[str]) -> Iterator[tuple[str, list[str]]]:
    return zip(("lost", "doubled", "half there"), texts, strict=False)

"""Power cuts: what a disk may hold after each step of recorded work, and what the store makes of it.

What was written and not yet put on the disk by a sync is there in any part: all, nothing, some writes of many, some
sectors of a write. A file that was never synced may be gone. The store of the product opens what is left.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from msgspec import Struct

from tests.chaos.disk.connection import Rewrite
from tests.chaos.disk.crew import Crew, Told, Watched, rounds
from tests.chaos.disk.recording import DELETE, OPEN, SYNC, TRUNCATE, WRITE, Disk, Step
from tests.chaos.disk.work import Operation, RegretError, Worker, failing_store, faults, operations, torn
from workloom.adapters.sqlite.folder import DATABASE, LOCK
from workloom.adapters.sqlite.opening import open_store
from workloom.domain.errors import StorageError

SECTOR = 512
MEMORY = Path("/dev/shm")  # noqa: S108 - folders of our own are made there


class Recorded(Struct, frozen=True):
    """Steps of the disk, and for each operation at how many steps it began and was acknowledged.

    `regretted`: what was begun and taken back.
    """

    steps: list[Step]
    work: list[tuple[Operation, int, int]]
    regretted: tuple[Operation, ...] = ()

    @property
    def begin(self) -> int:
        """The first step of the first operation."""
        return min(begin for _, begin, _ in self.work) + 1

    def acknowledged(self, steps: int) -> list[Operation]:
        """Operations that were acknowledged by then."""
        return [operation for operation, _, end in self.work if end <= steps]

    def unknown(self, steps: int) -> list[Operation]:
        """Operations that were going on then."""
        return [operation for operation, begin, end in self.work if begin < steps < end]


class Verdict(Struct, frozen=True):
    """One cut: why the store could not be opened, which operations were lost or doubled, and which are half there."""

    steps: int
    damaged: str = ""
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()

    @property
    def problems(self) -> list[str]:
        """All that is wrong, in words."""
        found = {"damages": self.damaged, "loses": self.lost, "doubles": self.doubled, "leaves a part of": self.torn}
        return [f"a cut after step {self.steps} {what} {which}" for what, which in found.items() if which]


def recorded(items: int, rewrite: Rewrite = lambda sql: sql) -> Recorded:
    """A life of a store from its first opening to its end."""
    disk = Disk()
    work: list[tuple[Operation, int, int]] = []
    with in_memory() as folder:
        worker = Worker(failing_store(folder, rewrite))
        for number in range(items):
            for what, item in operations(f"item-{number}"):
                begin = len(disk.steps)
                worker.do(what, item)
                work.append(((what, item), begin, len(disk.steps)))
        worker.close()
    return Recorded(disk.steps, work)


def recorded_together(items: int, kind: type[Watched] = Watched) -> tuple[Recorded, int]:
    """A life of a store with several writers, and how many COMMITs they have shared."""
    disk = Disk()
    told: list[Told] = []
    with in_memory() as folder:
        crew = Crew(failing_store(folder), disk, kind)
        for at_once in rounds(items):
            told += crew.together(at_once)
        crew.close()
    work = [(each.operation, each.begin, each.end) for each in told if each.error is None]
    regretted = tuple(each.operation for each in told if isinstance(each.error, RegretError))
    assert len(work) + len(regretted) == len(told), [each.error for each in told]
    return Recorded(disk.steps, work, regretted), crew.commits.shared


def cuts(life: Recorded, variants: int, seed: int = 1, first: int = 1) -> Iterator[Verdict]:
    """Cut the power after each step from the first on, each time in so many ways."""
    chance = Random(seed)  # noqa: S311 - no secret
    for steps in range(first, len(life.steps) + 1):
        for variant in range(variants):
            with in_memory() as folder:
                lay_out(life.steps[:steps], folder, chance, ("all", "some", "none")[(steps + variant) % 3])
                yield judged(life, steps, folder)


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder: what syncs do is reckoned, not waited for."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def judged(life: Recorded, steps: int, folder: Path) -> Verdict:
    """Open what is left, count, and ask again for what nobody knows of."""
    acknowledged, unknown = life.acknowledged(steps), life.unknown(steps)
    try:
        worker = Worker(open_store(folder))
        try:
            lost, doubled = faults(worker.engine.store, acknowledged)
            half = torn(worker.engine.store, (*unknown, *life.regretted))
            if unknown and not lost and not half:
                for operation in unknown:
                    worker.do(*operation)
                lost, doubled = faults(worker.engine.store, [*acknowledged, *unknown])
        finally:
            worker.close()
    except StorageError as error:
        return Verdict(steps, damaged=f"{type(error).__name__}: {error}")
    return Verdict(steps, lost=tuple(lost), doubled=tuple(doubled), torn=tuple(half))


def lay_out(steps: list[Step], folder: Path, chance: Random, survives: str) -> None:
    """Write the files that a disk may hold after these steps, beside the mark of an engine that did not end well."""
    files: dict[str, _File] = {}
    for step in steps:
        file = files.setdefault(step.file, _File())
        if step.what == DELETE and step.durable:
            files[step.file] = _File()
        elif step.what == SYNC:
            if file.durable is None:  # new: SQLite puts its folder on the disk as well, and what was deleted there
                for other in files.values():
                    other.forget_deleted()
            file.sync()
        else:
            file.pending.append(step)
    for name, file in files.items():
        content = file.after_a_cut(chance, survives)
        if content is not None and name:
            (folder / name).write_bytes(content)
    if (folder / DATABASE).exists():
        (folder / LOCK).write_text("open 1\n")


class _File:
    """One file: what is on the disk for sure, None = the file is not, and what may be there besides."""

    def __init__(self) -> None:
        self.durable: bytearray | None = None
        self.pending: list[Step] = []

    def sync(self) -> None:
        content = self.durable
        for step in self.pending:
            content = _applied(content, step, step.data)
        self.durable = bytearray() if content is None else content
        self.pending = []

    def forget_deleted(self) -> None:
        deletions = [number for number, step in enumerate(self.pending) if step.what == DELETE]
        if deletions:
            self.durable, self.pending = None, self.pending[deletions[-1] + 1 :]

    def after_a_cut(self, chance: Random, survives: str) -> bytes | None:
        content = None if self.durable is None else bytearray(self.durable)
        share = {"all": 1.0, "some": 0.5, "none": 0.0}[survives]
        for number, step in enumerate(self.pending):
            last = number == len(self.pending) - 1
            if chance.random() < share:
                torn = step.what == WRITE and (last or chance.random() < 0.2)
                content = _torn(content, step, chance) if torn else _applied(content, step, step.data)
        return None if content is None else bytes(content)


def _applied(content: bytearray | None, step: Step, data: bytes) -> bytearray | None:
    if step.what == DELETE:
        return None
    content = bytearray() if content is None else content
    if step.what == TRUNCATE:
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
    elif step.what == WRITE:
        content.extend(bytes(max(0, step.offset + len(data) - len(content))))
        content[step.offset : step.offset + len(data)] = data
    else:
        assert step.what == OPEN, step.what
    return content


def _torn(content: bytearray | None, step: Step, chance: Random) -> bytearray | None:
    """A write of which some sectors are on the disk."""
    for begin in range(0, len(step.data), SECTOR):
        if chance.random() < 0.5:
            part = Step(WRITE, step.file, step.offset + begin)
            content = _applied(content, part, step.data[begin : begin + SECTOR])
    return content

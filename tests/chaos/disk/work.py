"""Work on a store that leaves a record of what was acknowledged, and the check of it afterwards."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.chaos.disk.connection import Connection, Rewrite
from tests.contract.engine.office import MORNING, PASSWORD, site
from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, SystemIds
from workloom.adapters.sqlite.opening import open_store
from workloom.adapters.sqlite.store import SqliteStore, prepared
from workloom.bootstrap.engine import Engine, engine_on
from workloom.domain.commands import AddNote, Command, MarkDone, Pull
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, State
from workloom.services.ports import Reader, Store
from workloom.simulation.passwords import NoPasswords

Operation = tuple[str, str]
"""What was done, with which item."""

COMMANDS: dict[str, type[Command]] = {"pull": Pull, "note": AddNote, "finish": MarkDone}
EVENTS = {"submit": "submitted", "pull": "pulled", "note": "note-added", "finish": "done"}
REGRET = "regret"
"""What its writer takes back in the middle, so that nothing of it may ever be there."""

CHECKPOINT = 24
"""Pages after which the log is written back to the database: often, so that the work meets it at many points."""


class RegretError(Exception):
    """Who writes has changed his mind in the middle."""


def failing_store(folder: Path, rewrite: Rewrite = lambda sql: sql) -> SqliteStore:
    """A store on the failing disk."""

    def connect(path: str) -> Any:
        connection: Any = Connection(path, rewrite)
        prepared(connection, path).execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
        return connection

    return open_store(folder, connect=connect)


class Worker:
    """Ann at her desk, on an engine that nobody dispatches."""

    def __init__(self, store: Store) -> None:
        self.clock = VirtualClock(MORNING)
        self.engine: Engine = engine_on(
            store, clock=self.clock, ids=SystemIds(), randomness=Chance(1), hasher=NoPasswords()
        )
        configured = site()
        self.engine.configuration.apply(configured, dict.fromkeys(configured.persons, PASSWORD))
        ticket = self.engine.backend.authenticate("ann", PASSWORD).ticket
        self.ann = self.engine.backend.services(self.engine.backend.log_in(ticket, channels=["claim"]))

    def do(self, what: str, item: str) -> None:
        """One operation: the same again does nothing more. StorageError; RegretError of one that leaves nothing."""
        if what in ("submit", REGRET):
            self._submit(item, regrets=what == REGRET)
            return
        kind = COMMANDS[what]
        command = AddNote(item=item, text=f"Note on {item}. " * 20) if kind is AddNote else kind(item=item)
        self.ann.items.execute(command, key=f"{what} {item}")

    def _submit(self, item: str, *, regrets: bool) -> None:
        now = self.clock.now()
        record = Interaction(
            id=item,
            tenant="default",
            media_type="claim",
            queue="shelf",
            received_at=now,
            submitted_at=now,
            placed_at=now,
            queue_since={"shelf": now},
            attached={"City": "Graz", "Story": "It rained into the kitchen. " * 20},
        )
        with self.engine.store.transaction() as transaction:
            if transaction.items.get(item) is None:
                transaction.items.insert(record)
                if regrets:
                    raise RegretError
                transaction.events.append([Event(at=now, kind=EventKind.SUBMITTED, item=item, queue="shelf")])

    def close(self) -> None:
        self.engine.stop()


def operations(item: str) -> tuple[Operation, ...]:
    """All that is done with an item, in its order."""
    return tuple((what, item) for what in ("submit", *COMMANDS))


def faults(store: Store, acknowledged: Iterable[Operation]) -> tuple[list[str], list[str]]:
    """What was acknowledged and is lost, and what has happened more than once."""
    lost, doubled = [], []
    with store.reading() as reader:
        for what, item in acknowledged:
            marks = _marks(reader, what, item)
            if not all(marks):
                lost.append(f"{what} {item}")
            elif max(marks) > 1:
                doubled.append(f"{what} {item}")
    return lost, doubled


def torn(store: Store, unknown: Iterable[Operation]) -> list[str]:
    """Of what nobody knows whether it has happened, and of what was regretted: that of which only a part is there."""
    with store.reading() as reader:
        return [f"{what} {item}" for what, item in unknown if len({*_marks(reader, what, item)}) > 1]


def _marks(reader: Reader, what: str, item: str) -> tuple[int, int]:
    """How often the events tell of an operation, and how often the records show it."""
    told = [event.kind.value for event in reader.events.of_item(item)].count(EVENTS.get(what, ""))
    record = reader.items.get(item)
    if record is None:
        return told, 0
    if what == "note":
        return told, len(reader.notes.of_item(item))
    if what == "finish":
        return told, int(record.is_finished)
    return told, int(what != "pull" or record.state in (State.HANDLING, State.FINISHED))

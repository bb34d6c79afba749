"""Work on a store that leaves a record of what was acknowledged, and the check of it afterwards."""

from collections import Counter
from pathlib import Path
from typing import Any

from tests.chaos.disk.connection import Connection, Rewrite
from tests.contract.engine.office import MORNING, PASSWORD, site
from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, SystemIds
from workloom.adapters.sqlite.opening import open_store
from workloom.adapters.sqlite.store import prepared
from workloom.bootstrap.engine import Engine, engine_on
from workloom.domain.commands import AddNote, Command, MarkDone, Pull
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.services.ports import Store
from workloom.simulation.passwords import NoPasswords

Operation = tuple[str, str]
"""What was done, with which item."""

COMMANDS: dict[str, type[Command]] = {"pull": Pull, "note": AddNote, "finish": MarkDone}
EVENTS = {"submit": "submitted", "pull": "pulled", "note": "note-added", "finish": "done"}
CHECKPOINT = 24
"""Pages after which the log is written back to the database: often, so that the work meets it at many points."""


def failing_store(folder: Path, rewrite: Rewrite = lambda sql: sql) -> Store:
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
        """One operation: the same again does nothing more. StorageError."""
        if what == "submit":
            self._submit(item)
            return
        kind = COMMANDS[what]
        command = AddNote(item=item, text=f"Note on {item}. " * 20) if kind is AddNote else kind(item=item)
        self.ann.items.execute(command, key=f"{what} {item}")

    def _submit(self, item: str) -> None:
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
                transaction.events.append([Event(at=now, kind=EventKind.SUBMITTED, item=item, queue="shelf")])

    def close(self) -> None:
        self.engine.stop()


def operations(item: str) -> tuple[Operation, ...]:
    """All that is done with an item, in its order."""
    return tuple((what, item) for what in ("submit", *COMMANDS))


def faults(store: Store, acknowledged: list[Operation]) -> tuple[list[str], list[str]]:
    """What was acknowledged and is lost, and what has happened more than once."""
    lost, doubled = [], []
    with store.reading() as reader:
        for what, item in acknowledged:
            times = Counter(event.kind.value for event in reader.events.of_item(item))[EVENTS[what]]
            record = reader.items.get(item)
            notes = len(reader.notes.of_item(item))
            if not times or record is None or (what == "note" and not notes):
                lost.append(f"{what} {item}")
            elif times > 1 or (what == "note" and notes > 1):
                doubled.append(f"{what} {item}")
            elif what == "finish" and not record.is_finished:
                lost.append(f"{what} {item}: the record is {record.state}")
    return lost, doubled

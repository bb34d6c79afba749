"""Submits and claims on the embedded engine, and bare sqlite3 writing the same rows, in turn: `… FOLDER RUNS`.

The bare side is given the rows that ours has just written: it writes the same bytes to the same tables with the same
indexes, in transactions of as many items and with the same durability, and reads, decides and checks nothing. Says
items a second of each run.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

from msgspec.structs import replace

from tests.bench.programs.logged_in import PASSWORD, demo_without_work
from workloom.adapters.ids import SystemIds
from workloom.adapters.sqlite.folder import DATABASE
from workloom.bootstrap.demo_capture import MAPPING, POINT, demo_incidents, shipped_mapping
from workloom.bootstrap.demo_export import COLUMNS
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.capture import create
from workloom.domain.capture_messages import Message
from workloom.domain.capture_rows import RowReader
from workloom.domain.site import Site
from workloom.services.capture import BATCH, point_of
from workloom.services.router import MOST_MOVES

ITEMS = 2000
AGENTS = ("ines", "jonas", "lena", "tomasz")
SUBMITTED = ("interaction", "history_text", "event")
"""Tables that a submit writes to."""

Rows = Sequence[tuple[Any, ...]]
Work = Sequence[tuple[str, Rows]]
"""Statements, each with the rows that it is carried out for."""


class Table:
    """The rows of a table, as they were when it was read; those of a search index with their row numbers."""

    def __init__(self, data: Path, name: str) -> None:
        connection = sqlite3.connect(data / DATABASE)
        number = "rowid, " if name.endswith("_text") else ""
        found = connection.execute(f"SELECT {number}* FROM {name}")  # noqa: S608 - a table of ours
        self.name, self.columns, self.rows = name, [column[0] for column in found.description], found.fetchall()
        connection.close()

    def insert(self, rows: Rows) -> tuple[str, Rows]:
        """What inserts rows into it."""
        marks = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({marks})", rows  # noqa: S608 - a table of ours

    def update(self, after: "Table") -> tuple[str, Rows]:
        """What brings each of its items to what it is in `after`: only columns that have changed, under its fence."""
        pairs = list(zip(self.rows, after.rows, strict=True))
        places = [place for place in range(len(self.columns)) if any(old[place] != new[place] for old, new in pairs)]
        key, fence = self.columns.index("id"), self.columns.index("fence")
        changes = ", ".join(f"{self.columns[place]} = ?" for place in places)
        statement = f"UPDATE {self.name} SET {changes} WHERE id = ? AND fence = ?"  # noqa: S608 - a table of ours
        return statement, [(*(new[place] for place in places), new[key], old[fence]) for old, new in pairs]


def timed(work: Callable[[], object]) -> float:
    """Items a second."""
    begun = time.perf_counter()
    work()
    return ITEMS / (time.perf_counter() - begun)


def bare(data: Path, work: Work, batch: int) -> float:
    """Carry out the work by bare sqlite3, so many items in each transaction; items a second."""
    connection = sqlite3.connect(data / DATABASE, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    batches = -(-ITEMS // batch)

    def carry_out() -> None:
        for number in range(batches):
            connection.execute("BEGIN IMMEDIATE")
            for statement, rows in work:
                size = -(-len(rows) // batches)
                connection.executemany(statement, rows[number * size : (number + 1) * size])
            connection.execute("COMMIT")

    speed = timed(carry_out)
    connection.close()
    return speed


def messages(engine: Engine) -> list[Message]:
    """What a source says of so many new incidents, read already."""
    site = engine.configuration.site()
    point = point_of(site, POINT)
    reader = RowReader(shipped_mapping(MAPPING, COLUMNS, site, point))
    found = []
    for values in (incident[0].values for incident in demo_incidents(incidents=ITEMS, waiting=ITEMS)):
        capture_id, revision, verb = reader.identity(values)
        said = reader.said(values, creating=True)
        fields = {**said.fields, "queue": point.queue, "media_type": point.media_type}
        message = Message(point=point.name, capture_id=capture_id, revision=revision, verb=verb)
        found.append(replace(message, said=replace(said, fields=fields)))
    return found


def submit(engine: Engine, new: Sequence[Message]) -> None:
    """Make an item of each message and keep it with its event, as many in a transaction as an import does."""
    ids, now, tenant = SystemIds(), datetime.now(UTC), engine.configuration.site().tenant
    for number in range(0, ITEMS, BATCH):
        with engine.store.transaction() as transaction:
            for message in new[number : number + BATCH]:
                made = create(message, item=ids.new("item"), tenant=tenant, contact="", now=now)
                assert made.item is not None
                transaction.items.insert(made.item)
                transaction.events.append(made.events)


def submits(ours: Path, theirs: Path) -> tuple[float, float]:
    """One run of submitting."""
    before = {name: set(Table(ours, name).rows) for name in SUBMITTED}
    engine = open_engine(ours)
    new = messages(engine)
    speed = timed(lambda: submit(engine, new))
    engine.stop()
    after = [Table(ours, name) for name in SUBMITTED]
    work = [table.insert([row for row in table.rows if row not in before[table.name]]) for table in after]
    return speed, bare(theirs, work, BATCH)


def claims(ours: Path, theirs: Path) -> tuple[float, float]:
    """One run of claiming, as the dispatcher does it for agents who are ready."""
    engine = open_engine(ours)
    _log_in(engine)
    before = Table(ours, "interaction")
    speed = timed(engine.dispatcher.step)
    engine.stop()
    events = Table(ours, "event")
    offered = [row for row in events.rows if row[events.columns.index("kind")] == "offered"]
    assert len(offered) == ITEMS, f"{len(offered)} of {ITEMS} items were offered"
    return speed, bare(theirs, [before.update(Table(ours, "interaction")), events.insert(offered)], MOST_MOVES)


def _log_in(engine: Engine) -> None:
    for name in AGENTS:
        plan = engine.backend.authenticate(name, PASSWORD)
        engine.backend.log_in(plan.ticket, channels=("incident",))


def _roomy(site: Site) -> Site:
    """The demo's site, where each agent may have all items at once."""
    rules = {
        name: replace(rule, total=0, capacities=tuple(replace(each, maximum=ITEMS) for each in rule.capacities))
        for name, rule in site.capacity_rules.items()
    }
    return replace(site, capacity_rules=rules)


def main(folder: Path, runs: int) -> None:
    """Measure so many runs of both, after one that warms up."""
    empty, full = folder / "empty", folder / "full"
    engine = demo_without_work(empty)
    engine.configuration.apply(_roomy(engine.configuration.site()), {})
    engine.stop()
    said: dict[str, list[float]] = {"submit": [], "bare submit": [], "claim": [], "bare claim": []}
    for run in range(runs + 1):
        for name, ready, measure in (("submit", empty, submits), ("claim", full, claims)):
            ours, theirs = (copytree(ready, folder / f"{name}-{run}-{side}") for side in ("ours", "bare"))
            speeds = measure(ours, theirs)
            if run:
                said[name].append(speeds[0])
                said[f"bare {name}"].append(speeds[1])
            elif name == "submit":
                copytree(ours, full)
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

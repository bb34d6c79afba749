"""The work that the demo begins with: what its people did in the weeks before, and what waits for them now.

Done on an engine of its own, whose clock goes through those weeks: every step is a message of a capture point or a
command of a person, as at any other time.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from workloom.adapters.clock import VirtualClock
from workloom.bootstrap.demo import demo_site
from workloom.bootstrap.demo_capture import MadeRows, NoRejects, demo_incidents, import_demo, shipped_mapping
from workloom.bootstrap.demo_office import DAYS, Fate, Office, Piece
from workloom.bootstrap.engine import Engine, engine_on
from workloom.domain.commands import AddNote, MarkDone, PlaceInWorkbin, Pull, SetDisposition
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.site import Site
from workloom.services.backend import AgentServices
from workloom.services.capture import point_of
from workloom.services.capture_ports import Row
from workloom.services.joined import Joined
from workloom.services.ports import Transaction
from workloom.simulation.passwords import NoPasswords

POINT: Final = "mailroom"
MAPPING: Final = "demo_office.toml"
WORKING: Final = ("lena", "jonas", "tamara", "samira")

INCIDENTS, INCIDENTS_WAITING = 60, 18
BETWEEN_INCIDENTS: Final = timedelta(minutes=13)

Step = tuple[datetime, Callable[[], None]]


def begin_from_demo(engine: Engine, catalogue: OptionCatalogue, now: datetime) -> int | None:
    """Let a store where no site was ever applied start from the demo site and its work; how many items are unfinished
    then, None where there is a site. Say so to the user when it did. StorageError kinds.

    All of it is one transaction: a start that is cut off leaves nothing, and the next one begins anew.
    """
    configuration = engine.configuration
    if configuration.site().version:
        return None
    site = demo_site()
    hashed = configuration.with_hashes(site.site, Site(), site.passwords)  # slow on purpose: outside the writing
    with engine.store.transaction(whole=True) as transaction:
        if transaction.documents.version():  # another process was quicker
            return None
        configuration.edit_in(transaction, lambda _reader, _before: hashed, "service")
        return _fill(transaction, catalogue, now)


def _fill(transaction: Transaction, catalogue: OptionCatalogue, now: datetime) -> int:
    clock = VirtualClock(now - timedelta(days=DAYS + 1))
    # Nobody types a password here: each person is let in by what the site keeps of theirs.
    engine = engine_on(Joined(transaction), catalogue, clock=clock, hasher=NoPasswords(), exclusive=False)
    try:
        return _Weeks(engine, clock, now).go_by()
    finally:
        engine.stop()


class _Weeks:
    """The weeks before the demo begins."""

    def __init__(self, engine: Engine, clock: VirtualClock, now: datetime) -> None:
        self._engine, self._clock, self._now = engine, clock, now
        site = engine.capture.site()
        self._mailroom = point_of(site, POINT)
        self._office = shipped_mapping(MAPPING, None, site, self._mailroom)
        self._unfinished = 0
        self._people = {name: self._log_in(name, site.persons[name].password) for name in WORKING}

    def go_by(self) -> int:
        """Let everything happen in its order; how many items are unfinished at the end."""
        for at, step in sorted(self._steps(), key=lambda each: each[0]):
            self._clock.move_to(at)
            step()
        self._clock.move_to(self._now)
        for services in self._people.values():
            services.presence.log_off()
        return self._unfinished

    def _steps(self) -> Iterator[Step]:
        for piece in Office(self._now).pieces():
            yield piece.received, partial(self._arrive, piece)
            if piece.handled is not None:
                yield piece.handled, partial(self._handle, piece)
        incidents = demo_incidents(incidents=INCIDENTS, waiting=INCIDENTS_WAITING)
        solved, waiting = incidents[:-INCIDENTS_WAITING], incidents[-INCIDENTS_WAITING:]
        yield self._now - timedelta(days=1), partial(self._report, [row for rows in solved for row in rows])
        for back, rows in enumerate(reversed(waiting), start=1):
            yield self._now - back * BETWEEN_INCIDENTS, partial(self._report, rows)

    def _arrive(self, piece: Piece) -> None:
        rows = MadeRows((Row(number=1, line=1, values=piece.row),))
        self._engine.capture.import_rows(rows, self._office, self._mailroom, NoRejects())
        self._unfinished += piece.fate is not Fate.DONE

    def _report(self, rows: Sequence[Row]) -> None:
        counts = import_demo(self._engine.capture, MadeRows(rows))
        self._unfinished += counts.created - counts.completed

    def _handle(self, piece: Piece) -> None:
        """What the handler did: opened it, left a note, and finished it or put it away."""
        items = self._people[piece.handler].items
        with self._engine.store.reading() as reader:
            found = reader.items.by_external(POINT, piece.row["id"])
        assert found is not None
        items.execute(Pull(item=found.id))
        items.execute(AddNote(item=found.id, text=piece.note))
        if piece.fate is Fate.RESTING:
            items.execute(PlaceInWorkbin(item=found.id, workbin=piece.workbin, owner=piece.owner))
            return
        items.execute(SetDisposition(item=found.id, value=piece.disposition))
        items.execute(MarkDone(item=found.id))

    def _log_in(self, name: str, password: str) -> AgentServices:
        backend = self._engine.backend
        return backend.services(backend.log_in(backend.authenticate(name, password).ticket))

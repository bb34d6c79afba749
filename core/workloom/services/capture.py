"""Capture: rows of an export become messages, and messages become work items. In batches, each one transaction.

A row that cannot be used is rejected with the reason before anything of it is written, so it takes no other down.
What a crash cuts off was never committed; importing the same file once more goes on where it stopped.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.capture_mapping import CaptureMapping
from workloom.domain.capture_messages import Count, Counts, Known, Message, Said, Verb
from workloom.domain.capture_rows import RowReader
from workloom.domain.errors import BadInput
from workloom.domain.site import CapturePoint, Site
from workloom.services.capture_ports import Rejects, Row, Rows
from workloom.services.capture_taking import Taking, with_defaults
from workloom.services.ports import Store
from workloom.services.ports_outside import Clock, Ids
from workloom.services.site_documents import SiteCache

BATCH: Final = 200
"""Rows in one transaction."""


class Progress(Struct, frozen=True):
    """How far an import is: counts so far, and how much of the file has been read (0 to 1)."""

    counts: Counts
    part: float


class Taken(Struct, frozen=True):
    """What an import came to: the counts, the columns of the mapping that no row has had, and how many rows came late.

    A late row comes behind a newer one of its item.
    """

    counts: Counts
    missing: frozenset[str] = frozenset()
    late: int = 0


class Capture:
    """Takes messages from sources."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, sites: SiteCache) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._sites = sites

    def site(self) -> Site:
        """The site in force."""
        with self._store.reading() as reader:
            return self._sites.of(reader)

    def import_rows(
        self,
        rows: Rows,
        mapping: CaptureMapping,
        point: CapturePoint,
        rejects: Rejects,
        *,
        verbs: frozenset[Verb] = frozenset(Verb),
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> Taken:
        """Import all rows; verbs that are not chosen are skipped. StorageError leaves the batches before it."""
        reader = RowReader(mapping)
        tally: Counter[str] = Counter()
        late = LateRows()
        for batch in _batches(rows):
            with self._store.transaction() as transaction:
                taking = Taking(transaction, self._sites.of(transaction), point, self._clock, self._ids)
                importer = _Batch(taking, reader, late)
                outcomes = [importer.take(row, verbs) for row in batch]
            for row, (count, reason) in zip(batch, outcomes, strict=True):
                tally[count] += 1
                if count is Count.REJECTED:
                    rejects.add(row, reason)
            progress(Progress(Counts(**tally), rows.progress))
        return Taken(Counts(**tally), reader.missing, late.count)


def point_of(site: Site, name: str) -> CapturePoint:
    """A capture point by name. BadInput names those that there are."""
    if name not in site.capture_points:
        known = ", ".join(f"“{one}”" for one in site.capture_points) or "none"
        raise BadInput(f"There is no capture point “{name}”. The site has {known}.")
    return site.capture_points[name]


class LateRows:
    """Rows of an import that came behind a newer row of their item.

    The create of an item may have the revision of a later row (decision 9). So one row with a lower revision than that
    is late only if no row follows that takes the item as far again.
    """

    def __init__(self) -> None:
        self._late = 0
        self._short_of_create: set[str] = set()

    def see(self, known: Known, message: Message) -> None:
        """A message that is news, with what was known before."""
        if known.is_late(message.revision):
            self._late += 1
        elif known.precedes_create(message.revision):
            self._short_of_create.add(message.capture_id)
        else:
            self._short_of_create.discard(message.capture_id)

    @property
    def count(self) -> int:
        """How many they are so far."""
        return self._late + len(self._short_of_create)


class _Batch:
    """Rows that are written in one transaction."""

    def __init__(self, taking: Taking, reader: RowReader, late: LateRows) -> None:
        self._taking = taking
        self._reader = reader
        self._late = late

    def take(self, row: Row, verbs: frozenset[Verb]) -> tuple[Count, str]:
        """What became of a row, and why it was rejected."""
        if row.problem:
            return Count.REJECTED, row.problem
        try:
            return self._taken(row.values, verbs), ""
        except BadInput as error:
            return Count.REJECTED, error.message

    def _taken(self, values: Mapping[str, object], verbs: frozenset[Verb]) -> Count:
        capture_id, revision, verb = self._reader.identity(values)
        known = self._taking.known(capture_id)
        if (Verb.CREATE if known is None else verb) not in verbs:
            return Count.SKIPPED
        message = Message(point=self._taking.point.name, capture_id=capture_id, revision=revision, verb=verb)
        if known is None:
            self._taking.create(replace(message, said=self._said(values, creating=True)))
            return Count.CREATED
        if known.has(revision, verb):
            return Count.UNCHANGED
        self._late.see(known, message)
        return self._taking.follow(replace(message, said=self._said(values, creating=False)), known)

    def _said(self, values: Mapping[str, object], *, creating: bool) -> Said:
        """What the row says, with the defaults."""
        said = self._reader.said(values, creating=creating)
        return with_defaults(said, self._taking.point, self._reader.mapping.defaults, creating=creating)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in batches; those before a file cannot be read further come before the BadInput."""
    batch: list[Row] = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except BadInput:
        if batch:
            yield batch
        raise
    if batch:
        yield batch

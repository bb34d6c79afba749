"""Capture: rows of an export become messages, and messages become work items. In batches, each one transaction.

A row that cannot be used is rejected with the reason before anything of it is written, so it takes no other down.
What a crash cuts off was never committed; importing the same file once more goes on where it stopped.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.capture import Outcomes, create, follow, is_news, is_settled
from workloom.domain.capture_mapping import CaptureMapping
from workloom.domain.capture_messages import Count, Counts, Known, Message, Said, Verb, learned
from workloom.domain.capture_rows import RowReader
from workloom.domain.errors import BadInput
from workloom.domain.interaction import Interaction
from workloom.domain.site import CapturePoint, Site
from workloom.services.capture_ports import Rejects, Row, Rows
from workloom.services.contacts import find_or_create
from workloom.services.ports import Clock, Ids, Store, Transaction
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
        late = 0
        for batch in _batches(rows):
            with self._store.transaction() as transaction:
                importer = _Batch(transaction, self._sites.of(transaction), point, reader, self._clock, self._ids)
                outcomes = [importer.take(row, verbs) for row in batch]
            for row, (count, reason) in zip(batch, outcomes, strict=True):
                tally[count] += 1
                if count is Count.REJECTED:
                    rejects.add(row, reason)
            late += importer.late
            progress(Progress(Counts(**tally), rows.progress))
        return Taken(Counts(**tally), reader.missing, late)


def point_of(site: Site, name: str) -> CapturePoint:
    """A capture point by name. BadInput names those that there are."""
    if name not in site.capture_points:
        known = ", ".join(f"“{one}”" for one in site.capture_points) or "none"
        raise BadInput(f"There is no capture point “{name}”. The site has {known}.")
    return site.capture_points[name]


class _Batch:
    """Rows that are written in one transaction."""

    def __init__(
        self, transaction: Transaction, site: Site, point: CapturePoint, reader: RowReader, clock: Clock, ids: Ids
    ) -> None:
        self._transaction = transaction
        self._site = site
        self._point = point
        self._reader = reader
        self._clock = clock
        self._ids = ids
        self.late = 0

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
        known = self._transaction.captured.known(self._point.name, capture_id)
        if (Verb.CREATE if known is None else verb) not in verbs:
            return Count.SKIPPED
        message = Message(point=self._point.name, capture_id=capture_id, revision=revision, verb=verb)
        if known is None:
            return self._created(replace(message, said=self._said(values, creating=True)))
        if known.has(revision, verb):
            return Count.UNCHANGED
        self.late += known.is_late(revision)
        return self._followed(replace(message, said=self._said(values, creating=False)), known)

    def _created(self, message: Message) -> Count:
        self._check_places(message.said)
        outcomes = create(
            message,
            item=self._ids.new("item"),
            tenant=self._site.tenant,
            contact=self._contact(message.said),
            now=self._clock.now(),
        )
        assert outcomes.item is not None
        self._transaction.items.insert(outcomes.item)
        self._transaction.events.append(outcomes.events)
        known = Known(item=outcomes.item.id, created=(message.revision, message.verb), said=message.said)
        self._transaction.captured.remember(message, known)
        return outcomes.count

    def _followed(self, message: Message, known: Known) -> Count:
        item = self._transaction.items.get(known.item)
        if item is None or not is_news(message, known) or is_settled(message, item):
            taken, count = False, Count.UNCHANGED
        else:
            contact = self._contact(message.said, known.said)
            outcomes = follow(message, known, item, contact=contact, site=self._site, now=self._clock.now())
            self._write(item, outcomes)
            taken, count = True, outcomes.count
        self._transaction.captured.remember(message, learned(known, message, taken=taken))
        return count

    def _write(self, before: Interaction, outcomes: Outcomes) -> None:
        if outcomes.item is not None:
            self._transaction.items.save(outcomes.item, before=before)
            self._transaction.events.append(outcomes.events)

    def _contact(self, said: Said, before: Said | None = None) -> str:
        """The id of the contact that the source names, empty if none or if it says nothing new of it."""
        if not said.contact_key:
            return ""
        if before is not None and (said.contact_key, said.contact) == (before.contact_key, before.contact):
            return ""
        contact = find_or_create(
            self._transaction,
            self._ids,
            tenant=self._site.tenant,
            key=said.contact_key,
            attributes={name: (value,) for name, value in said.contact.items()},
            now=self._clock.now(),
        )
        return contact.id

    def _said(self, values: Mapping[str, object], *, creating: bool) -> Said:
        """What the row says, with the defaults for what it does not know; at creation also for what it leaves out."""
        said = self._reader.said(values)
        fields = dict(said.fields)
        for name, default in self._defaults().items():
            if fields.get(name) is None and (creating or name in fields):
                fields[name] = default
        return replace(said, fields=fields)

    def _defaults(self) -> dict[str, str | int]:
        point = self._point
        own = {
            "queue": point.queue,
            "media_type": point.media_type,
            "process": point.process,
            "department": point.department,
        }
        return {**{name: value for name, value in own.items() if value}, **self._reader.mapping.defaults}

    def _check_places(self, said: Said) -> None:
        """BadInput unless the row's media type and queue exist and go together."""
        media_type, queue = (str(said.fields.get(name) or "") for name in ("media_type", "queue"))
        if media_type not in self._site.media_types:
            raise BadInput(f"The media type “{media_type}” is not known." if media_type else "No media type is given.")
        known = self._site.queues.get(queue)
        if known is None:
            raise BadInput(f"The queue “{queue}” is not known." if queue else "No queue is given.")
        if known.media_types and media_type not in known.media_types:
            raise BadInput(f"The queue “{queue}” does not take the media type “{media_type}”.")


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

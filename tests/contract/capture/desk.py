"""A small service desk with a store of its own: what the capture tests stand on."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests.contract.backends import opened_store
from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import SystemIds
from workloom.adapters.sqlite.store import SqliteStore
from workloom.bootstrap.capture_files import Import, Imported, import_file
from workloom.domain.capture_messages import Counts, Verb
from workloom.domain.contact import Contact
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.domain.site import CapturePoint, MediaType, Queue, Site
from workloom.services.capture import Capture
from workloom.services.site_documents import SiteCache, documents_of

SERVICENOW = Path(__file__).parents[3] / "docs" / "howto" / "servicenow.toml"
SITE = Site(
    media_types={
        "incident": MediaType(name="incident", title="Incidents", singular="Incident"),
        "claim": MediaType(name="claim", title="Claims", singular="Claim"),
    },
    queues={
        "servicedesk": Queue(name="servicedesk", media_types=("incident",)),
        "claims": Queue(name="claims"),
    },
    capture_points={
        "servicedesk": CapturePoint(
            name="servicedesk", queue="servicedesk", media_type="incident", process="Incidents", department="IT"
        ),
        "bare": CapturePoint(name="bare"),
    },
)
MAPPING = """
unknown = ["?"]
[message]
id = "id"
revision = "rev"
verb = "state"
[message.verbs]
update = ["open"]
complete = ["closed"]
cancel = ["canceled"]
hold = ["waiting"]
resume = ["working"]
restart = ["again"]
create = ["made"]
[item]
subject = "title"
due-at = "due"
[attached.columns]
Room = "room"
[contact]
key = "who"
[contact.attributes]
Name = "who"
"""
HEADER = "id,rev,state,title,due,room,who"


class Desk:
    """Capture on a store, and what came of it."""

    def __init__(
        self,
        folder: Path,
        database: Path | str = "",
        *,
        site: Site = SITE,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self.folder = folder
        self.clock = VirtualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
        self.store = SqliteStore(database) if database else opened_store()
        with self.store.transaction() as transaction:
            if not transaction.documents.version():
                transaction.documents.replace(documents_of(site))
        self.ids = SystemIds()
        self.capture = Capture(self.store, self.clock, self.ids, SiteCache())
        self.store.on_commit(committed)

    def file(self, content: str | bytes, name: str = "export.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def bring(
        self,
        content: str | bytes,
        mapping: str = MAPPING,
        *,
        name: str = "export.csv",
        point: str = "servicedesk",
        verbs: Iterable[Verb] = Verb,
    ) -> Imported:
        """Import a file with that content."""
        return self.bring_file(self.file(content, name), self.file(mapping, "mapping.toml"), point=point, verbs=verbs)

    def bring_file(
        self, file: Path, mapping: Path, *, point: str = "servicedesk", verbs: Iterable[Verb] = Verb
    ) -> Imported:
        rejects = self.folder / f"{file.name}.rejected.csv"
        return import_file(
            self.capture,
            Import(
                file=file,
                point=point,
                mapping=mapping,
                data=self.folder / "data",
                rejects=rejects,
                verbs=frozenset(verbs),
            ),
        )

    def rows(self, *rows: str, **more: object) -> Counts:
        """Import rows under the usual header."""
        return self.bring("\n".join((HEADER, *rows)), **more).counts  # type: ignore[arg-type]

    def reasons(self) -> list[str]:
        """What the file of rejected rows says, without its header."""
        return (self.folder / "export.csv.rejected.csv").read_text(encoding="utf-8").splitlines()[1:]

    def item(self, capture_id: str, point: str = "servicedesk") -> Interaction:
        with self.store.reading() as reader:
            found = reader.items.by_external(point, capture_id)
        assert found is not None, f"there is no item {capture_id}"
        return found

    def events(self, capture_id: str) -> tuple[Event, ...]:
        item = self.item(capture_id)
        with self.store.reading() as reader:
            return reader.events.of_item(item.id)

    def kinds(self, capture_id: str) -> list[EventKind]:
        return [event.kind for event in self.events(capture_id)]

    def contact(self, key: str) -> Contact | None:
        with self.store.reading() as reader:
            return reader.contacts.by_key("default", key)

    def save(self, before: Interaction, after: Interaction) -> None:
        """What an agent would do, without the agent."""
        with self.store.transaction() as transaction:
            transaction.items.save(after, before=before)

    def last_event(self) -> int:
        with self.store.reading() as reader:
            return reader.events.last()

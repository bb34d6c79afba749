"""A small site with people, workbins and queues, in a real store, for the tests of the reading services."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.contract.backends import IN_USE
from workloom.adapters.ids import Chance
from workloom.adapters.passwords import Argon2Passwords
from workloom.api.services import Contacts, Directory, History, Services, Workbins, WorkItems
from workloom.bootstrap.engine import engine_on
from workloom.domain.contact import Contact
from workloom.domain.core_options import core_catalogue
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Outcome, State, WorkItemAttributes
from workloom.domain.presence import ChannelStatus, Presence, Session
from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.domain.site import (
    AgentGroup,
    Capacity,
    CapacityRule,
    MediaType,
    Person,
    Place,
    Queue,
    Role,
    RoutingStep,
    Site,
    Strategy,
    Workbin,
)
from workloom.services.callers import Callers
from workloom.services.ports import Store, Transaction
from workloom.services.site_documents import documents_of

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
OPTIONS: Mapping[str, object] = {
    "workbin.claim.in-progress": "in-progress",
    "workbin.claim.waiting": "waiting",
    "workbin.invoice.in-progress": "in-progress",
    "claim.pull-from-history-isenabled": True,
    "intercommunication.claim.queue": "routing",
}


class FixedClock:
    """`ports_outside.Clock` that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - NOW).total_seconds()


class CountingIds:
    """`ports_outside.Ids` that counts."""

    def __init__(self) -> None:
        self._last = 0

    def new(self, kind: str) -> str:
        self._last += 1
        return f"{kind}-{self._last}"


def person(name: str, first: str, last: str, *groups: str, **fields: Any) -> Person:
    """Somebody with the role Agent and a place of their own."""
    given = {"roles": ("Agent",), "place": f"Desk {name}", **fields}
    return Person(name=name, employee_id=f"E-{name}", first_name=first, last_name=last, groups=groups, **given)


def site(
    *, without: Sequence[str] = (), options: Mapping[str, object] | None = None, people: Sequence[Person] = ()
) -> Site:
    """The site. `without`: privileges that the role Agent lacks; `options` are laid over `OPTIONS`."""
    everybody = (
        person("lena", "Lena", "Hofer", "Household team", "Claims experts", skills={"German": 5}),
        person("jonas", "Jonas", "Brandt", "Household team", skills={"German": 3, "Latvian": 2}),
        person("samira", "Samira", "Haddad", "Claims experts"),
        person("tamara", "Tamara", "Lang", "Claims experts", skills={"Language: Latvian": 4}),
        *people,
    )
    privileges = tuple(privilege for privilege in CORE_PRIVILEGES if privilege not in without)
    return Site(
        persons={each.name: each for each in everybody},
        groups={
            "Household team": AgentGroup(name="Household team", leads=("lena",)),
            "Claims experts": AgentGroup(name="Claims experts"),
            "Large losses": AgentGroup(name="Large losses"),
        },
        roles={"Agent": Role(name="Agent", privileges=privileges)},
        media_types={
            "claim": MediaType(name="claim", title="Claims", singular="Claim"),
            "invoice": MediaType(name="invoice", title="Invoices", singular="Invoice"),
        },
        places={f"Desk {each.name}": Place(name=f"Desk {each.name}", group="Floor 4") for each in everybody},
        capacity_rules={"few": CapacityRule(name="few", capacities=(Capacity(media_type="claim", maximum=5),))},
        tenant_capacity_rule="few",
        strategies={"anyone": Strategy(name="anyone", steps=(RoutingStep(anyone=True),))},
        queues={
            "experts": Queue(name="experts", title="Claims – Experts"),
            "late": Queue(name="late", title="Claims – Late reports"),
            "freight": Queue(name="freight", title="AP – Freight", media_types=("invoice",)),
            "routing": Queue(name="routing", title="Routing requests", strategy="anyone"),
        },
        workbins={
            "in-progress": Workbin(name="in-progress", title="In progress"),
            "waiting": Workbin(name="waiting", title="Waiting for documents"),
            "old": Workbin(name="old", title="Old shelf"),
            "household": Workbin(
                name="household", title="Household team", owner="agent-group", owners=("Household team",)
            ),
            "checks": Workbin(name="checks", title="Checks", owner="agent-group"),
            "desk": Workbin(name="desk", title="Desk", owner="place"),
            "floor": Workbin(name="floor", title="Floor", owner="place-group"),
        },
        application_options={**OPTIONS, **(options or {})},
    )


class Office:
    """The site in a store with people logged in, and the services of each."""

    def __init__(self, store: Store, configured: Site) -> None:
        self.store = store
        self.clock = FixedClock()
        self.ids = CountingIds()
        self._engine = engine_on(
            store, clock=self.clock, ids=self.ids, randomness=Chance(1), hasher=Argon2Passwords(cheap=True)
        )
        self._services: dict[str, Services] = {}
        with store.transaction() as transaction:
            transaction.documents.replace(documents_of(configured))

    def apply(self, configured: Site) -> None:
        """Put another site in the place of the present one."""
        with self.store.transaction() as transaction:
            transaction.documents.replace(documents_of(configured))

    def log_in(
        self, name: str, state: Presence = Presence.READY, *, reason: str = "", on: Sequence[str] = ("claim", "invoice")
    ) -> str:
        """The id of the new session, which is the person's name."""
        channels = tuple(
            ChannelStatus(media_type=media_type, state=state, reason=reason, since=NOW) for media_type in on
        )
        session = Session(
            id=name,
            person=name,
            place=f"Desk {name}",
            logged_in_at=NOW,
            last_seen_at=NOW,
            idle_since=NOW,
            channels=channels,
        )
        with self.store.transaction() as transaction:
            transaction.sessions.insert(session)
        return name

    def callers(self, session: str) -> Callers:
        return Callers(self._engine.sites, core_catalogue(), session)

    def services(self, session: str) -> Services:
        if session not in self._services:
            self._services[session] = IN_USE[-1].services(self._engine, self.clock, session)
        return self._services[session]

    def items(self, session: str = "lena") -> WorkItems:
        return self.services(session).items

    def workbins(self, session: str = "lena") -> Workbins:
        return self.services(session).workbins

    def history(self, session: str = "lena") -> History:
        return self.services(session).history

    def contacts(self, session: str = "lena") -> Contacts:
        return self.services(session).contacts

    def directory(self, session: str = "lena") -> Directory:
        return self.services(session).directory

    def add(self, *items: Interaction) -> None:
        """Keep items."""
        with self.store.transaction() as transaction:
            for each in items:
                transaction.items.insert(each)

    def contact(self, contact: str, first: str, last: str, **more: str) -> Contact:
        """Keep a contact."""
        given = {"FirstName": first, "LastName": last, **more}
        attributes: dict[str, tuple[str, ...]] = {name: (value,) for name, value in given.items()}
        kept = Contact(id=contact, tenant="default", created_at=NOW, attributes=attributes)
        with self.store.transaction() as transaction:
            transaction.contacts.save(kept)
        return kept


def item(name: str, state: State = State.QUEUED, **fields: Any) -> Interaction:
    """A claim, received an hour ago."""
    received = fields.pop("received_at", NOW - timedelta(hours=1))
    due_at = fields.pop("due_at", None)
    given = {"queue": "experts", "media_type": "claim", "external_id": f"CLM-{name}", **fields}
    subject = given.pop("subject", f"Subject {name}")
    return Interaction(
        id=name,
        tenant="default",
        state=state,
        received_at=received,
        submitted_at=received,
        placed_at=received,
        attributes=WorkItemAttributes(due_at=due_at),
        attached={"Subject": subject},
        **given,
    )


def in_workbin(name: str, workbin: str = "waiting", owner: str = "lena", **fields: Any) -> Interaction:
    """A claim that rests in a workbin."""
    return item(name, State.IN_WORKBIN, workbin=workbin, workbin_owner=owner, **fields)


def done(name: str, **fields: Any) -> Interaction:
    """A claim that is done."""
    return item(name, State.FINISHED, outcome=Outcome.COMPLETED, completed_at=NOW, **fields)


def finish(transaction: Transaction, name: str, actor: str, kind: EventKind = EventKind.DONE) -> None:
    """The event row of a completion."""
    transaction.events.append([Event(at=NOW, kind=kind, item=name, actor=actor)])


def office(configured: Site | None = None) -> Office:
    """The site in a store, with Lena logged in."""
    opened = Office(IN_USE[-1].store(), configured or site())
    opened.log_in("lena")
    return opened

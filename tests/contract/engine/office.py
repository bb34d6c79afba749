"""A small office on a real engine with a virtual clock: people log in, items come, time goes by."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, CountedIds
from workloom.adapters.passwords import Argon2Passwords
from workloom.adapters.sqlite.opening import open_store
from workloom.bootstrap.engine import Engine, engine_on
from workloom.domain.commands import Accept, Command
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, WorkItemAttributes
from workloom.domain.presence import Presence
from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.domain.site import (
    AgentGroup,
    AttributeValue,
    BusinessAttribute,
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
from workloom.domain.site import Transaction as OptionList
from workloom.services.backend import AgentServices
from workloom.services.ports import Store

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PASSWORD = "open sesame"
OPTIONS: Mapping[str, object] = {
    "openmedia.workitem-channels": ["claim", "fax"],
    "workbin.claim.in-progress": "in-progress",
    "workbin.claim.waiting": "waiting",
    "intercommunication.claim.queue": "requests",
    "interaction.disposition.value-business-attribute": "outcomes",
    "interaction.case-data.format-business-attribute": "claim-form",
}
OUTCOMES = BusinessAttribute(
    name="outcomes",
    values=(AttributeValue(name="pay", values=(AttributeValue(name="in-full"),)), AttributeValue(name="refused")),
)
FORM = BusinessAttribute(
    name="claim-form",
    values=(
        AttributeValue(name="Policy", read_only=True),
        AttributeValue(name="Estimate", type="int"),
        AttributeValue(name="City", required=True),
    ),
)


def person(name: str, *groups: str, skills: Mapping[str, int] | None = None, **more: Any) -> Person:
    """Somebody of the office; the employee id is the name in capitals."""
    values: dict[str, Any] = {"roles": ("agent",), "groups": groups, "skills": skills or {}, "place": "desk-1", **more}
    return Person(name=name, employee_id=name.upper(), first_name=name.capitalize(), **values)


def site(**changes: Any) -> Site:
    """Ann and Bob of the experts (Bob knows Legal), Cid of nobody; claims are routed to the experts."""
    people = (person("ann", "experts"), person("bob", "experts", skills={"Legal": 5}), person("cid"))
    values: dict[str, Any] = {
        "persons": {each.name: each for each in people},
        "groups": {"experts": AgentGroup(name="experts", leads=("bob",))},
        "roles": {"agent": Role(name="agent", privileges=CORE_PRIVILEGES)},
        "media_types": {
            "claim": MediaType(name="claim", title="Claims", singular="Claim"),
            "fax": MediaType(name="fax", title="Faxes", singular="Fax", lost_agent="stay"),
        },
        "places": {"desk-1": Place(name="desk-1")},
        "capacity_rules": {
            "two": CapacityRule(
                name="two",
                capacities=(Capacity(media_type="claim", maximum=2), Capacity(media_type="fax", maximum=1)),
            )
        },
        "tenant_capacity_rule": "two",
        "strategies": {
            "experts": Strategy(name="experts", steps=(RoutingStep(groups=("experts",)),)),
            "anyone": Strategy(name="anyone", steps=(RoutingStep(anyone=True),)),
        },
        "queues": {
            "claims": Queue(name="claims", strategy="experts"),
            "requests": Queue(name="requests", strategy="experts"),
            "shelf": Queue(name="shelf", title="The shelf"),
            "fax-only": Queue(name="fax-only", media_types=("fax",)),
        },
        "workbins": {
            "in-progress": Workbin(name="in-progress"),
            "waiting": Workbin(name="waiting", title="Waiting for documents"),
            "team": Workbin(name="team", owner="agent-group"),
        },
        "transactions": {"careful": OptionList(name="careful", options={"interaction.disposition.is-mandatory": True})},
        "business_attributes": {"outcomes": OUTCOMES, "claim-form": FORM},
        "application_options": OPTIONS,
    }
    return Site(**{**values, **changes})


def without(*privileges: str) -> Site:
    """The usual site where nobody has these privileges."""
    rights = tuple(privilege for privilege in CORE_PRIVILEGES if privilege not in privileges)
    return site(roles={"agent": Role(name="agent", privileges=rights)})


class Office:
    """The engine of one office, in a folder, in memory or on a store. Only `step` and `advance` dispatch."""

    def __init__(self, data: Path | str | Store, first_site: Site | None = None) -> None:
        self.clock = VirtualClock(MORNING)
        self.ids = CountedIds()
        self.engine: Engine = engine_on(
            open_store(data) if isinstance(data, Path | str) else data,
            clock=self.clock,
            ids=self.ids,
            randomness=Chance(1),
            hasher=Argon2Passwords(cheap=True),
        )
        self.apply(first_site or site())
        self.sessions: dict[str, str] = {}

    def apply(self, new_site: Site) -> None:
        """Put a site in force; everybody has the same password."""
        self.engine.configuration.apply(new_site, dict.fromkeys(new_site.persons, PASSWORD))

    def log_in(self, name: str, *channels: str, ready: bool = True) -> AgentServices:
        """Somebody logs in, on all channels of the login page unless some are named."""
        plan = self.engine.backend.authenticate(name, PASSWORD)
        chosen = channels or tuple(choice.media_type for choice in plan.channels)
        self.sessions[name] = self.engine.backend.log_in(plan.ticket, channels=chosen)
        services = self.engine.backend.services(self.sessions[name])
        if not ready:
            services.presence.set_state(Presence.NOT_READY)
        return services

    def submit(self, *, queue: str = "claims", media_type: str = "claim", **more: Any) -> str:
        """A new item; returns its id."""
        now = self.clock.now()
        item = Interaction(
            id=self.ids.new("item"),
            tenant="default",
            media_type=media_type,
            queue=queue,
            received_at=now,
            submitted_at=now,
            placed_at=now,
            queue_since={queue: now},
            priority=more.pop("priority", 0),
            attached={"City": "Graz", **more.pop("attached", {})},
            attributes=WorkItemAttributes(**more),
        )
        with self.engine.store.transaction() as transaction:
            transaction.items.insert(item)
            transaction.events.append([Event(at=now, kind=EventKind.SUBMITTED, item=item.id, queue=queue)])
        return item.id

    def step(self) -> datetime | None:
        """One step of the dispatcher."""
        return self.engine.dispatcher.step()

    def advance(self, seconds: float, *, alive: bool = True) -> None:
        """Time goes by; the desktops of all who are logged in show that they live, unless `alive` is false."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            self.clock.move_to(min(end, self.clock.now() + timedelta(seconds=10)))
            if alive:
                self._heartbeats()
            self.step()

    def item(self, item: str) -> Interaction:
        """The record as it is stored."""
        with self.engine.store.reading() as reader:
            found = reader.items.get(item)
        assert found is not None
        return found

    def kinds(self, item: str) -> list[str]:
        """Names of the events of an item, oldest first."""
        with self.engine.store.reading() as reader:
            return [event.kind.value for event in reader.events.of_item(item)]

    def take(self, agent: AgentServices, *, queue: str = "claims", **more: Any) -> Interaction:
        """A new item that is offered to the agent and accepted."""
        item = self.submit(queue=queue, **more)
        self.step()
        return self.accept(agent, item)

    def accept(self, agent: AgentServices, item: str) -> Interaction:
        """The agent accepts what is offered."""
        offer = self.item(item).offer
        assert offer is not None
        return self.do(agent, Accept(item=item, ticket=offer.ticket))

    def do(self, agent: AgentServices, command: Command) -> Interaction:
        """The agent's command."""
        return agent.items.execute(command)

    def close(self) -> None:
        """The end of the day."""
        self.engine.stop()

    def _heartbeats(self) -> None:
        with self.engine.store.transaction() as transaction:
            for session in transaction.sessions.all():
                transaction.sessions.seen(session.id, self.clock.now())

"""A small office on a real engine with a virtual clock: people log in, items come, time goes by."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Final

from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, CountedIds
from workloom.adapters.passwords import Argon2Passwords
from workloom.adapters.sqlite.opening import open_store
from workloom.api.services import Backend, Services
from workloom.bootstrap.engine import MEMORY, Engine, engine_on
from workloom.bootstrap.engine_plugins import event_feeds
from workloom.domain.commands import Accept, Command
from workloom.domain.contact import Contact
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import SUBJECT, Interaction, WorkItemAttributes
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.presence import Presence
from workloom.domain.site import Site
from workloom.plugin_manager.manager import PluginManager
from workloom.services.backend import AgentServices
from workloom.services.event_feed import EventFeed
from workloom.services.ports import Store
from workloom.testing.sites import SiteChange, site

MORNING: Final = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""When every day of the office begins."""

PASSWORD: Final = "open sesame"  # noqa: S105 - everybody's in a test
_ATTRIBUTES: Final = frozenset(WorkItemAttributes.__struct_fields__)


class Office:
    """The engine of one office: in memory, in a folder, or on a store.

    `dispatching`: whatever may be offered is offered at once, as a running engine does; without it nothing is
    dispatched but by `step` and `advance`. `catalogue`: the core's options and those of plugins; None = the core's.
    """

    def __init__(
        self,
        data: Path | str | Store = MEMORY,
        first_site: Site | None = None,
        *,
        catalogue: OptionCatalogue | None = None,
        dispatching: bool = False,
    ) -> None:
        self.clock = VirtualClock(MORNING)
        store = open_store(data) if isinstance(data, Path | str) else data
        with store.reading() as reader:
            self.ids = CountedIds(after=reader.events.last())  # what was given before it was closed is not given again
        self.engine: Engine = engine_on(
            store,
            catalogue,
            clock=self.clock,
            ids=self.ids,
            randomness=Chance(1),
            hasher=Argon2Passwords(cheap=True),
        )
        self.sessions: dict[str, str] = {}
        self._dispatching = Lock()
        self._again = False
        self.apply(first_site or site())
        self._feeds: Sequence[EventFeed] = ()
        self._deaf = self.engine.wake.subscribe(self._dispatch) if dispatching else lambda: None

    @property
    def site(self) -> Site:
        """The site in force."""
        return self.engine.configuration.site()

    def apply(self, new_site: Site) -> None:
        """Put a site in force; everybody has the same password."""
        self.engine.configuration.apply(new_site, dict.fromkeys(new_site.persons, PASSWORD))

    @property
    def backend(self) -> Backend:
        """Where people log in."""
        return self.engine.backend

    def start_plugins(self, plugins: PluginManager) -> None:
        """Let what plugins bring to the engine work, each on a thread of its own, as a running engine does."""
        self._feeds = event_feeds(self.engine, plugins.engine_side(), self.engine.configuration.catalogue)
        for feed in self._feeds:
            feed.start()

    def change(self, *changes: SiteChange) -> None:
        """Put a changed site in force, as an administrator does."""
        changed = self.site
        for each in changes:
            changed = each(changed)
        self.apply(changed)

    def log_in(self, name: str, *channels: str, ready: bool = True) -> AgentServices:
        """Somebody logs in, on all channels of the login page unless some are named."""
        plan = self.engine.backend.authenticate(name, PASSWORD)
        chosen = channels or tuple(choice.media_type for choice in plan.channels)
        self.sessions[name] = self.engine.backend.log_in(plan.ticket, channels=chosen)
        services = self.engine.backend.services(self.sessions[name])
        if not ready:
            services.presence.set_state(Presence.NOT_READY)
        return services

    def submit(
        self,
        *,
        queue: str = "claims",
        media_type: str = "claim",
        subject: str = "",
        attached: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> str:
        """A new item; returns its id. `more`: fields of `Interaction` and of its `WorkItemAttributes`."""
        now = self.clock.now()
        attributes = WorkItemAttributes(**{name: more.pop(name) for name in tuple(more) if name in _ATTRIBUTES})
        said = {SUBJECT: subject} if subject else {}
        item = Interaction(
            id=self.ids.new("item"),
            tenant=more.pop("tenant", "default"),
            media_type=media_type,
            queue=queue,
            received_at=now,
            submitted_at=now,
            placed_at=now,
            queue_since={queue: now},
            attached={"City": "Graz", **said, **(attached or {})},
            attributes=attributes,
            **more,
        )
        with self.engine.store.transaction() as transaction:
            transaction.items.insert(item)
            transaction.events.append([Event(at=now, kind=EventKind.SUBMITTED, item=item.id, queue=queue)])
        return item.id

    def contact(self, **attributes: str) -> str:
        """A new contact, such as `contact(FirstName="Eva", LastName="Moser")`; returns its id."""
        kept = Contact(
            id=self.ids.new("contact"),
            tenant="default",
            created_at=self.clock.now(),
            attributes={name: (value,) for name, value in attributes.items()},
        )
        with self.engine.store.transaction() as transaction:
            transaction.contacts.save(kept)
        return kept.id

    def step(self) -> datetime | None:
        """One step of the dispatcher; when the next is due."""
        return self.engine.dispatcher.step()

    def advance(self, seconds: float, *, alive: bool = True) -> None:
        """Time goes by; the desktops of all who are logged in show that they live, unless `alive` is false."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() < end:
            self.clock.move_to(min(end, self.clock.now() + timedelta(seconds=10)))
            if alive:
                self._heartbeats()
            with self._dispatching:
                self.step()
        self.engine.wake.ring()

    def item(self, item: str) -> Interaction:
        """The record as it is stored."""
        with self.engine.store.reading() as reader:
            found = reader.items.get(item)
        assert found is not None, f"There is no item {item}."
        return found

    def events(self, item: str) -> tuple[Event, ...]:
        """What has happened to an item, oldest first."""
        with self.engine.store.reading() as reader:
            return reader.events.of_item(item)

    def kinds(self, item: str) -> list[str]:
        """Names of the events of an item, oldest first."""
        return [event.kind.value for event in self.events(item)]

    def take(self, agent: Services, *, queue: str = "claims", **more: Any) -> Interaction:
        """A new item that is offered to the agent and accepted."""
        item = self.submit(queue=queue, **more)
        self.step()
        return self.accept(agent, item)

    def accept(self, agent: Services, item: str) -> Interaction:
        """The agent accepts what is offered."""
        offer = self.item(item).offer
        assert offer is not None, f"The item {item} is offered to nobody."
        return self.do(agent, Accept(item=item, ticket=offer.ticket))

    def do(self, agent: Services, command: Command) -> Interaction:
        """The agent's command."""
        return agent.items.execute(command)

    def close(self) -> None:
        """The end of the day; a second call does nothing."""
        self._deaf()
        for feed in self._feeds:
            feed.stop()
        self.engine.stop()

    def _dispatch(self) -> None:
        """After each commit, in its thread. What the step commits itself, and others meanwhile, is seen after it."""
        self._again = True
        while self._again and self._dispatching.acquire(blocking=False):
            try:
                self._again = False
                self.step()
            finally:
                self._dispatching.release()

    def _heartbeats(self) -> None:
        with self.engine.store.transaction() as transaction:
            for session in transaction.sessions.all():
                transaction.sessions.seen(session.id, self.clock.now())

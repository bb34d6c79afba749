"""Composes the engine: store, services, dispatcher. No Qt, no plugins."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dependency_injector import containers, providers

from workloom.adapters.clock import SystemClock
from workloom.adapters.ids import Chance, SystemIds
from workloom.adapters.passwords import Argon2Passwords
from workloom.adapters.sqlite.opening import open_store
from workloom.domain.core_options import core_catalogue
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.services.backend import EmbeddedBackend, Resources
from workloom.services.configuration import Configuration
from workloom.services.dispatch_loop import DispatchLoop
from workloom.services.dispatcher import Dispatcher
from workloom.services.login import Login
from workloom.services.ports import Store
from workloom.services.ports_outside import Clock, Ids, PasswordHasher, Randomness
from workloom.services.router import Router
from workloom.services.shards import Shard
from workloom.services.site_documents import SiteCache
from workloom.services.wake import Wake
from workloom.settings import Settings

if TYPE_CHECKING:
    from workloom.services.administration import Administration
    from workloom.services.capture import Capture
    from workloom.services.clients import Clients
    from workloom.services.event_feed import EventFeed
    from workloom.services.explaining import Explainer
    from workloom.services.managed_items import ManagedItems
    from workloom.services.principals import Principals
    from workloom.services.sent_messages import SentMessages

MEMORY: Final = ":memory:"


def _capture(store: Store, clock: Clock, ids: Ids, sites: SiteCache) -> "Capture":
    from workloom.services.capture import Capture  # late, as below: a desktop starts sooner without it

    return Capture(store, clock, ids, sites)


def _explainer(store: Store, sites: SiteCache, catalogue: OptionCatalogue, clock: Clock) -> "Explainer":
    from workloom.services.explaining import Explainer

    return Explainer(store, sites, catalogue, clock)


def _principals(store: Store, sites: SiteCache, catalogue: OptionCatalogue) -> "Principals":
    from workloom.services.principals import Principals

    return Principals(store, sites, catalogue)


def _sent_messages(store: Store, clock: Clock, ids: Ids, principals: "Principals") -> "SentMessages":
    from workloom.services.sent_messages import SentMessages

    return SentMessages(store, clock, ids, principals)


class Dispatching:
    """Who dispatches one shard: its dispatcher, and the thread that lets it step while this process has the lease."""

    def __init__(self, dispatcher: Dispatcher, loop: DispatchLoop) -> None:
        self.dispatcher = dispatcher
        self.loop = loop


def _dispatching(
    store: Store,
    sites: SiteCache,
    catalogue: OptionCatalogue,
    clock: Clock,
    ids: Ids,
    randomness: Randomness,
    wake: Wake,
    shards: int,
) -> tuple[Dispatching, ...]:
    def of(shard: Shard) -> Dispatching:
        lease = store.lease(shard)
        router = Router(catalogue, ids, randomness)  # one for each: it remembers who was free in its last round
        dispatcher = Dispatcher(store, sites, catalogue, clock, router, lease, shard)
        return Dispatching(dispatcher, DispatchLoop(store, dispatcher, clock, wake, lease))

    return tuple(of(Shard(number, shards)) for number in range(shards))


def _clients(configuration: Configuration, ids: Ids) -> "Clients":
    from workloom.services.clients import Clients

    return Clients(configuration, ids)


def _administration(
    store: Store, clock: Clock, hasher: PasswordHasher, configuration: Configuration, principals: "Principals"
) -> "Administration":
    from workloom.bootstrap.catalogue import installed_privileges
    from workloom.services.administration import Administration

    return Administration(store, clock, hasher, configuration, principals, installed_privileges)


def _managed_items(store: Store, clock: Clock, ids: Ids, principals: "Principals") -> "ManagedItems":
    from workloom.services.managed_items import ManagedItems

    return ManagedItems(store, clock, ids, principals)


class EngineContainer(containers.DeclarativeContainer):
    """How the parts of the engine fit together: the one place that knows."""

    store = providers.Dependency(instance_of=object)
    catalogue = providers.Dependency(instance_of=OptionCatalogue)
    clock = providers.Dependency(instance_of=object)
    ids = providers.Dependency(instance_of=object)
    randomness = providers.Dependency(instance_of=object)
    hasher = providers.Dependency(instance_of=object)
    shards = providers.Dependency(instance_of=int)

    wake = providers.Singleton(Wake)
    sites = providers.Singleton(SiteCache)
    login = providers.Singleton(Login, store, sites, catalogue, clock, ids, hasher)
    dispatching = providers.Singleton(_dispatching, store, sites, catalogue, clock, ids, randomness, wake, shards)
    configuration = providers.Singleton(Configuration, store, clock, hasher, sites, catalogue)
    resources = providers.Singleton(Resources, store, sites, catalogue, clock, ids, wake, configuration)
    capture = providers.Singleton(_capture, store, clock, ids, sites)
    explainer = providers.Singleton(_explainer, store, sites, catalogue, clock)
    principals = providers.Singleton(_principals, store, sites, catalogue)
    sent_messages = providers.Singleton(_sent_messages, store, clock, ids, principals)
    clients = providers.Singleton(_clients, configuration, ids)
    administration = providers.Singleton(_administration, store, clock, hasher, configuration, principals)
    managed_items = providers.Singleton(_managed_items, store, clock, ids, principals)


class Engine:
    """An open engine. `start` lets it dispatch by itself; without it somebody calls `dispatcher.step`."""

    def __init__(self, container: EngineContainer, store: Store, *, exclusive: bool) -> None:
        self.store = store
        self._container = container
        self.wake: Wake = container.wake()
        dispatching: tuple[Dispatching, ...] = container.dispatching()
        self.dispatcher = dispatching[0].dispatcher
        self.configuration: Configuration = container.configuration()
        self.sites: SiteCache = container.sites()
        self.login: Login = container.login()
        self.backend = EmbeddedBackend(container.resources(), self.login, self.stop)
        self._loops = tuple(each.loop for each in dispatching) if exclusive else ()
        self._undo = self.store.on_commit(self.wake.ring)
        self.feeds: Sequence[EventFeed] = ()
        """What hands events to plugins; set before `start` or `serve`."""
        self._running = False
        self._stopped = False

    @cached_property
    def capture(self) -> "Capture":
        """Takes messages from sources."""
        capture: Capture = self._container.capture()
        return capture

    @cached_property
    def explainer(self) -> "Explainer":
        """Says why somebody is offered nothing."""
        explainer: Explainer = self._container.explainer()
        return explainer

    @cached_property
    def principals(self) -> "Principals":
        """Finds who calls from outside a desktop."""
        principals: Principals = self._container.principals()
        return principals

    @cached_property
    def sent_messages(self) -> "SentMessages":
        """Takes messages that sources send one by one."""
        messages: SentMessages = self._container.sent_messages()
        return messages

    @cached_property
    def clients(self) -> "Clients":
        """Makes technical clients."""
        clients: Clients = self._container.clients()
        return clients

    @cached_property
    def administration(self) -> "Administration":
        """Administers the site for people and programs that may."""
        administration: Administration = self._container.administration()
        return administration

    @cached_property
    def managed_items(self) -> "ManagedItems":
        """The task list of supervisors."""
        items: ManagedItems = self._container.managed_items()
        return items

    def start(self) -> None:
        """Log out, by the policy, whoever an earlier process left behind, and begin to dispatch."""
        assert self._loops, "an engine beside another does not dispatch"
        self.dispatcher.lose_all()
        self._begin()

    def serve(self) -> None:
        """As `start`, for an engine behind a server: whoever is logged in comes back, and is given time to."""
        assert self._loops, "an engine beside another does not dispatch"
        self._begin()

    def _begin(self) -> None:
        for loop in self._loops:
            loop.start()
        self._running = True
        for feed in self.feeds:
            feed.start()

    def stop(self) -> None:
        """End the dispatching and let go of the files; further calls do nothing."""
        if self._stopped:
            return
        self._stopped = True
        if self._running:
            for loop in self._loops:
                loop.stop()
            for feed in self.feeds:
                feed.stop()
        self._undo()
        self.store.close()


def open_engine(
    data: Path | str,
    catalogue: OptionCatalogue | None = None,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    randomness: Randomness | None = None,
    hasher: PasswordHasher | None = None,
    exclusive: bool = True,
) -> Engine:
    """The engine on a data folder (made if there is none) or `:memory:`.

    `catalogue`: the core's options and those of plugins; None = the core's. `exclusive`: this process dispatches, and
    no other may; commands beside an open desktop say False. Raises StorageError kinds.
    """
    return engine_on(
        open_store(data, exclusive=exclusive),
        catalogue,
        clock=clock,
        ids=ids,
        randomness=randomness,
        hasher=hasher,
        exclusive=exclusive,
    )


def engine_beside(settings: Settings, catalogue: OptionCatalogue | None = None) -> Engine:
    """An engine that does not dispatch, beside those who may: on the PostgreSQL database that is named, else on the
    data folder. Raises StorageError kinds.
    """
    if not settings.dsn:
        return open_engine(settings.data, catalogue, exclusive=False)
    from workloom.adapters.postgres.store import PostgresStore  # late: a folder needs no psycopg

    return engine_on(PostgresStore(settings.dsn), catalogue, exclusive=False)


def engine_on(
    store: Store,
    catalogue: OptionCatalogue | None = None,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    randomness: Randomness | None = None,
    hasher: PasswordHasher | None = None,
    exclusive: bool = True,
    shards: int = 1,
) -> Engine:
    """The engine on a store that is open already; the rest as in `open_engine`.

    `shards`: into how many the queues are divided for dispatching, the same number in every process.
    """
    container = EngineContainer(
        store=providers.Object(store),
        catalogue=providers.Object(catalogue or core_catalogue()),
        clock=providers.Object(clock or SystemClock()),
        ids=providers.Object(ids or SystemIds()),
        randomness=providers.Object(randomness or Chance()),
        hasher=providers.Object(hasher or Argon2Passwords()),
        shards=providers.Object(shards),
    )
    return Engine(container, store, exclusive=exclusive)

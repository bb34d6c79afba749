"""Composes a server node: engine, services, routes, plugins of the engine. No Qt."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from anyio import to_thread
from dependency_injector import containers, providers
from starlette.routing import BaseRoute

from workloom.adapters.clock import SystemClock
from workloom.adapters.ids import SystemIds
from workloom.adapters.passwords import Argon2Passwords
from workloom.adapters.sqlite.opening import open_store
from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.engine import MEMORY, Engine, engine_on, open_engine
from workloom.bootstrap.engine_plugins import event_feeds
from workloom.domain.errors import ServiceFailed, StorageError
from workloom.plugin_manager.manager import PluginManager
from workloom.server.app import make_app
from workloom.server.authentication import DesktopAuthentication
from workloom.server.background import Background
from workloom.server.connections import allow_many
from workloom.server.desktop import DesktopCalls
from workloom.server.health import Health
from workloom.server.heartbeats import Heartbeats
from workloom.server.http_api.api import ApiAuthentication, HttpApi
from workloom.server.http_api.document import document_text
from workloom.server.limits import Limits, Rate
from workloom.server.listening import check_safe
from workloom.server.logs import log_as_json
from workloom.server.metrics import Metrics
from workloom.server.newsroom import Newsroom, Rhythm
from workloom.server.positions import Positions
from workloom.server.request import Requests
from workloom.server.running import NodeServer, make_server, serve
from workloom.server.settings import ServerSettings
from workloom.server.sockets import EventSockets
from workloom.server.strangers import Strangers
from workloom.services.ports import Store
from workloom.services.tokens import Tokens
from workloom.services.wake import Wake
from workloom.wire import Ended, problem_of

NEWS_REST: Final = 2.0
"""How many times longer than a look for news takes it rests behind it: what many do meanwhile is read at once."""


def _rate(each_second: float, at_once: float) -> Rate:
    return Rate(each_second=each_second, at_once=at_once)


def _store(settings: ServerSettings, data: Path) -> Store:
    if not settings.database:
        return open_store(data)
    from workloom.adapters.postgres.connecting import PostgresSettings  # late: a node on a folder needs no psycopg
    from workloom.adapters.postgres.store import PostgresStore

    given = PostgresSettings(
        connections=settings.database_connections,
        connect=settings.database_connect,
        lock=settings.database_lock,
        statement=settings.database_statement,
        idle=settings.database_idle,
        network=settings.database_network,
        lease=settings.database_lease,
    )
    return PostgresStore(settings.database, given)


def _clock(settings: ServerSettings) -> SystemClock:
    """Of a node on PostgreSQL it begins at the time of the database, so that all nodes agree on deadlines."""
    if not settings.database:
        return SystemClock()
    from workloom.adapters.postgres.connecting import PostgresSettings
    from workloom.adapters.postgres.store import wall_of

    return SystemClock(wall=lambda: wall_of(settings.database, PostgresSettings(connect=settings.database_connect)))


def _rhythm(settings: ServerSettings) -> Rhythm:
    return Rhythm(poll=settings.news_poll, together=settings.news_together, heartbeat=settings.socket_heartbeat)


def _lifetime(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


class ServerContainer(containers.DeclarativeContainer):
    """How the parts of a node fit together."""

    settings = providers.Dependency(instance_of=ServerSettings)
    data = providers.Dependency(instance_of=Path)

    clock = providers.Singleton(_clock, settings)
    ids = providers.Singleton(SystemIds)
    hasher = providers.Singleton(Argon2Passwords)
    catalogue = providers.Singleton(installed_options)
    engine = providers.Singleton(
        engine_on,
        providers.Factory(_store, settings, data),
        catalogue,
        clock=clock,
        ids=ids,
        hasher=hasher,
        shards=settings.provided.database_shards,
    )
    store, sites, login = engine.provided.store, engine.provided.sites, engine.provided.login
    metrics = providers.Singleton(Metrics)
    tokens = providers.Singleton(
        Tokens, store, sites, catalogue, clock, ids, providers.Factory(_lifetime, settings.provided.token_lifetime)
    )
    person_limits = providers.Singleton(
        Limits,
        providers.Factory(_rate, settings.provided.person_rate, settings.provided.person_burst),
        clock.provided.monotonic,
    )
    address_limits = providers.Singleton(
        Limits,
        providers.Factory(_rate, settings.provided.address_login_rate, settings.provided.address_login_burst),
        clock.provided.monotonic,
    )
    newsroom = providers.Singleton(
        Newsroom,
        store.ahead,
        sites,
        clock,
        metrics,
        providers.Factory(_rhythm, settings),
        most_missed=settings.provided.socket_catch_up,
    )
    heartbeats = providers.Singleton(
        Heartbeats,
        store.ahead,
        sites,
        catalogue,
        clock,
        settings.provided.heartbeats_together,
        newsroom.provided.heartbeat_of,
    )
    strangers = providers.Singleton(
        Strangers,
        providers.Singleton(
            Limits,
            providers.Factory(_rate, settings.provided.address_unknown_rate, settings.provided.address_unknown_burst),
            clock.provided.monotonic,
        ),
        tokens.provided.live,
        clock.provided.monotonic,
    )
    authentication = providers.Singleton(DesktopAuthentication, tokens, person_limits, strangers)
    desktop = providers.Singleton(
        DesktopCalls,
        engine.provided.backend,
        login,
        tokens,
        authentication,
        address_limits,
        clock,
        heartbeats,
        providers.Singleton(Positions, store, settings.provided.socket_catch_up),
        newsroom.provided.forget,
    )
    requests = providers.Singleton(
        Requests,
        limit=settings.provided.largest_body,
        threads=settings.provided.threads,
        of_one=settings.provided.threads_of_one,
        metrics=metrics,
        patience=settings.provided.body_patience,
    )
    health = providers.Singleton(Health, store, metrics, settings.provided.metrics_token)
    client_limits = providers.Singleton(
        Limits,
        providers.Factory(_rate, settings.provided.client_rate, settings.provided.client_burst),
        clock.provided.monotonic,
    )
    api_authentication = providers.Singleton(
        ApiAuthentication, authentication, engine.provided.principals, client_limits, person_limits, strangers
    )
    api = providers.Singleton(
        HttpApi, engine.provided.sent_messages, engine.provided.managed_items, engine.provided.administration
    )
    sockets = providers.Singleton(
        EventSockets,
        engine.provided.backend,
        authentication,
        newsroom,
        person_limits,
        metrics,
        hello=settings.provided.socket_hello,
        most_unknown=settings.provided.socket_unknown,
        heartbeat=settings.provided.socket_heartbeat,
        most_waiting=settings.provided.socket_waiting,
        threads=settings.provided.socket_threads,
    )


class Node:
    """A node that is composed and does not listen yet. `parts` take the place of those of the container, by name."""

    def __init__(self, settings: ServerSettings, data: Path, **parts: object) -> None:
        self.settings = settings
        given = {"settings": settings, "data": data, **parts}
        self.container = ServerContainer(**{name: providers.Object(part) for name, part in given.items()})
        self.engine: Engine = self.container.engine()
        self.health: Health = self.container.health()
        self.newsroom: Newsroom = self.container.newsroom()
        self._heartbeats: Heartbeats = self.container.heartbeats()
        self._background = (
            Background("The news", self.newsroom.look, self.engine.wake, rests=NEWS_REST),
            Background("Heartbeats of desktops", self._heartbeats.write, Wake()),
        )
        metrics: Metrics = self.container.metrics()
        metrics.watch_queues(self._waiting)

    def server(self, started: Callable[[int], None]) -> NodeServer:
        """Its HTTP server; `started` is told the port."""
        return make_server(make_app(self.routes(), self.container.sockets()), self.settings, started, self.drain)

    def routes(self) -> Sequence[BaseRoute]:
        """All routes."""
        requests: Requests = self.container.requests()
        desktop: DesktopCalls = self.container.desktop()
        api: HttpApi = self.container.api()
        return (
            *self.health.routes(requests),
            *desktop.routes(requests, hashing=self.settings.hashing_threads),
            *api.routes(requests, self.container.api_authentication()),
        )

    def _waiting(self) -> dict[str, int]:
        with self.engine.store.reading() as reader:
            return {queue: load.waiting for queue, load in reader.lists.queue_loads().items()}

    def start(self) -> None:
        """Begin to dispatch; an empty folder starts from the demo site where the settings want it."""
        if self.settings.demo and not self.engine.configuration.site().version:
            from workloom.bootstrap.demo import start_from_demo  # late: once in the life of a folder

            start_from_demo(self.engine.configuration)
        side = PluginManager().engine_side()
        node = uuid4().hex if self.settings.database else ""
        self.engine.feeds = event_feeds(self.engine, side, self.container.catalogue(), node=node)
        self.engine.serve()
        self.start_background()

    def start_background(self) -> None:
        """Begin to tell the news and to write heartbeats."""
        for thread in self._background:
            thread.start()

    def stop_background(self) -> None:
        """End that; waits for what is running.

        Heartbeats that have come are written: desktops must not count as silent where a node is started anew again and
        again.
        """
        for thread in self._background:
            thread.stop()
        with suppress(StorageError):  # the desktops say so again, at another node
            self._heartbeats.write()

    async def drain(self) -> None:
        """Take no more desktops, for as long as those in front of the node need to see it; then tell them to move."""
        self.health.draining = True
        await asyncio.sleep(self.settings.drain_notice)
        stops = problem_of(ServiceFailed("This node stops. Go on at another one."), status=503)
        await to_thread.run_sync(self.newsroom.end_all, Ended(problem=stops, again=True))

    def stop(self) -> None:
        """End the dispatching and let go of the data."""
        self.stop_background()
        self.engine.stop()


def run_node(settings: ServerSettings, data: Path, started: Callable[[int], None]) -> None:
    """Serve until a signal; `started` is told the port once the node listens. WorkloomError kinds."""
    check_safe(settings)
    log_as_json(settings.log_level)
    allow_many()
    node = Node(settings, Path(settings.data) if settings.data else data)
    try:
        node.start()
        serve(node.server(started), settings)
    finally:
        node.stop()


def openapi_text() -> str:
    """The OpenAPI document of the HTTP API, as `docs/api/openapi.json` has it."""
    engine = open_engine(MEMORY)
    try:
        return document_text(HttpApi(engine.sent_messages, engine.managed_items, engine.administration).operations())
    finally:
        engine.stop()

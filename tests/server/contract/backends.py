"""The backends of the contract suite that take a server."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from psycopg import sql

from tests.contract.backends import Backend
from tests.server.remote.front import SETTINGS, Front
from tests.server.remote.office import RemoteOffice
from workloom.adapters.ids import SystemIds
from workloom.adapters.postgres.store import PostgresStore
from workloom.adapters.remote.addresses import Nodes
from workloom.adapters.remote.asking import Asking
from workloom.adapters.remote.news import News
from workloom.adapters.remote.services import RemoteCalls, RemoteServices
from workloom.api.services import Services
from workloom.bootstrap.engine import Engine
from workloom.bootstrap.server import Node
from workloom.services.ports import Store
from workloom.services.ports_outside import Clock
from workloom.testing.office import Office


class PostgresBackend(Backend):
    """All of one process, on databases of PostgreSQL."""

    quick = False

    def everything_in(self, store: Store) -> str:
        """All that the database keeps, as text."""
        assert isinstance(store, PostgresStore)
        with psycopg.connect(store.dsn) as connection:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            ).fetchall()
            rows = [
                (name, *row)
                for (name,) in tables
                for row in connection.execute(sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(name)))
            ]
        return "\n".join(" ".join(row) for row in rows)


class NodeBackend(Backend):
    """Who works is at a desktop of a node, over the wire of every desktop."""

    quick = False

    def __init__(self, open_store: Callable[[], Store], front: Front) -> None:
        super().__init__(open_store)
        self._front = front
        self._nodes: dict[Engine, tuple[Node, Asking]] = {}

    def office(self, **more: Any) -> Office:
        """A new office whose agents are at desktops."""
        office = RemoteOffice(self._front, self.store(), **more)
        self._opened.callback(office.close)
        return office

    def services(self, engine: Engine, clock: Clock, session: str) -> Services:
        """Those of a desktop with a token for the session, which asks and is not told of news."""
        node, asking = self._nodes.get(engine) or self._serve(engine, clock)
        with engine.store.transaction() as transaction:
            begun = transaction.sessions.get(session)
            assert begun is not None, f"{session} is not logged in"
            token = node.container.tokens().issue(transaction, begun)
        return RemoteServices(RemoteCalls(asking, token, News(), suspect=_nothing, ended=_nothing))

    def _serve(self, engine: Engine, clock: Clock) -> tuple[Node, Asking]:
        node = Node(SETTINGS, Path("unused"), engine=engine, clock=clock, ids=SystemIds())
        url = self._front.add(node)
        self._opened.callback(self._front.remove, url)
        asking = Asking(Nodes((url,), Random(1)))  # noqa: S311 - which of one node it begins with
        self._opened.callback(asking.close)
        self._nodes[engine] = node, asking
        return node, asking


def _nothing() -> None: ...

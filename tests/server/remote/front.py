"""One HTTP server for the offices of many tests, each of which puts its own node behind it: starting one takes long."""

from itertools import count
from queue import Queue
from threading import Thread

from starlette.types import ASGIApp, Receive, Scope, Send

from tests.server.nodes import PATIENCE
from workloom.bootstrap.server import Node
from workloom.server.app import make_app
from workloom.server.running import make_server, serve
from workloom.server.settings import ServerSettings

UNLIMITED = 1e9
SETTINGS = ServerSettings(
    port=0,
    person_rate=0,
    address_login_rate=0,
    token_lifetime=UNLIMITED,
    socket_heartbeat=1.0,
    heartbeats_together=0,
)
"""Of the server and of each node behind it."""


async def _nobody() -> None:
    """No desktop has to be moved when it ends."""


class Front:
    """The server of a node, as `Node.server` makes it, before any number of nodes, each at a path of its own."""

    def __init__(self) -> None:
        self._behind: dict[str, ASGIApp] = {}
        self._paths = (f"/node-{number}" for number in count(1))
        ports: Queue[int] = Queue()
        self._server = make_server(self, SETTINGS, ports.put, _nobody)
        self._thread = Thread(target=serve, args=(self._server, SETTINGS), name="front", daemon=True)
        self._thread.start()
        self._url = f"http://127.0.0.1:{ports.get(timeout=PATIENCE)}"

    def add(self, node: Node) -> str:
        """The address of one more node."""
        path = next(self._paths)
        self._behind[path] = make_app(node.routes(), node.container.sockets())
        return self._url + path

    def remove(self, url: str) -> None:
        """No node is at that address any more."""
        del self._behind[url.removeprefix(self._url)]

    def close(self) -> None:
        """Serve no more."""
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the server does not stop"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application: that of the node at this path."""
        _, first, rest = scope["path"].split("/", 2)
        await self._behind[f"/{first}"]({**scope, "path": f"/{rest}"}, receive, send)

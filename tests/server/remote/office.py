"""The office of the contract suite on a node: each agent works over HTTP and a WebSocket, nobody else notices."""

from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from tests.contract.engine.office import PASSWORD, Office
from tests.server.nodes import PATIENCE
from workloom.adapters.remote.backend import RemoteBackend
from workloom.bootstrap.server import Node
from workloom.domain.presence import Presence
from workloom.server.running import serve
from workloom.server.settings import ServerSettings
from workloom.services.ports import Store

UNLIMITED = 1e9


class RemoteOffice(Office):
    """A node without dispatching of its own; `log_in` gives services on the server."""

    def __init__(self, data: Path | str | Store) -> None:
        super().__init__(data)
        settings = ServerSettings(
            port=0,
            person_rate=0,
            address_login_rate=0,
            token_lifetime=UNLIMITED,
            socket_heartbeat=1.0,
            heartbeats_together=0,
        )
        self._node = Node(settings, Path("unused"), engine=self.engine, clock=self.clock, ids=self.ids)
        ports: Queue[int] = Queue()
        self._server = self._node.server(ports.put)
        self._node.start_background()
        self._thread = Thread(target=serve, args=(self._server, settings), name="node", daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{ports.get(timeout=PATIENCE)}"
        self._backends: list[RemoteBackend] = []

    def log_in(self, name: str, *channels: str, ready: bool = True) -> Any:
        """As ever, at a desktop of their own."""
        backend = RemoteBackend((self.url,))
        self._backends.append(backend)
        backend.info()
        plan = backend.authenticate(name, PASSWORD)
        chosen = channels or tuple(choice.media_type for choice in plan.channels)
        self.sessions[name] = backend.log_in(plan.ticket, channels=chosen)
        services = backend.services(self.sessions[name])
        if not ready:
            services.presence.set_state(Presence.NOT_READY)
        return services

    def close(self) -> None:
        """Desktops first, then the node, then the engine."""
        for backend in self._backends:
            backend.close()
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        self._node.stop_background()
        super().close()

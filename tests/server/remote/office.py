"""The office of the contract suite on a node: each agent works over HTTP and a WebSocket, nobody else notices."""

from pathlib import Path
from typing import Any

from tests.contract.engine.office import PASSWORD, Office
from tests.server.remote.front import SETTINGS, Front
from workloom.adapters.remote.backend import RemoteBackend
from workloom.bootstrap.server import Node
from workloom.domain.presence import Presence
from workloom.services.ports import Store


class RemoteOffice(Office):
    """A node without dispatching of its own, behind the front; `log_in` gives services on the server."""

    def __init__(self, front: Front, data: Path | str | Store, **more: Any) -> None:
        super().__init__(data, **more)
        self._front = front
        self._node = Node(SETTINGS, Path("unused"), engine=self.engine, clock=self.clock, ids=self.ids)
        self.url = front.add(self._node)
        self._node.start_background()
        self._backends: list[RemoteBackend] = []
        self._closed = False

    @property
    def backend(self) -> RemoteBackend:
        """That of another desktop each time."""
        made = RemoteBackend((self.url,))
        self._backends.append(made)
        made.info()
        return made

    def log_in(self, name: str, *channels: str, ready: bool = True) -> Any:
        """As ever, at a desktop of their own."""
        backend = self.backend
        plan = backend.authenticate(name, PASSWORD)
        chosen = channels or tuple(choice.media_type for choice in plan.channels)
        self.sessions[name] = backend.log_in(plan.ticket, channels=chosen)
        services = backend.services(self.sessions[name])
        if not ready:
            services.presence.set_state(Presence.NOT_READY)
        return services

    def close(self) -> None:
        """Desktops first, then the node, then the engine. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        for backend in self._backends:
            backend.close()
        self._front.remove(self.url)
        self._node.stop_background()
        super().close()

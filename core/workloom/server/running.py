"""Runs the application until a signal, and ends it so that nobody who is served notices more than a move."""

from asyncio import Protocol
from collections.abc import Awaitable, Callable
from functools import partial
from signal import SIGINT, SIGTERM
from socket import socket
from types import FrameType
from typing import Final, cast

import uvicorn
from starlette.types import ASGIApp

from workloom.server.connections import PatientProtocol
from workloom.server.listening import listen
from workloom.server.pushing import PushProtocol
from workloom.server.settings import ServerSettings

_LARGEST_FRAME: Final = 65_536
"""Of a client. What is larger than a frame may be, and smaller than this, is answered; the rest is cut off."""


class NodeServer(uvicorn.Server):
    """uvicorn's server that says when it serves, and drains before it closes.

    `drain` is called once the node shall stop, while it still answers; then nothing new is taken, running requests
    end, and after `drain_limit` seconds what is left is cut off.
    """

    def __init__(self, config: uvicorn.Config, started: Callable[[int], None], drain: Callable[[], Awaitable[None]]):
        super().__init__(config)
        self._said_started = started
        self._drain = drain

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            self._said_started(int(sockets[0].getsockname()[1]))

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        await self._drain()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """As uvicorn, but the signal is not raised again at the end: a node that was told to stop ends with 0."""
        super().handle_exit(sig, frame)
        if sig in (SIGINT, SIGTERM):
            self._captured_signals.clear()


def serve(server: NodeServer, settings: ServerSettings) -> None:
    """Serve until SIGTERM, SIGINT or `server.should_exit`. BadInput where it cannot listen."""
    listener = listen(settings)
    try:
        server.run([listener])
    finally:
        listener.close()


def make_server(
    app: ASGIApp, settings: ServerSettings, started: Callable[[int], None], drain: Callable[[], Awaitable[None]]
) -> NodeServer:
    """A server for the application; `started` is told the port that it has got."""
    beat = settings.socket_heartbeat
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),  # else anybody could write the address that limits count
        forwarded_allow_ips=settings.trusted_proxies or None,
        http=cast("type[Protocol]", partial(PatientProtocol, patience=settings.body_patience)),
        ws=PushProtocol,
        ws_max_size=_LARGEST_FRAME,
        ws_per_message_deflate=False,  # it costs a connection more memory than all the rest
        ws_ping_interval=beat * 4 or None,
        ws_ping_timeout=beat * 4 or None,
        timeout_graceful_shutdown=max(1, round(settings.drain_limit)),
        ssl_certfile=settings.tls_certificate or None,
        ssl_keyfile=settings.tls_key or None,
    )
    return NodeServer(config, started, drain)

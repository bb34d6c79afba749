"""`api.Backend` on a server: any of its nodes, each session with a token and a socket of its own."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from random import Random
from secrets import token_bytes
from threading import Lock
from typing import Final, cast

from msgspec.structs import replace

from workloom.adapters.remote.addresses import Nodes
from workloom.adapters.remote.asking import Asking
from workloom.adapters.remote.loop import LoopThread
from workloom.adapters.remote.news import News
from workloom.adapters.remote.services import RemoteCalls, RemoteServices
from workloom.adapters.remote.socket import NewsSocket
from workloom.api.services import LinkState
from workloom.domain.errors import SessionEnded, WorkloomError
from workloom.domain.presence import LoginPlan
from workloom.domain.site import SiteInfo
from workloom.wire import CALLS, LoggedIn

STALE: Final = 2.0
"""Seconds after which a new connection asks for the server's time again."""

_SYSTEM: Final = Random()  # noqa: S311  # it spreads desktops, it keeps no secret


class _Session:
    """One login on the server. The token is in memory only: a desktop that starts anew logs in anew."""

    def __init__(self, token: str, rang: Callable[[], None]) -> None:
        self.token = token
        self.news = News(rang)
        self.socket: NewsSocket | None = None
        self.services: RemoteServices | None = None


class RemoteLink:
    """`api.Link` over all sessions of the desktop: away as soon as one of them is."""

    def __init__(self) -> None:
        self._sockets: list[NewsSocket] = []
        self._lock = Lock()

    def state(self) -> LinkState:
        """How it is now."""
        with self._lock:
            states = [socket.state for socket in self._sockets]
        return max(states, key=lambda state: state.attempt, default=LinkState())

    def try_now(self) -> None:
        """Do not wait for the next try."""
        with self._lock:
            sockets = tuple(self._sockets)
        for socket in sockets:
            socket.hurry()

    def add(self, socket: NewsSocket) -> None:
        """One more way."""
        with self._lock:
            self._sockets.append(socket)

    def remove(self, socket: NewsSocket) -> None:
        """A way has come to its end."""
        with self._lock:
            if socket in self._sockets:
                self._sockets.remove(socket)


class RemoteBackend:
    """`servers`: addresses of the nodes, such as `https://workloom.example.com`. BadInput for what is no address."""

    def __init__(self, servers: Sequence[str], *, random: Random = _SYSTEM, asking: Asking | None = None) -> None:
        self._nodes = Nodes(servers, random)
        self._secret = token_bytes(32)
        self._random = random
        self._asking = asking or Asking(self._nodes)
        self._loop = LoopThread()
        self._sessions: dict[str, _Session] = {}
        self._lock = Lock()
        self._wakes: list[Callable[[], None]] = []
        self._ahead = timedelta(0)
        self._read_at = time.monotonic()
        self._read_now = datetime.now(UTC)
        self.link = RemoteLink()

    def info(self) -> SiteInfo:
        """Name of the site, and to which node the desktop talks. Disconnected, WrongVersion."""
        begun = time.monotonic()
        info = self._asking.info()
        took = time.monotonic() - begun
        self._read_now, self._read_at = info.now + timedelta(seconds=took / 2), begun + took
        return replace(info.site, connection=self._nodes.current.name)

    def authenticate(self, user: str, password: str) -> LoginPlan:
        """Step 1 of the login. LoginFailed."""
        call = CALLS["authenticate"]
        return cast("LoginPlan", self._asking.call(call, call.encode_arguments(user, password)))

    def log_in(self, ticket: str, *, place: str = "", channels: Sequence[str] = ()) -> str:
        """Step 2: the id of the new session. A session that the person has elsewhere ends."""
        call = CALLS["log_in"]
        body = call.encode_arguments(ticket, place=place, channels=tuple(channels))
        key = blake2b(body, key=self._secret, digest_size=16).hexdigest()  # of this body, and known to nobody else
        entered = cast("LoggedIn", self._asking.call(call, body, key=key))
        with self._lock:
            self._sessions[entered.session] = _Session(entered.token, self._wake)
        return entered.session

    def services(self, session: str) -> RemoteServices:
        """The services bound to that session. SessionEnded if it was not begun on this desktop."""
        with self._lock:
            found = self._sessions.get(session)
            if found is None:
                raise SessionEnded("Your session has ended. Log in again.")
            if found.services is None:
                found.services = RemoteServices(
                    RemoteCalls(
                        self._asking,
                        found.token,
                        found.news,
                        partial(self._suspect, found),
                        partial(self._forget, session),
                    )
                )
                self._loop.start(lambda: self._stay(found))
            return found.services

    def now(self) -> datetime:
        """The server's time: what it said, and what has gone by since on this computer's monotonic clock."""
        return self._read_now + timedelta(seconds=time.monotonic() - self._read_at)

    def on_wake(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake`, from any thread, when something may have changed; returns its undo."""
        self._wakes.append(wake)

        def undo() -> None:
            if wake in self._wakes:
                self._wakes.remove(wake)

        return undo

    def close(self) -> None:
        """Let go of all connections. Sessions end by themselves when the server hears nothing more of them."""
        self._loop.close()
        self._asking.close()

    async def _stay(self, found: _Session) -> None:
        socket = found.socket = NewsSocket(
            self._nodes, self._asking.tls, found.token, found.news, self._random, lambda: self._moved(found)
        )
        self.link.add(socket)
        try:
            await socket.run()
        finally:
            self.link.remove(socket)

    def _suspect(self, session: _Session) -> None:
        if session.socket is not None:
            session.socket.suspect()

    def _forget(self, session: str) -> None:
        with self._lock:
            found = self._sessions.pop(session, None)
        if found is not None and found.socket is not None:
            self._loop.soon(found.socket.close)

    def _moved(self, session: _Session) -> None:
        """In the loop's thread. Meanwhile this computer may have slept, and its monotonic clock with it."""
        self._wake()
        there = session.socket is not None and session.socket.state.connected
        if there and time.monotonic() - self._read_at > STALE:
            self._loop.aside(self._read_clock)

    def _read_clock(self) -> None:
        with suppress(WorkloomError):
            self.info()

    def _wake(self) -> None:
        for wake in tuple(self._wakes):
            wake()

"""The WebSocket of a desktop: who it is, what it has missed, and from then on what is new."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from functools import partial
from typing import Any, Final

from anyio import CapacityLimiter, to_thread

from workloom.api.services import Backend, Services
from workloom.domain.errors import BadInput, SessionEnded, TooOften
from workloom.server.authentication import DesktopAuthentication
from workloom.server.limits import Limits
from workloom.server.listeners import Delivery, Listener, deliver, news
from workloom.server.metrics import Metrics
from workloom.server.newsroom import Joined, Newsroom
from workloom.server.pushing import ENDED, EXTENSION, Line, binary_frame
from workloom.server.request import problem_from
from workloom.services.news import mark_of
from workloom.wire import (
    VERSION,
    Ended,
    Hello,
    Ping,
    Pong,
    Welcome,
    decode_client_frame,
    encode,
    problem_of,
)
from workloom.wire.frames import LARGEST_FROM_CLIENT

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_PAGE: Final = 500
_PONG: Final = binary_frame(encode(Pong()))
_MOVE, _POLICY = 1012, 1008  # close codes of RFC 6455: service restart, policy violation
_CLOSE_SECONDS: Final = 1.0


def _too_slow() -> TooOften:
    return TooOften("The desktop is too slow for its news. It connects again.", wait_seconds=1.0)


def _too_many() -> TooOften:
    return TooOften("Too many connections say nothing. Connect again, and say who you are at once.", wait_seconds=1.0)


class Gone(Exception):
    """The client has closed the connection, or the line was ended from elsewhere."""


class Connection:
    """One socket as an `Ear`. While the client catches up, frames wait in `_held`, so that the order is kept."""

    def __init__(self, line: Line, most_waiting: int, metrics: Metrics) -> None:
        self._line = line
        self._most_waiting = most_waiting
        self._metrics = metrics
        self._held: list[bytes] | None = []
        self.ended: Ended | None = None

    def offer(self, frame: bytes) -> None:
        """A frame from the newsroom. Who is too far behind is cut off: it comes back and asks for what it missed."""
        if self.ended is not None:
            return
        if self._held is None:
            waits = self._line.push(frame)
        else:
            self._held.append(frame)
            waits = sum(map(len, self._held))
        if waits > self._most_waiting:
            self.end(Ended(problem=problem_of(_too_slow()), again=True))

    def go_on(self) -> None:
        """The client has caught up."""
        held, self._held = self._held or [], None
        for frame in held:
            self.offer(frame)

    def end(self, ended: Ended) -> None:
        """The last frame. Further ones are dropped."""
        if self.ended is None:
            self.ended = ended
            self._metrics.cut_off.labels(ended.problem.slug).inc()
            self._line.push(binary_frame(encode(ended)))
            self._line.wake()


class _Talk:
    """The socket's own side of the talk: it sends no faster than the client reads."""

    def __init__(self, connection: Connection, receive: Receive, send: Send, patience: float) -> None:
        self.connection = connection
        self._receive = receive
        self._send = send
        self._patience = patience

    async def hear(self) -> Hello | Ping:
        """The next frame of the client. Gone; BadInput."""
        return _frame(await self._receive())

    async def say(self, body: bytes) -> None:
        """Send before those that are held. Gone; TooOften if the client does not read."""
        if self.connection.ended is not None:
            raise Gone
        try:
            async with asyncio.timeout(self._patience):
                await self._send({"type": "websocket.send", "bytes": body})
        except TimeoutError:
            raise _too_slow() from None
        except OSError:
            raise Gone from None


class EventSockets:
    """The ASGI application of `/desktop/v1/events`."""

    def __init__(
        self,
        backend: Backend,
        authentication: DesktopAuthentication,
        newsroom: Newsroom,
        limits: Limits,
        metrics: Metrics,
        *,
        hello: float,
        most_unknown: int,
        heartbeat: float,
        most_waiting: int,
        threads: int,
    ) -> None:
        self._backend = backend
        self._authentication = authentication
        self._newsroom = newsroom
        self._limits = limits
        self._metrics = metrics
        self._hello = hello
        self._most_unknown = most_unknown
        self._unknown: dict[Connection, None] = {}  # those who have not said who they are, the oldest first
        self._heartbeat = heartbeat
        self._most_waiting = most_waiting
        self._limiter = CapacityLimiter(threads)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One connection, from its handshake to its end."""
        await receive()
        await send({"type": "websocket.accept"})
        self._use_loop()
        line: Line = scope["extensions"][EXTENSION]
        connection = Connection(line, self._most_waiting, self._metrics)
        talk = _Talk(connection, receive, send, self._heartbeat * 4)
        with self._metrics.sockets.track_inprogress():
            problem = await problem_from("events", self._talk(talk, scope))
        if problem is not None:
            connection.end(Ended(problem=problem, again=problem.status >= 429))
        await _close(line, send, connection.ended)

    def _use_loop(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop

            def post(deliveries: list[Delivery]) -> None:
                loop.call_soon_threadsafe(deliver, deliveries)

            self._newsroom.post = post

    async def _talk(self, talk: _Talk, scope: Message) -> None:
        with suppress(Gone):
            hello = await self._said_hello(talk)
            address = scope["client"][0] if scope["client"] else ""
            token = await self._thread(self._authentication.known, hello.token or _bearer(scope), address)
            services = self._backend.services(token.session)
            session = await self._thread(services.presence.session)
            listener = Listener(
                talk.connection,
                session=session.id,
                person=session.person,
                place=session.place,
                expires_at=token.expires_at,
                packed=hello.packed,
            )
            try:
                joined = await self._thread(self._newsroom.join, listener, hello.after, hello.mark)
                await self._catch_up(talk, services, joined)
                await self._listen(talk, token.person)
            finally:
                self._newsroom.leave(listener)

    async def _said_hello(self, talk: _Talk) -> Hello:
        self._make_room()
        self._unknown[talk.connection] = None
        try:
            async with asyncio.timeout(self._hello):
                frame = await talk.hear()
        except TimeoutError:
            raise SessionEnded("The desktop has not said who it is.") from None
        finally:
            self._unknown.pop(talk.connection, None)
        if not isinstance(frame, Hello):
            raise BadInput("The first frame of a desktop says who it is.")
        return frame

    def _make_room(self) -> None:
        """A flood of those who say nothing keeps nobody out who says something: who has waited longest must go."""
        while len(self._unknown) >= self._most_unknown:
            oldest = next(iter(self._unknown))
            del self._unknown[oldest]
            oldest.end(Ended(problem=problem_of(_too_many()), again=True))

    async def _catch_up(self, talk: _Talk, services: Services, joined: Joined) -> None:
        """What the client has missed. It is asked in any case: whoever was logged out meanwhile is told so here."""
        seen, until = joined.seen, joined.told_from
        mark, beat = joined.seen_mark, self._heartbeat
        await talk.say(encode(Welcome(last=seen, mark=mark, version=VERSION, heartbeat=beat, anew=joined.anew)))
        behind = seen < until
        more = True
        while more:
            page = await self._thread(partial(services.events.after, limit=_PAGE), seen)
            events = [(event.sequence, encode(event)) for event in page if event.sequence <= until]
            more = len(events) == _PAGE
            seen = page[-1].sequence if more else max(seen, until)
            known = mark_of(page[-1]) if more else joined.mark if seen == until else ""
            if events or behind:
                for frame in news(events, seen, known):
                    await talk.say(frame)
        talk.connection.go_on()

    async def _listen(self, talk: _Talk, person: str) -> None:
        while True:
            if not isinstance(await talk.hear(), Ping):
                raise BadInput("The desktop has said who it is already.")
            self._limits.take(person)
            talk.connection.offer(_PONG)

    async def _thread(self, function: Callable[..., Any], *arguments: object) -> Any:
        return await to_thread.run_sync(function, *arguments, limiter=self._limiter)


def _frame(message: Message) -> Hello | Ping:
    if message["type"] in ("websocket.disconnect", ENDED):
        raise Gone
    body: bytes | str = message.get("bytes") or message.get("text") or ""
    if len(body) > LARGEST_FROM_CLIENT:
        raise BadInput(f"The frame is larger than {LARGEST_FROM_CLIENT} bytes.")
    return decode_client_frame(body)


def _bearer(scope: Message) -> str:
    for name, value in scope["headers"]:
        kind, _, token = value.decode("latin-1").partition(" ")
        if name == b"authorization" and kind.lower() == "bearer" and token.strip():
            return str(token.strip())
    raise SessionEnded("The connection carries no token. Log in first.")


async def _close(line: Line, send: Send, ended: Ended | None) -> None:
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            code = _MOVE if ended is not None and ended.again else _POLICY
            await send({"type": "websocket.close", "code": code if ended is not None else 1000})
    except TimeoutError:
        line.abort()  # it reads nothing, not even this
    except (OSError, RuntimeError):
        return  # it has gone, or was cut off for a frame beyond all bounds, and cannot be closed twice

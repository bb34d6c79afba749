"""One HTTP request: read within bounds, answered in a thread, every error a problem.

Straight on ASGI: the classes for requests and answers of the framework take longer than most of our handlers.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from functools import partial
from logging import getLogger
from secrets import token_hex
from time import perf_counter
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread
from msgspec import Struct, structs
from starlette.datastructures import QueryParams
from starlette.types import Receive, Scope, Send

from workloom.domain.errors import BadInput, ServiceFailed, SessionEnded, WorkloomError
from workloom.server.metrics import Metrics
from workloom.server.shares import Shares
from workloom.services.again import again
from workloom.wire import JSON, MEDIA_PROBLEM, VERSION, VERSION_HEADER, Problem, check_version, encode, problem_of

_log = getLogger(__name__)
Result = TypeVar("Result")

FOR_ANYBODY: Final = 65_536
"""Bytes of a body that are read before it is known whose it is."""

_SAFE: Final = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))
_GONE: Final = 499
_READING: Final = ("GET", "HEAD")
_VERSION: Final = VERSION_HEADER.lower()


class Incoming(Struct, frozen=True, kw_only=True):
    """A request as its handler sees it. Names of headers are in lower case; `address` is the client's."""

    method: str
    path: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    body: bytes = b""
    address: str = ""

    def bearer(self) -> str:
        """The token of the header `Authorization`. SessionEnded if there is none."""
        token = self.shown()
        if not token:
            raise SessionEnded("The request carries no token. Log in first.")
        return token

    def shown(self) -> str:
        """The same; empty if there is none."""
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if kind.lower() == "bearer" else ""


class Answer(Struct, frozen=True, kw_only=True):
    """What a handler answers."""

    body: bytes = b""
    status: int = 200
    media_type: str = JSON
    headers: Mapping[str, str] = {}


Handler = Callable[[Incoming], Answer]
"""Runs in a thread and may block; called again when the store gave it up for another. Raises WorkloomError kinds."""

Gate = Callable[[Incoming], object]
"""Whether somebody may send as much as follows. Gets the request without its body, runs in a thread, raises as a
handler."""


class Unread(BadInput):
    """The body was not read to its end. `status` says why: it is too large, or does not come."""

    status = 413


class Slow(Unread):
    """It has not come in time."""

    status = 408


class ClientGone(Exception):
    """Whoever has asked has hung up before the request was read."""


class Requests:
    """Makes endpoints of handlers. `limit`: bytes of a body; `threads`: how many handlers run at once, `of_one` of them
    for one caller; `patience`: seconds within which a body must have come."""

    def __init__(self, *, limit: int, threads: int, of_one: int, metrics: Metrics, patience: float = 30.0) -> None:
        self._limit = limit
        self._limiter = CapacityLimiter(threads)
        self._shares = Shares(of_one, threads)
        self._metrics = metrics
        self._patience = patience

    def endpoint(
        self,
        name: str,
        handler: Handler,
        *,
        limit: int = 0,
        limiter: CapacityLimiter | None = None,
        gate: Gate | None = None,
        reads: bool = False,
    ) -> "Endpoint":
        """`name` is that of the route in metrics and logs. Without a `gate` no body is larger than anybody may send.

        `reads`: it changes nothing, although it is no GET, and may take long.
        """
        most = limit or self._limit if gate is not None else min(self._limit, FOR_ANYBODY)
        reading = Reading(most, self._patience, gate)
        shares = self._shares if limiter is None else None
        return Endpoint(name, handler, reading, limiter or self._limiter, self._metrics, shares, reads=reads)


class Reading(Struct, frozen=True):
    """How much is read of a body, in bytes, for how long, in seconds, and from whom."""

    most: int
    patience: float
    gate: Gate | None


class Endpoint:
    """The ASGI application of one route. Without `shares` whoever comes first has all threads of the limiter."""

    def __init__(
        self,
        name: str,
        handler: Handler,
        reading: Reading,
        limiter: CapacityLimiter,
        metrics: Metrics,
        shares: Shares | None = None,
        *,
        reads: bool = False,
    ) -> None:
        self._name = name
        self._handler = handler
        self._reading = reading
        self._limiter = limiter
        self._metrics = metrics
        self._shares = shares
        self._reads = reads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request from its head to the end of the answer."""
        begun = perf_counter()
        answer = await self._answer(scope, receive)
        await give(answer, send)
        self._metrics.answered(self._name, answer.status, perf_counter() - begun)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        try:
            incoming = _without_body(scope)
            check_version(_version(incoming.headers.get(_VERSION)))
            incoming = await self._read(incoming, receive)
            return await self._thread(self._handler, incoming)
        except ClientGone:
            return Answer(status=_GONE)  # nobody reads it
        except Unread as error:
            answer = problem_answer(problem_of(BadInput(error.message), status=error.status))
            return structs.replace(answer, headers={**answer.headers, "connection": "close"})  # the rest may never come
        except WorkloomError as error:
            return problem_answer(problem_of(error))
        except OverflowError:
            return problem_answer(problem_of(BadInput("A number or an instant is larger than can be kept.")))
        except Exception:  # noqa: BLE001  # the server request: the fault is logged, the node goes on
            return problem_answer(failed(self._name))

    async def _thread(self, function: Callable[[Incoming], Result], incoming: Incoming) -> Result:
        reads = self._reads or incoming.method in _READING
        async with self._shares.of(incoming.shown(), reads=reads) if self._shares else nullcontext():
            return await to_thread.run_sync(again, partial(function, incoming), limiter=self._limiter)

    async def _read(self, incoming: Incoming, receive: Receive) -> Incoming:
        """The request with its body. More than anybody may send is read of those only whom the gate lets through."""
        most, gate = self._reading.most, self._reading.gate
        expected = _announced(incoming.headers, most)
        if expected > most:
            raise _too_large(most)
        if gate is not None and expected > FOR_ANYBODY:
            await self._thread(gate, incoming)
        try:
            async with asyncio.timeout(self._reading.patience):
                return structs.replace(incoming, body=await _body(receive, most))
        except TimeoutError:
            raise Slow(f"The body of the request has not come within {self._reading.patience:g} seconds.") from None


async def give(answer: Answer, send: Send) -> None:
    """Send an answer."""
    headers = [
        *_SAFE,
        *((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()),
        (b"content-type", answer.media_type.encode("latin-1")),
    ]
    if answer.status >= 200 and answer.status not in (204, 304):
        headers.append((b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def problem_from(name: str, work: Awaitable[None]) -> Problem | None:
    """Do something that is no HTTP request, under the same guard; the problem that ended it, None if none did."""
    try:
        await work
    except WorkloomError as error:
        return problem_of(error)
    except Exception:  # noqa: BLE001  # the server request: the fault is logged, the node goes on
        return failed(name)
    return None


def failed(name: str) -> Problem:
    """The problem that stands for a fault of ours; call it where the fault is caught."""
    reference = token_hex(6)
    _log.exception("A request to %s has failed (%s).", name, reference)
    sentence = f"The server has failed at this request. Tell your administrator the reference {reference}."
    return problem_of(ServiceFailed(sentence), reference=reference)


def problem_answer(problem: Problem) -> Answer:
    """The problem as an answer, with the headers that belong to its status."""
    headers: dict[str, str] = {}
    if problem.status == 401:
        headers["www-authenticate"] = "Bearer"
    if problem.wait_seconds > 0:
        headers["retry-after"] = str(max(1, round(problem.wait_seconds)))
    return Answer(body=encode(problem), status=problem.status, headers=headers, media_type=MEDIA_PROBLEM)


def _headers(scope: Scope) -> dict[str, str]:
    """By name; of several with one name the first."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(scope["headers"])}


def _version(given: str | None) -> int:
    if given is None:
        return VERSION
    if not given.isascii() or not given.isdecimal() or len(given) > 9:
        raise BadInput("The version is no number.", where=VERSION_HEADER)
    return int(given)


def _announced(headers: Mapping[str, str], most: int) -> int:
    """Bytes of the body that may come; `most` where the request does not say how many."""
    said = headers.get("content-length", "")
    if said.isdecimal():
        return int(said[:18])
    return most if "transfer-encoding" in headers else 0


def _without_body(scope: Scope) -> Incoming:
    query, client = scope["query_string"], scope["client"]
    return Incoming(
        method=scope["method"],
        path={name: str(value) for name, value in scope.get("path_params", {}).items()},
        query=dict(QueryParams(query)) if query else {},
        headers=_headers(scope),
        address=client[0] if client else "",
    )


async def _body(receive: Receive, most: int) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _too_large(limit: int) -> Unread:
    return Unread(f"The body of the request is larger than {limit} bytes. Send less at once.")

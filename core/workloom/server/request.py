"""One HTTP request: read within bounds, answered in a thread, every error a problem."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from logging import getLogger
from secrets import token_hex
from time import perf_counter
from typing import Final

from anyio import CapacityLimiter, to_thread
from msgspec import Struct, structs
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from workloom.domain.errors import BadInput, ServiceFailed, SessionEnded, WorkloomError
from workloom.server.metrics import Metrics
from workloom.services.again import again
from workloom.wire import JSON, MEDIA_PROBLEM, VERSION_HEADER, Problem, check_version, encode, problem_of

_log = getLogger(__name__)

FOR_ANYBODY: Final = 65_536
"""Bytes of a body that are read before it is known whose it is."""

_SAFE: Final = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


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
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            raise SessionEnded("The request carries no token. Log in first.")
        return token.strip()


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

Endpoint = Callable[[Request], Awaitable[Response]]


class Unread(BadInput):
    """The body was not read to its end. `status` says why: it is too large, or does not come."""

    status = 413


class Slow(Unread):
    """It has not come in time."""

    status = 408


class Requests:
    """Makes endpoints of handlers. `limit`: bytes of a body; `threads`: how many handlers run at once; `patience`:
    seconds within which a body must have come."""

    def __init__(self, *, limit: int, threads: int, metrics: Metrics, patience: float = 30.0) -> None:
        self._limit = limit
        self._limiter = CapacityLimiter(threads)
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
    ) -> Endpoint:
        """`name` is that of the route in metrics and logs. Without a `gate` no body is larger than anybody may send."""
        most = limit or self._limit if gate is not None else min(self._limit, FOR_ANYBODY)

        async def answer(request: Request) -> Response:
            begun = perf_counter()
            response = await self._answered(name, handler, request, most, limiter or self._limiter, gate)
            self._metrics.answered(name, response.status_code, perf_counter() - begun)
            return response

        return answer

    async def _answered(
        self,
        name: str,
        handler: Handler,
        request: Request,
        limit: int,
        limiter: CapacityLimiter,
        gate: Gate | None,
    ) -> Response:
        try:
            check_version(_version(request))
            incoming = await self._read(request, limit, limiter, gate)
            answer = await to_thread.run_sync(again, partial(handler, incoming), limiter=limiter)
            return Response(
                answer.body, answer.status, headers={**_SAFE, **answer.headers}, media_type=answer.media_type
            )
        except ClientDisconnect:
            return Response(status_code=499)  # nobody reads it
        except Unread as error:
            response = problem_response(problem_of(BadInput(error.message), status=error.status))
            response.headers["connection"] = "close"  # the rest may never come
            return response
        except WorkloomError as error:
            return problem_response(problem_of(error))
        except OverflowError:
            return problem_response(problem_of(BadInput("A number or an instant is larger than can be kept.")))
        except Exception:  # noqa: BLE001  # the server request: the fault is logged, the node goes on
            return problem_response(failed(name))

    async def _read(self, request: Request, limit: int, limiter: CapacityLimiter, gate: Gate | None) -> Incoming:
        """The request with its body. More than anybody may send is read of those only whom the gate lets through."""
        incoming = _without_body(request)
        expected = _announced(request, limit)
        if expected > limit:
            raise _too_large(limit)
        if gate is not None and expected > FOR_ANYBODY:
            await to_thread.run_sync(again, partial(gate, incoming), limiter=limiter)
        body = bytearray()
        try:
            async with asyncio.timeout(self._patience):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > limit:
                        raise _too_large(limit)
        except TimeoutError:
            raise Slow(f"The body of the request has not come within {self._patience:g} seconds.") from None
        return structs.replace(incoming, body=bytes(body))


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


def problem_response(problem: Problem) -> Response:
    """The problem as an answer, with the headers that belong to its status."""
    headers = dict(_SAFE)
    if problem.status == 401:
        headers["www-authenticate"] = "Bearer"
    if problem.wait_seconds > 0:
        headers["retry-after"] = str(max(1, round(problem.wait_seconds)))
    return Response(encode(problem), problem.status, headers=headers, media_type=MEDIA_PROBLEM)


def _version(request: Request) -> int:
    given = request.headers.get(VERSION_HEADER)
    if given is None:
        return 1
    if not given.isascii() or not given.isdecimal() or len(given) > 9:
        raise BadInput("The version is no number.", where=VERSION_HEADER)
    return int(given)


def _announced(request: Request, most: int) -> int:
    """Bytes of the body that may come; `most` where the request does not say how many."""
    said = request.headers.get("content-length", "")
    if said.isdecimal():
        return int(said[:18])
    return most if "transfer-encoding" in request.headers else 0


def _without_body(request: Request) -> Incoming:
    return Incoming(
        method=request.method,
        path={name: str(value) for name, value in request.path_params.items()},
        query=dict(request.query_params),
        headers=dict(request.headers),
        address=request.client.host if request.client else "",
    )


def _too_large(limit: int) -> Unread:
    return Unread(f"The body of the request is larger than {limit} bytes. Send less at once.")

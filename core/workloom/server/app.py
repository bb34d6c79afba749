"""The application: all routes of a node, and problems for whatever has no route."""

from collections.abc import Sequence

from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from workloom.domain.errors import BadInput, NotFound, WorkloomError
from workloom.server.request import Answer, give, problem_answer
from workloom.wire import EVENTS_PATH, problem_of


def make_app(routes: Sequence[BaseRoute], sockets: ASGIApp | None = None) -> ASGIApp:
    """The ASGI application with these routes, and with `sockets` for the events where there are any.

    Neither those nor what has a route pass through the routing of Starlette: it would keep several objects for each of
    thousands of sockets, and puts around each request what our endpoints, which answer every error, have no use for.
    """
    requests = Starlette(routes=list(routes), exception_handlers={HTTPException: _no_route})
    at_once = _at_once(routes)
    named = [route for route in routes if isinstance(route, Route) and "{" in route.path]

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            found = at_once.get((scope["method"], scope["path"])) or _named(named, scope) or requests
            await found(scope, receive, send)
        elif scope["type"] == "lifespan":
            await requests(scope, receive, send)
        elif sockets is not None and scope["path"] == EVENTS_PATH:
            await sockets(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close"})  # before it is accepted: answered with 403

    return application


def _at_once(routes: Sequence[BaseRoute]) -> dict[tuple[str, str], ASGIApp]:
    """Those that have one address, by method and address."""
    return {
        (method, route.path): route.app
        for route in routes
        if isinstance(route, Route) and "{" not in route.path
        for method in route.methods or ()
    }


def _named(routes: Sequence[Route], scope: Scope) -> ASGIApp | None:
    """The first whose address has parts that are named, which are put into the scope; None if none fits."""
    for route in routes:
        match, found = route.matches(scope)
        if match is Match.FULL:
            scope.update(found)
            return route.app
    return None


async def _no_route(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    problem: WorkloomError = (
        BadInput("This address is not asked in this way.") if status == 405 else NotFound("There is no such address.")
    )
    answer = problem_answer(problem_of(problem, status=status))
    given = error.headers if isinstance(error, HTTPException) and error.headers else {}
    return Answered(replace(answer, headers={**answer.headers, **given}))


class Answered(Response):
    """An answer as the framework wants it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(status_code=answer.status)
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await give(self._answer, send)

"""The application: all routes of a node, and problems for whatever has no route."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from workloom.domain.errors import BadInput, NotFound, WorkloomError
from workloom.server.request import problem_response
from workloom.wire import EVENTS_PATH, problem_of


def make_app(routes: Sequence[BaseRoute], sockets: ASGIApp | None = None) -> ASGIApp:
    """The ASGI application with these routes, and with `sockets` for the events where there are any.

    Those do not pass through the routing of Starlette, which would keep several objects for each of thousands.
    """
    requests = Starlette(routes=list(routes), exception_handlers={HTTPException: _no_route})

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await requests(scope, receive, send)
        elif sockets is not None and scope["path"] == EVENTS_PATH:
            await sockets(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close"})  # before it is accepted: answered with 403

    return application


async def _no_route(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    problem: WorkloomError = (
        BadInput("This address is not asked in this way.") if status == 405 else NotFound("There is no such address.")
    )
    response = problem_response(problem_of(problem, status=status))
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response

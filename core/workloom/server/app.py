"""The application: all routes of a node, and problems for whatever has no route."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from workloom.domain.errors import BadInput, NotFound, WorkloomError
from workloom.server.request import problem_response
from workloom.wire import problem_of


def make_app(routes: Sequence[BaseRoute]) -> Starlette:
    """The ASGI application with these routes."""
    return Starlette(routes=list(routes), exception_handlers={HTTPException: _no_route})


async def _no_route(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    problem: WorkloomError = (
        BadInput("This address is not asked in this way.") if status == 405 else NotFound("There is no such address.")
    )
    response = problem_response(problem_of(problem, status=status))
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response

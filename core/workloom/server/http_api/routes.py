"""Routes made of operations: one for each address, whose methods it knows; every error is a problem."""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from starlette.routing import Route

from workloom.domain.errors import BadInput, KeyReused, Stale, StorageConflict, WorkloomError
from workloom.server.http_api.operations import IF_MATCH, Operation
from workloom.server.http_api.reading import Unfit, WrongMedia, read
from workloom.server.request import Answer, Incoming, Requests
from workloom.services.principals import Who
from workloom.wire import MEDIA_PROBLEM, Problem, encode, problem_of

NOT_OF_THE_SITE: Final = 409
"""Status of what fits the document, and not the site or the state that an object is in."""


_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


class Authentication(Protocol):
    """Finds whose request it is."""

    def who(self, incoming: Incoming) -> Who:
        """LoginFailed, SessionEnded, TooOften."""
        ...


def routes_of(operations: Iterable[Operation], requests: Requests, authentication: Authentication) -> Iterator[Route]:
    """One route for each address. Those with more parts come first, for the name of an item or object may hold a slash.

    Each answers every method, so that a PUT to `…/items/7/hold` does not make an item “7/hold”; one that its source
    has named so is reached by its interaction id.
    """
    by_path: dict[str, list[Operation]] = {}
    for operation in operations:
        by_path.setdefault(operation.address, []).append(operation)
    for path in sorted(by_path, key=lambda path: (-path.count("/"), path)):
        found = by_path[path]
        handler = _Handler(found, authentication)
        yield Route(
            path.replace("{id}", "{id:path}").replace("{name}", "{name:path}"),
            requests.endpoint(
                path, handler, limit=max(operation.limit for operation in found), gate=authentication.who
            ),
            methods=_METHODS,
        )


class _Handler:
    """Answers the methods of one address."""

    def __init__(self, operations: Iterable[Operation], authentication: Authentication) -> None:
        self._operations = {operation.method: operation for operation in operations}
        self._authentication = authentication

    def __call__(self, incoming: Incoming) -> Answer:
        operation = self._operations.get("GET" if incoming.method == "HEAD" else incoming.method)
        if operation is None:
            return self._not_so()
        try:
            who = self._authentication.who(incoming)
            reply = operation.handle(read(operation, incoming, who))
        except StorageConflict:
            raise  # the request is carried out again
        except WorkloomError as error:
            return problem(error, matched=IF_MATCH.name.lower() in incoming.headers)
        body = b"" if reply.body is None else encode(reply.body)
        return Answer(body=body, status=reply.status, headers=reply.headers)

    def _not_so(self) -> Answer:
        allowed = ", ".join(sorted(self._operations))
        error = BadInput(f"This address is not asked in this way, but with {allowed}.")
        return Answer(
            body=encode(problem_of(error, status=405)), status=405, media_type=MEDIA_PROBLEM, headers={"allow": allowed}
        )


def problem_for(error: WorkloomError, *, matched: bool = False) -> Problem:
    """The problem that an error is here. `matched`: the request named the version of the object that it means."""
    is_parameter = isinstance(error, Unfit | KeyReused) and bool(error.where)  # a header or address has no pointer
    field = pointer_to(error.field) if isinstance(error, BadInput) and not is_parameter else ""
    kept = BadInput(error.message, where=error.where) if isinstance(error, Unfit | WrongMedia) else error
    return problem_of(kept, status=status_for(error, matched=matched), field=field)


def problem(error: WorkloomError, *, matched: bool = False) -> Answer:
    """An error as an answer."""
    found = problem_for(error, matched=matched)
    headers = {"www-authenticate": "Bearer"} if found.status == 401 else {}
    if found.wait_seconds > 0:
        headers["retry-after"] = str(max(1, round(found.wait_seconds)))
    return Answer(body=encode(found), status=found.status, media_type=MEDIA_PROBLEM, headers=headers)


def pointer_to(field: str) -> str:
    """A JSON pointer for the field that a service names; what is one stays."""
    return f"/{field}" if field and not field.startswith("/") else field


def status_for(error: WorkloomError, *, matched: bool = False) -> int:
    """The status of an error where it is not that of its class, else 0."""
    if isinstance(error, WrongMedia):
        return 415
    if isinstance(error, Unfit):
        return 400
    if isinstance(error, BadInput):
        return NOT_OF_THE_SITE
    return 412 if matched and isinstance(error, Stale) else 0

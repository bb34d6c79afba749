"""What the API offers, as data: each operation with its address, its types and its handler.

Routes, the OpenAPI document, its page and the tests are made from these, so none of them can miss one.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from workloom.domain.capture_rows import LARGEST
from workloom.server.http_api.fields import Name
from workloom.services.principals import Who
from workloom.wire import JSON

BASE: Final = "/api/v1"

MOST_ROWS: Final = 500
"""Rows of a page."""

Place = Literal["path", "query", "header"]


class Parameter(Struct, frozen=True, kw_only=True):
    """A value beside the body. `default` None: it is left out; in a path it is always there."""

    name: str
    place: Place
    type: Any
    description: str
    default: Any = None

    @property
    def key(self) -> str:
        """The name that handlers use."""
        return self.name.lower().replace("-", "_")


class Call(Struct, frozen=True, kw_only=True):
    """A request as its handler sees it: read and checked."""

    who: Who
    values: Mapping[str, Any]
    body: Any = None

    def __getitem__(self, key: str) -> Any:
        return self.values[key]


class Reply(Struct, frozen=True, kw_only=True):
    """What a handler answers: a value of the type that the operation names for that status, or None."""

    body: object = None
    status: int = 200
    headers: Mapping[str, str] = {}


Handle = Callable[[Call], Reply]
"""Carries an operation out, in a thread. Raises WorkloomError kinds."""


class Operation(Struct, frozen=True, kw_only=True):
    """One method of one address. `privilege`: what the caller needs, and `also` those; empty = a token only.

    `results`: the type of the body for each good status; None = no body. `limit`: bytes of a body, 0 = the server's.
    `links`: for each operation that can follow on a good answer, where in it the values of its path are.
    """

    id: str
    method: str
    path: str
    summary: str
    tag: str
    handle: Handle
    results: Mapping[int, Any]
    privilege: str = ""
    also: tuple[str, ...] = ()
    body: Any = None
    body_needed: bool = True
    media_type: str = JSON
    parameters: tuple[Parameter, ...] = ()
    headers: Mapping[str, str] = {}
    limit: int = 0
    description: str = ""
    links: Mapping[str, Mapping[str, str]] = {}

    @property
    def address(self) -> str:
        """The whole path, as OpenAPI writes it."""
        return BASE + self.path


ITEM_TAG: Final = "ETag"
"""The header that carries the fence of an item."""

IF_MATCH: Final = Parameter(
    name="If-Match",
    place="header",
    type=Annotated[str, Meta(pattern='^"?[0-9]{1,15}"?$')],
    description="The entity tag of the item as it was read. With another one by now the request is refused with 412.",
)
KEY: Final = Parameter(
    name="Idempotency-Key",
    place="header",
    type=Name,
    description="A name for this request. Sent again with it within a day, it is carried out once; another request with"
    " the same name is refused with 409.",
)
OFFSET: Final = Parameter(
    name="offset",
    place="query",
    type=Annotated[int, Meta(ge=0, le=LARGEST)],
    description="Rows to pass over.",
    default=0,
)
LIMIT: Final = Parameter(
    name="limit",
    place="query",
    type=Annotated[int, Meta(ge=1, le=MOST_ROWS)],
    description="Most rows of the page.",
    default=100,
)

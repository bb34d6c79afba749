"""Errors as they are sent: problem details (RFC 9457), and the way back to the class that was raised."""

from collections.abc import Iterator
from re import sub
from typing import Any, Final

from msgspec import Struct, field

from workloom.domain.errors import (
    BadInput,
    ItemsOpen,
    KeyReused,
    LoginFailed,
    NotAllowed,
    NotFound,
    Refused,
    ServiceFailed,
    SessionEnded,
    StorageError,
    TooOften,
    WorkloomError,
    WrongVersion,
)
from workloom.domain.sentences import Sentence, sentence

PROBLEM_TYPE: Final = "urn:workloom:problem:"
"""What the slug of each type of problem follows."""

STATUSES: Final[dict[type[WorkloomError], int]] = {
    BadInput: 400,
    NotFound: 404,
    NotAllowed: 403,
    Refused: 409,
    KeyReused: 409,  # behind Refused, which a 409 of an unknown type becomes
    LoginFailed: 401,
    SessionEnded: 401,
    StorageError: 503,
    TooOften: 429,
    WrongVersion: 426,
    ServiceFailed: 500,
    WorkloomError: 500,
}
"""HTTP status of each class and of those below it."""


class Said(Struct, frozen=True, omit_defaults=True):
    """What `detail` is made of, so that it can be said in another language: a text in English with `{places}`, and what
    stands in them.
    """

    text: str
    values: dict[str, "int | str | Said"] = field(default_factory=dict)


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`type` tells the class, `detail` is the sentence that a person reads; the rest is what the class carries.

    `field` names what is wrong in the body of the request; `reference` is what the log of the server calls it.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    where: str = ""
    privilege: str = ""
    items: tuple[str, ...] = ()
    wait_seconds: float = 0.0
    versions: tuple[int, ...] = ()
    field: str = ""
    reference: str = ""
    said: Said | None = None

    @property
    def slug(self) -> str:
        """The type without what is common to all."""
        return self.type.removeprefix(PROBLEM_TYPE)


def slug_of(kind: type[WorkloomError]) -> str:
    """`OfferGone` → `offer-gone`."""
    return sub(r"(?<=[a-z])(?=[A-Z])", "-", kind.__name__).lower()


def status_of(kind: type[WorkloomError]) -> int:
    """HTTP status of a class: its own or that of the nearest class above."""
    return next(STATUSES[each] for each in kind.__mro__ if each in STATUSES)


def problem_of(error: WorkloomError, *, status: int = 0, field: str = "", reference: str = "") -> Problem:
    """The problem to send for an error. `status` 0 = that of its class."""
    kind = type(error)
    carried: dict[str, Any] = {
        name: getattr(error, name)
        for name in ("where", "privilege", "items", "wait_seconds", "versions")
        if getattr(error, name, None)
    }
    return Problem(
        type=PROBLEM_TYPE + slug_of(kind),
        title=_title(kind),
        status=status or status_of(kind),
        detail=str(error.sentence) if isinstance(error, BadInput) else str(error),
        field=field,
        reference=reference,
        said=_apart(error.sentence) if isinstance(error.sentence, Sentence) else None,
        **carried,
    )


def error_of(problem: Problem) -> WorkloomError:
    """The error that the other side has raised; for a type that this version does not know, the nearest by status."""
    kind = KINDS.get(problem.slug) or _nearest(problem.status)
    detail = _together(problem.said, problem.detail)
    if issubclass(kind, BadInput):
        return kind(detail, where=problem.where or problem.field)
    if issubclass(kind, NotAllowed):
        return kind(detail, privilege=problem.privilege)
    if issubclass(kind, ItemsOpen):
        return kind(detail, items=problem.items)
    if issubclass(kind, LoginFailed | TooOften):
        return kind(detail, wait_seconds=problem.wait_seconds)
    if issubclass(kind, WrongVersion):
        return kind(detail, versions=problem.versions)
    return kind(detail)


def _apart(found: Sentence) -> Said:
    values: dict[str, int | str | Said] = {}
    for name, value in found.values.items():
        whole = value if isinstance(value, int) else str(value)
        values[name] = _apart(value) if isinstance(value, Sentence) else whole
    return Said(found.text, values)


def _together(said: Said | None, detail: str) -> str:
    """The sentence; its `detail` where another version has made it of what this one cannot put together."""
    if said is None:
        return detail
    try:
        return _sentence(said)
    except (ValueError, LookupError, AttributeError, TypeError):
        return detail


def _sentence(said: Said) -> Sentence:
    values = {name: _sentence(each) if isinstance(each, Said) else each for name, each in said.values.items()}
    return sentence(said.text, **values)


def _kinds(kind: type[WorkloomError]) -> Iterator[tuple[str, type[WorkloomError]]]:
    yield slug_of(kind), kind
    for below in kind.__subclasses__():
        yield from _kinds(below)


KINDS: Final = dict(_kinds(WorkloomError))
"""Every class of error by its slug."""


def _nearest(status: int) -> type[WorkloomError]:
    if status == 401:
        return SessionEnded
    return next((kind for kind, known in STATUSES.items() if known == status), ServiceFailed)


def _title(kind: type[WorkloomError]) -> str:
    """`OfferGone` → `Offer gone`."""
    return slug_of(kind).replace("-", " ").capitalize()

"""What of an api is going to go: it works on for two minor releases and says what to use instead.

For `workloom.api` and for the `api` modules of plugins that others build on. A plugin learns of it from its own tests,
which make errors of warnings, at the line that uses what goes.
"""

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Final, ParamSpec, TypeVar
from warnings import warn

from msgspec import Struct

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

GRACE: Final = 2
"""Minor releases in which a thing works on, the one that deprecates it counted."""


class Going(Struct, frozen=True):
    """A name that is going to go: what it still means, what to use instead, and since which release, such as `1.4`."""

    meaning: object
    instead: str
    since: str


def deprecated(instead: str, *, since: str) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Marks a function or method: each call warns with a DeprecationWarning that names `instead`."""

    def mark(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
        @wraps(function)
        def call(*args: Given.args, **named: Given.kwargs) -> Answer:
            warn(words(function.__qualname__, instead, since), DeprecationWarning, stacklevel=2)
            return function(*args, **named)

        return call

    return mark


def going(module: str, names: Mapping[str, Going]) -> Callable[[str], object]:
    """The `__getattr__` of a module: names that are going to go are still found, with a warning."""

    def find(name: str) -> object:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}", name=name, obj=sys.modules.get(module))
        gone = names[name]
        warn(words(f"{module}.{name}", gone.instead, gone.since), DeprecationWarning, stacklevel=2)
        return gone.meaning

    return find


def words(name: str, instead: str, since: str) -> str:
    """What the warning says."""
    return f"{name} is deprecated since Workloom {since} and goes with {last(since)}. Use {instead} instead."


def last(since: str) -> str:
    """The release with which something goes that was deprecated in `since`."""
    major, minor, *_patch = (int(part) for part in since.split("."))
    return f"{major}.{minor + GRACE}"

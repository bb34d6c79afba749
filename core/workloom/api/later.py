"""Functions of the services that came after an API level was made: a backend that was written before lacks them."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

_MARK: Final = "came_later"
_OFFERED: Final = "is_offered"


def came_later(function: Function) -> Function:
    """Marks a function of a Protocol that backends implement: one may do without it, and the desktop with it."""
    setattr(function, _MARK, True)
    return function


def is_later(function: object) -> bool:
    """Whether a function of a Protocol came later."""
    return getattr(function, _MARK, False) is True


def refusing(refuse: Function) -> Function:
    """Marks what stands in the place of a function that a backend lacks."""
    setattr(refuse, _OFFERED, False)
    return refuse


def offers(function: Callable[..., object]) -> bool:
    """Whether the backend has a function of the services: `offers(context.services.configuration.set_option)`.

    Only a function that came later can be missing. Called all the same, it raises NotAllowed. Never blocks; a view asks
    before it shows what needs the function.
    """
    return getattr(function, _OFFERED, True) is not False

"""Checks of what plugins answer: msgspec checks no types when a declaration is made in Python, so this does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

from workloom.api.contributions import Region, View
from workloom.plugin_manager.declared import Contribution, Kind, completed
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.fits import fits, misfit, said, words
from workloom.plugin_manager.manifest_tables import Declaration

_ONCE: Final = (Region.MAIN, Region.STATUS_BAR)
"""Regions of which a view is made once; the others show one for each item."""


def checked(
    answer: object, kind: type[Kind], declarations: Sequence[Declaration]
) -> tuple[tuple[Kind, ...], tuple[str, ...]]:
    """The good contributions among an answer, complete, and what is wrong with the others.

    BadPlugin if the answer is no sequence.
    """
    if isinstance(answer, kind) or not isinstance(answer, Iterable) or isinstance(answer, str | bytes | dict):
        raise BadPlugin(f"expected a sequence of {kind.__name__}, found {said(answer)}. An empty one is ().")
    good: list[Kind] = []
    bad: list[str] = []
    for item in answer:
        try:
            good.append(_checked(item, kind, declarations))
        except BadPlugin as error:
            bad.append(str(error))
    return tuple(good), tuple(bad)


def fitting(answer: object, hook: Callable[..., object]) -> tuple[object, tuple[str, ...]]:
    """What of an answer fits the specification of a hook of a plugin's own, and what is wrong with the rest.

    A sequence comes as a tuple of its good items. BadPlugin if nothing of it fits.
    """
    wanted = _wanted(hook)
    if get_origin(wanted) is not Sequence:
        if not fits(answer, wanted):
            raise BadPlugin(f"expected {words(wanted)}, found {said(answer)}")
        return answer, ()
    (kind,) = get_args(wanted)
    if fits(answer, kind) or not isinstance(answer, Iterable) or isinstance(answer, str | bytes | Mapping):
        raise BadPlugin(f"expected a sequence of {words(kind)}, found {said(answer)}. An empty one is ().")
    items = tuple(answer)
    bad = tuple(f"expected {words(kind)}, found {said(one)}" for one in items if not fits(one, kind))
    return tuple(one for one in items if fits(one, kind)), bad


@cache
def _wanted(hook: Callable[..., object]) -> Any:
    """What a hook is to return, as its specification says; anything, where that cannot be told."""
    try:
        return get_type_hints(hook).get("return", Any)
    except (NameError, TypeError):  # types that are there for the type checker only
        return Any


def _checked(item: object, kind: type[Kind], declarations: Sequence[Declaration]) -> Kind:
    """The contribution, complete. BadPlugin if it does not fit its kind or its manifest."""
    if not isinstance(item, kind):
        raise BadPlugin(f"expected {kind.__name__}, found {said(item)}")
    if type(item) is not kind:
        own = f"expected {kind.__name__} itself, found {type(item).__name__}, which is derived from it"
        raise BadPlugin(f"{own}. Keep what it has more in the functions that it names.")
    problem = _problem_of(item)
    if problem:
        raise BadPlugin(f"{kind.__name__}(id={item.id!r}): {problem}")
    whole = completed(item, declarations)
    if isinstance(whole, View):
        _check_factory(whole)
    return whole


def _problem_of(item: Contribution) -> str:
    return misfit(item) or ("" if item.id else "the id is empty. Begin it with the plugin's own id, such as acme.panel")


def _check_factory(view: View) -> None:
    wanted = "make" if view.region in _ONCE else "make_for"
    if getattr(view, wanted) is None:
        raise BadPlugin(f"View(id={view.id!r}): a view in the region {view.region} needs “{wanted}”")

"""Checks of what plugins answer: msgspec checks no types when a declaration is made in Python, so this does."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, get_type_hints

from workloom.api.contributions import Region, View
from workloom.plugin_manager.declared import TABLES, Contribution, Kind, completed
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.fits import fits, said, words
from workloom.plugin_manager.manifest_tables import Declaration

_FIELDS: Final[Mapping[type, Sequence[tuple[str, Any]]]] = {
    kind: tuple(get_type_hints(kind).items()) for kind in TABLES
}
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


def _checked(item: object, kind: type[Kind], declarations: Sequence[Declaration]) -> Kind:
    """The contribution, complete. BadPlugin if it does not fit its kind or its manifest."""
    if not isinstance(item, kind):
        raise BadPlugin(f"expected {kind.__name__}, found {said(item)}")
    problem = _problem_of(item)
    if problem:
        raise BadPlugin(f"{kind.__name__}(id={item.id!r}): {problem}")
    whole = completed(item, declarations)
    if isinstance(whole, View):
        _check_factory(whole)
    return whole


def _problem_of(item: Contribution) -> str:
    for field, annotation in _FIELDS[type(item)]:
        value = getattr(item, field)
        if not fits(value, annotation):
            return f"“{field}” is {said(value)}, expected {words(annotation)}"
    return "" if item.id else "the id is empty. Begin it with the plugin's own id, such as acme.panel"


def _check_factory(view: View) -> None:
    wanted = "make" if view.region in _ONCE else "make_for"
    if getattr(view, wanted) is None:
        raise BadPlugin(f"View(id={view.id!r}): a view in the region {view.region} needs “{wanted}”")

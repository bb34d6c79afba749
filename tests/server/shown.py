"""What the matrix expects of each function that only reads: which privileges it needs, and whose canaries it shows."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.server.matrix import ITEMS, SESSION, may_hear, may_see
from workloom.domain.pages import HistoryScope
from workloom.domain.privileges import (
    ADMIN_CHANGE,
    ASSIGN_CONTACT,
    CONTACT_HISTORY,
    CONTACT_INFORMATION,
    INTERACTION_SEARCH,
    MY_HISTORY,
    TARGETS_FAVOURITES,
    TARGETS_USE,
    USE_CHANNEL,
    USE_DIRECTORY,
    USE_TEAM_WORKBINS,
    USE_WORKBINS,
)
from workloom.wire import Call

Ways = tuple[frozenset[str], ...]
"""Sets of privileges, any of which is enough."""


def _one_of(*privileges: str) -> Ways:
    return tuple(frozenset({one}) for one in privileges)


_WORKBINS: Final[Ways] = (frozenset({USE_CHANNEL, USE_WORKBINS}),)
_SCOPES: Final = {
    HistoryScope.CONTACT: _one_of(CONTACT_HISTORY),
    HistoryScope.MINE: _one_of(MY_HISTORY),
    HistoryScope.ALL: _one_of(INTERACTION_SEARCH),
}
_CALLS: Final[Mapping[str, Ways]] = {
    "workbins.tree": _WORKBINS,
    "workbins.page": _WORKBINS,
    "contacts.get": _one_of(USE_DIRECTORY, CONTACT_INFORMATION),
    "contacts.search": _one_of(USE_DIRECTORY, ASSIGN_CONTACT),
    **dict.fromkeys(("directory.search", "directory.favourites", "directory.recent"), _one_of(TARGETS_USE)),
    "directory.set_favourite": (frozenset({TARGETS_USE, TARGETS_FAVOURITES}),),
    "configuration.set_option": _one_of(ADMIN_CHANGE),
}
_IN_WORKBIN: Final = {("in-progress", "ann"): "bin", ("team", "experts"): "team"}


def is_open(call: Call, role: frozenset[str], arguments: Mapping[str, Any]) -> bool:
    """Whether somebody with this role may use the function at all."""
    ways = _SCOPES[arguments["query"].scope] if call.service == "history" else _CALLS.get(call.name, ())
    return not ways or any(way <= role for way in ways)


def expected(call: Call, who: str, role: frozenset[str], arguments: Mapping[str, Any]) -> set[str]:
    """The items of which the answer shows something: their texts, or that they are counted."""
    shown = _SHOWN.get(call.name)
    return shown(who, role, **arguments) if shown and is_open(call, role, arguments) else set()


def counted(call: Call, result: Any) -> set[str] | int:
    """What an answer that holds no text tells by its numbers: the items, or how many."""
    if call.name == "workbins.tree":
        return {_IN_WORKBIN[node.workbin, node.owner] for node in result if node.total}
    return int(result.in_progress + result.done)


def _visible(who: str, role: frozenset[str], item: str) -> set[str]:
    name = item.removeprefix("item-")
    return {name} if may_see(who, role, name) else set()


def _own(who: str, role: frozenset[str]) -> set[str]:
    return {"mine"} if who == "ann" else set()


def _tree(who: str, role: frozenset[str]) -> set[str]:
    return {item for place, item in _IN_WORKBIN.items() if _sees_workbin(who, role, place)}


def _page(who: str, role: frozenset[str], query: Any) -> set[str]:
    place = (query.workbin, query.owner)
    return {_IN_WORKBIN[place]} if place in _IN_WORKBIN and _sees_workbin(who, role, place) else set()


def _sees_workbin(who: str, role: frozenset[str], place: tuple[str, str]) -> bool:
    if place == ("team", "experts"):
        return who in ("ann", "bob")
    return who == "ann" or (who == "bob" and USE_TEAM_WORKBINS in role)


def _history(who: str, role: frozenset[str], query: Any) -> set[str]:
    if query.scope is HistoryScope.CONTACT:
        return {query.contact.removeprefix("contact-")} - {""}
    if query.scope is HistoryScope.MINE:
        return {"mine", "done"} if who == "ann" else set()
    return set(ITEMS)


def _contact(who: str, role: frozenset[str], contact: str) -> set[str]:
    return {contact.removeprefix("contact-")}


def _contacts(who: str, role: frozenset[str], text: str, limit: int) -> set[str]:
    return set(ITEMS) if text else set()


def _events(who: str, role: frozenset[str], sequence: int, limit: int) -> set[str]:
    return {item for item in (*ITEMS, SESSION) if may_hear(who, role, item)}


_SHOWN: Final[Mapping[str, Callable[..., set[str]]]] = {
    **dict.fromkeys(("items.get", "items.notes", "items.path"), _visible),
    "items.open_items": _own,
    "workbins.tree": _tree,
    "workbins.page": _page,
    **dict.fromkeys(("history.search", "history.counts"), _history),
    "contacts.get": _contact,
    "contacts.search": _contacts,
    "events.after": _events,
}
"""All others show nothing of any item."""

"""The keys of an agent's desk: those of the shell, and those of the actions of the open item."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLineEdit

from workloom.api.contributions import Action, ActionPlace, Subject
from workloom.domain.presence import Presence
from workloom.shell.action_bar import Actions
from workloom.shell.keymap import FROM_PLUGINS, ITEM, ITEM_ROWS, LIST, LIST_KEYS, SHELL_KEYS, VIEW_ROWS, KeyRow
from workloom.shell.offers.desk import OfferDesk
from workloom.shell.open_items import OpenItems
from workloom.shell.session import AgentSession
from workloom.shell.shortcuts import Shortcuts
from workloom.shell.views import MainViews
from workloom.shell.window.focus_order import has_keyboard, landing
from workloom.shell.window.workspace import Workspace
from workloom.shell.words import word

_ROWS = {row.id: row for row in SHELL_KEYS}
SEARCH_KEY = "Ctrl+F"
"""What a search field of the kit says of itself when it is the one to be found by this key."""

PUT_AWAY = KeyRow(id="item.put-away", title=word("Put it away"), where=ITEM, keys=("Ctrl+W",))
"""For an item that no plugin shows, unless an action of a plugin has the key."""

LIST_PLACES = (ActionPlace.WORKBIN_ROWS, ActionPlace.HISTORY_ROWS)
_NUMPAD = {"Ctrl+Return": "Ctrl+Enter"}


class Leads(Protocol):
    """Where keys lead to, outside of the desk."""

    @property
    def on_keys(self) -> Callable[[], None]: ...
    @property
    def larger(self) -> Callable[[int], None]: ...


class Desk(Protocol):
    """What keys need of the desk."""

    @property
    def session(self) -> AgentSession: ...
    @property
    def workspace(self) -> Workspace: ...
    @property
    def keys(self) -> Shortcuts: ...
    @property
    def views(self) -> MainViews: ...
    @property
    def offers(self) -> OfferDesk: ...
    @property
    def actions(self) -> Actions: ...
    @property
    def items(self) -> OpenItems: ...
    @property
    def ways(self) -> Leads: ...

    def open_item(self, item: str, *, focus: bool = True) -> None:
        """Show an open item."""
        ...

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change the agent's state."""
        ...

    def run_key(self, action: str) -> None:
        """Run an action of the open item."""
        ...


def bind_desk(desk: Desk) -> None:
    """Bind the keys of the shell."""
    runs: dict[str, Callable[[], None]] = {
        "item.next": partial(_next_item, desk),
        "item.current": partial(_item, desk, None),
        "status.ready": partial(_status, desk, "status.ready", Presence.READY),
        "status.not-ready": partial(_status, desk, "status.not-ready", Presence.NOT_READY),
        "status.after-work": partial(_status, desk, "status.after-work", Presence.AFTER_WORK),
        "status.dnd": partial(_status, desk, "status.dnd", Presence.DND),
        "pane.next": partial(_pane, desk.workspace, 1),
        "pane.previous": partial(_pane, desk.workspace, -1),
        "search.here": partial(_search, desk.workspace),
        "undo.last": desk.workspace.board.undo,
        "keys.show": desk.ways.on_keys,
        "text.larger": partial(desk.ways.larger, 1),
        "text.smaller": partial(desk.ways.larger, -1),
        "toast.accept": desk.offers.accept_oldest,
        "toast.reject": desk.offers.reject_oldest,
        "toast.focus": desk.offers.focus_oldest,
    }
    for name, run in runs.items():
        desk.keys.bind(_ROWS[name], run)
    for number, row in enumerate(ITEM_ROWS):
        desk.keys.bind(row, partial(_item, desk, number))
    for number, row in enumerate(VIEW_ROWS):
        desk.keys.bind(row, partial(_view, desk, number))


def bind_actions(desk: Desk) -> None:
    """Bind the keys of the actions of the open item, in place of those bound before."""
    for row in desk.keys.rows():
        if row.where in (ITEM, FROM_PLUGINS):
            desk.keys.unbind(row.id)
    for found in desk.actions.at(ActionPlace.MAIN_MENU):
        if found.what.key:
            one = KeyRow(id=found.what.id, title=found.what.title, where=FROM_PLUGINS, keys=(found.what.key,))
            desk.keys.bind(one, partial(desk.actions.run, one.id, Subject(place=ActionPlace.MAIN_MENU)))
    rows = [action_row(found.what) for found in desk.actions.at(ActionPlace.ITEM_TOOLBAR) if found.what.key]
    for row in rows:
        desk.keys.bind(row, partial(desk.run_key, row.id))
    if not any(key in PUT_AWAY.keys for row in rows for key in row.keys):
        desk.keys.bind(PUT_AWAY, desk.items.put_away)


def action_row(action: Action) -> KeyRow:
    """The line of the keyboard map for an action."""
    more = _NUMPAD.get(action.key)
    return KeyRow(id=action.id, title=action.title, where=ITEM, keys=(action.key, more) if more else (action.key,))


def list_rows(actions: Actions) -> tuple[KeyRow, ...]:
    """The lines of the keyboard map that hold in lists: moving about, and what is done with the chosen rows."""
    letters = {found.what.id: found.what for place in LIST_PLACES for found in actions.at(place) if found.what.list_key}
    rows = (
        KeyRow(id=list_row(action), title=action.title, where=LIST, keys=(action.list_key,))
        for action in letters.values()
    )
    return (*LIST_KEYS, *rows)


def list_row(action: Action) -> str:
    """Id of the line of an action's key in lists."""
    return f"{action.id}.list"


def _status(desk: Desk, native: str, state: Presence) -> None:
    """Change the state on all channels, or do what a plugin has put in place of that."""
    subject = Subject(place=ActionPlace.STATUS_MENU)
    shown, other = desk.actions.stand_in(native, subject)
    if other is not None:
        desk.actions.run_found(other, subject, desk.workspace.sidebar.status)
    elif shown:
        desk.set_state(state)


def _item(desk: Desk, number: int | None) -> None:
    rows = desk.session.known.open_rows
    if number is None:
        current = desk.workspace.main.current
        number = next((n for n, row in enumerate(rows) if row.item.id == current), 0)
    if number < len(rows):
        desk.open_item(rows[number].item.id)


def _next_item(desk: Desk) -> None:
    rows = desk.session.known.open_rows
    current = desk.workspace.main.current
    at = next((n for n, row in enumerate(rows) if row.item.id == current), -1)
    if rows:
        desk.open_item(rows[(at + 1) % len(rows)].item.id)


def _view(desk: Desk, number: int) -> None:
    """Bring a view to the front. What takes the keys there of its own accord shows that it has them."""
    window = desk.workspace.window() or desk.workspace
    before = window.focusWidget()
    desk.views.show_number(number)
    taken = window.focusWidget()
    if taken is not None and taken is not before:
        taken.clearFocus()
        taken.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _pane(workspace: Workspace, step: int) -> None:
    """Move the keyboard to the next pane: top bar, banner, open items, views, status, main area and its parts …"""
    panes = workspace.panes()
    at = next((number for number, pane in enumerate(panes) if any(map(has_keyboard, pane))), None)
    if at is None:
        front = workspace.main.currentWidget()
        inside = (number for number, pane in enumerate(panes) if front is not None and front.isAncestorOf(pane[0]))
        at = next(inside, 0) - (1 if step > 0 else 0)
    landing(panes[(at + step) % len(panes)]).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _search(workspace: Workspace) -> None:
    front = workspace.main.currentWidget()
    for field in front.findChildren(QLineEdit) if front is not None else ():
        if field.accessibleDescription() == SEARCH_KEY and field.isVisible():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()
            return

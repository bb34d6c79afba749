"""The keys of an agent's desk: those of the shell, and those of the actions of the open item."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLineEdit, QWidget

from workloom.api.contributions import Action, ActionPlace
from workloom.domain.presence import Presence
from workloom.shell.action_bar import Actions
from workloom.shell.keymap import ITEM, ITEM_KEYS, SHELL_KEYS, VIEW_KEYS, KeyRow
from workloom.shell.offers.desk import OfferDesk
from workloom.shell.session import AgentSession
from workloom.shell.shortcuts import Shortcuts
from workloom.shell.views import MainViews
from workloom.shell.window.workspace import Workspace

_ROWS = {row.id: row for row in SHELL_KEYS}
SEARCH_KEY = "Ctrl+F"
"""What a search field of the kit says of itself when it is the one to be found by this key."""

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
        "status.ready": partial(desk.set_state, Presence.READY),
        "status.not-ready": partial(desk.set_state, Presence.NOT_READY),
        "status.after-work": partial(desk.set_state, Presence.AFTER_WORK),
        "status.dnd": partial(desk.set_state, Presence.DND),
        "pane.next": partial(_pane, desk.workspace, 1),
        "pane.previous": partial(_pane, desk.workspace, -1),
        "search.here": partial(_search, desk.workspace),
        "keys.show": desk.ways.on_keys,
        "text.larger": partial(desk.ways.larger, 1),
        "text.smaller": partial(desk.ways.larger, -1),
        "toast.accept": desk.offers.accept_oldest,
        "toast.reject": desk.offers.reject_oldest,
        "toast.focus": desk.offers.focus_oldest,
    }
    for row, run in runs.items():
        desk.keys.bind(_ROWS[row], run)
    _bind_numbers(desk.keys, "item.first", ITEM_KEYS, partial(_item, desk))
    _bind_numbers(desk.keys, "view.first", VIEW_KEYS, desk.views.show_number)


def bind_actions(desk: Desk) -> None:
    """Bind the keys of the actions of the open item, in place of those bound before."""
    for row in desk.keys.rows():
        if row.where == ITEM:
            desk.keys.unbind(row.id)
    for found in desk.actions.at(ActionPlace.ITEM_TOOLBAR):
        if found.what.key:
            desk.keys.bind(action_row(found.what), partial(desk.run_key, found.what.id))


def action_row(action: Action) -> KeyRow:
    """The line of the keyboard map for an action."""
    more = _NUMPAD.get(action.key)
    return KeyRow(id=action.id, title=action.title, where=ITEM, keys=(action.key, more) if more else (action.key,))


def _bind_numbers(keys: Shortcuts, name: str, sequences: Sequence[str], run: Callable[[int], None]) -> None:
    for number, sequence in enumerate(sequences):
        row = KeyRow(id=f"{name}.{number}", title="", where="", keys=(sequence,), fixed=True)
        keys.bind(row, partial(run, number))


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


def _pane(workspace: Workspace, step: int) -> None:
    """Move the focus to the next of: top bar, sidebar, status, main area and its panes."""
    panes = _panes(workspace)
    focus = QApplication.focusWidget()
    at = next((n for n, pane in enumerate(panes) if focus is pane or (focus and pane.isAncestorOf(focus))), -1)
    for turn in range(1, len(panes) + 1):
        target = _first_focus(workspace, panes[(at + step * turn) % len(panes)])
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _panes(workspace: Workspace) -> list[QWidget]:
    front = workspace.main.currentWidget()
    own = [pane for pane in front.findChildren(QWidget) if pane.property("pane")] if front is not None else []
    middle: list[QWidget] = own or ([front] if front is not None else [])
    return [workspace.top, workspace.sidebar, workspace.sidebar.status, *middle]


def _first_focus(workspace: Workspace, pane: QWidget) -> QWidget | None:
    if pane is workspace.sidebar:
        return workspace.sidebar.first_focus()
    if _takes_focus(pane):
        return pane
    return next((widget for widget in pane.findChildren(QWidget) if _takes_focus(widget)), None)


def _takes_focus(widget: QWidget) -> bool:
    tabs = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return tabs and widget.isVisible() and widget.isEnabled()


def _search(workspace: Workspace) -> None:
    front = workspace.main.currentWidget()
    for field in front.findChildren(QLineEdit) if front is not None else ():
        if field.accessibleDescription() == SEARCH_KEY and field.isVisible():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()
            return

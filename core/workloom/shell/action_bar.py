"""A toolbar with the actions of one place, true to its subject."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workloom.api.context import Changed
from workloom.api.contributions import WITHOUT_ROWS, Action, ActionPlace, ActionState, Subject, disabled
from workloom.api.gates import Attempt, Ended
from workloom.api.plugins import Guard
from workloom.api.ui import ToolbarItem, Ui
from workloom.domain.commands import SetProperties
from workloom.shell.gates.passing import Passing
from workloom.shell.registries.contributed import Contributed
from workloom.shell.registries.contributions import Registries
from workloom.shell.returned import returned
from workloom.shell.session import AgentSession
from workloom.shell.words import say

MENU_FROM: Final = 700
"""Actions of this order and above stand behind ⋯."""


class Actions:
    """What can be done in a place, and doing it.

    `refused(title, reason)` says why not; `saved(item, then)` lets the item's pane save what is typed, then goes on.
    """

    def __init__(
        self,
        registries: Registries,
        guard: Guard,
        refused: Callable[[str, str], None],
        saved: Callable[[str, Callable[[], None]], None],
        session: AgentSession,
    ) -> None:
        self._registries, self._guard, self._refused, self._saved = registries, guard, refused, saved
        self.blocked: Callable[[str], str] = lambda _item: ""
        """Why nothing can be done with an item now, empty where something can; set by whom knows."""
        self._session = session

    def at(self, place: ActionPlace) -> tuple[Contributed[Action], ...]:
        """Actions of a place, in order."""
        return tuple(self._registries.actions(place))

    def find(self, action: str, place: ActionPlace) -> Contributed[Action] | None:
        """An action of a place by id."""
        return next((found for found in self.at(place) if found.what.id == action), None)

    def in_place_of(self, found: Contributed[Action], subject: Subject | None) -> Contributed[Action] | None:
        """The action itself, or what a filter puts in its place; None where it is hidden."""
        one = self._registries.action_filter(found.what.id, subject.rows if subject else ())
        if one is None or (one.reason and not one.instead):
            return found
        return self._registries.action(one.instead) if one.instead else None

    def stand_in(self, native: str, subject: Subject) -> tuple[bool, Contributed[Action] | None]:
        """Of an entry that is the shell's own: whether it is shown, and the action in its place if there is one."""
        one = self._registries.action_filter(native, subject.rows)
        other = self._registries.action(one.instead) if one and one.instead else None
        return one is None or other is not None, other

    def state(self, found: Contributed[Action], subject: Subject | None) -> ActionState:
        """Whether it can be run on the subject now."""
        if subject is None or (not subject.rows and subject.place not in WITHOUT_ROWS):
            return disabled(say("Choose an item first."))
        action = found.what
        one = self._registries.action_filter(action.id, subject.rows)
        if one is not None and one.reason:
            return disabled(one.reason)
        if len(subject.rows) > 1 and not action.many:
            return disabled(say("{title} works on one item at a time.", title=action.title))
        if reason := next(filter(None, (self.blocked(row.item.id) for row in subject.rows)), ""):
            return disabled(reason)
        asked = partial(_state_of, action, subject)
        state = self._guard.call(found.plugin, f"state of action {action.id}", asked)
        return state if state is not None else disabled(say("The plugin failed when it was asked."))

    def run(self, action: str, subject: Subject | None, anchor: object = None) -> None:
        """Run an action with the checks of its button."""
        if subject is None:
            return
        found = self.find(action, subject.place)
        shown = self.in_place_of(found, subject) if found is not None else None
        if shown is None:
            self._refused(say("Not possible"), say("This action is not offered to you here."))
            return
        self.run_found(shown, subject, anchor)

    def run_found(self, found: Contributed[Action], subject: Subject, anchor: object = None) -> None:
        """Run an action that was found already, with the checks of its button."""
        action = found.what.id
        state = self.state(found, subject)
        if not state.enabled:
            if state.visible:
                self._refused(say("{title} is not possible now", title=found.what.title), state.reason)
            return

        def go() -> None:
            self._session.gates.pass_all((Attempt(action=action, rows=subject.rows),), partial(self._passed, begin))

        def begin() -> None:
            self._guard.call(found.plugin, f"action {action}", found.what.run, subject, anchor)

        if subject.place is ActionPlace.ITEM_TOOLBAR and found.what.saves:
            self._saved(subject.item.id, go)
        else:
            go()

    def _passed(self, begin: Callable[[], None], passings: Sequence[Passing]) -> None:
        """The gates have been asked: begin, when the items have what the gates attach."""
        passing = passings[0]
        if passing.stopped is not None:
            self._session.refuse(passing.stopped)
            return

        def attached(answers: Sequence[Changed]) -> None:
            errors = [answer.error for answer in answers if answer.error is not None]
            if errors:
                self._session.refuse(errors[0])
                return
            begin()
            self._session.gates.told(passing, Ended())

        changes = dict(passing.attach)
        rows = passing.attempt.rows if changes else ()
        data = [SetProperties(item=row.item.id, changes={**changes}) for row in rows]
        if data:
            self._session.execute_all(data, attached)
        else:
            attached(())


def _state_of(action: Action, subject: Subject) -> ActionState:
    """What the plugin says. TypeError if that is no state."""
    return returned(action.state(subject), ActionState)


class ActionBar(QWidget):
    """Asks `subject` at each refresh and each click."""

    def __init__(
        self,
        kit: Ui,
        actions: Actions,
        place: ActionPlace,
        subject: Callable[[], Subject | None],
        key_of: Callable[[Action], str],
    ) -> None:
        super().__init__()
        self.setObjectName(f"toolbar-{place.value}")
        self._actions, self._place, self._subject, self._key_of = actions, place, subject, key_of
        self._in_list = place is not ActionPlace.ITEM_TOOLBAR
        if not self._in_list:
            kit.pane(self)
        self._bar = kit.toolbar(leading=self._in_list)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._bar.widget)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Qt: all buttons with their words. Where it is to keep its width: no more than it needs, so ⋯ alone."""
        narrow = self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        return self.minimumSizeHint() if narrow else super().sizeHint()

    def refresh(self) -> None:
        """Show what can be done now."""
        subject = self._subject()
        items = []
        for found in self._actions.at(self._place):
            shown = self._actions.in_place_of(found, subject)
            if shown is None:
                continue
            state = self._actions.state(shown, subject)
            if state.visible and shown.what.button:
                items.append(self._item(found.what, shown.what, state))
        self._bar.set_items(items)

    def button(self, action: str) -> QWidget | None:
        """The button of an action, None if it stands behind ⋯."""
        return self._bar.button(action)

    def _item(self, action: Action, shown: Action, state: ActionState) -> ToolbarItem:
        """The button of an action that is shown in the slot and with the keys of `action`, mostly its own."""
        return ToolbarItem(
            id=action.id,
            text=shown.title,
            run=partial(self._run, action.id),
            icon=shown.icon,
            key=self._key_of(action),
            show_key=self._in_list,
            primary=action.primary and not self._in_list,
            enabled=state.enabled,
            reason=state.reason,
            in_menu=action.order >= MENU_FROM,
        )

    def _run(self, action: str, anchor: QWidget) -> None:
        self._actions.run(action, self._subject(), anchor)

"""An agent who has logged in at a window: takes offers, runs actions, reads what plugins show."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication, QWidget

from workloom.api.contributions import WITHOUT_ROWS, ActionPlace, ActionState, Notice, Subject
from workloom.api.plugins import PluginInfo
from workloom.api.services import Services
from workloom.domain.commands import Pull
from workloom.domain.pages import ItemRow
from workloom.shell.agent_window import AgentWindow
from workloom.shell.desk import AgentDesk
from workloom.shell.guests import CONTRIBUTION
from workloom.testing.contributions import contribution_lines
from workloom.testing.desktop.person import PATIENCE, NotSeen, Person

LOOK = 20
"""Milliseconds between two looks for a question."""


class Agent(Person):
    """Acts as the agent of a window; what does not come within 20 s raises `NotSeen` and says what stood there."""

    def __init__(self, window: AgentWindow, user: str, info: Callable[[str], PluginInfo]) -> None:
        super().__init__(window)
        self.user, self._info = user, info

    def until(self, what: str, seen: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Let the desktop work until something is seen. NotSeen says what was told, such as a fault of a plugin."""
        try:
            super().until(what, seen, patience)
        except NotSeen as unseen:
            told = [f"{one.title}. {one.text}".strip() for one in self.notices()] if self.window.desk else []
            raise NotSeen(f"{unseen}\nNotices, the newest first: {'; '.join(told[:5]) or 'none'}") from None

    @property
    def desk(self) -> AgentDesk:
        """What joins the agent's session, plugins and window."""
        assert self.window.desk is not None, f"{self.user} has logged off."
        return self.window.desk

    @property
    def services(self) -> Services:
        """The agent's services, as plugins get them. They may block."""
        return self.desk.session.services

    def accept(self) -> str:
        """Take the oldest offer by its key and wait for its pane; the item's id."""
        self.toast()
        before = {row.item.id for row in self.desk.session.known.open_rows}
        self.press("F8")
        opened: list[str] = []

        def seen() -> bool:
            rows = self.desk.session.known.open_rows
            opened[:] = [row.item.id for row in rows if row.item.id not in before]
            return bool(opened) and self.desk.workspace.main.page(opened[0]) is not None

        self.until("the accepted item", seen)
        self._settle()
        return opened[0]

    def open(self, item: str) -> None:
        """Take an item from where it rests and show it; one that is with the agent already is only shown."""
        if all(each.id != item for each in self.services.items.open_items()):
            self.services.items.execute(Pull(item=item))
        self.desk.open_item(item)
        self.until(f"the pane of {item}", lambda: self.desk.workspace.main.current == item)
        self._settle()

    def subject(self, item: str = "", place: ActionPlace = ActionPlace.ITEM_TOOLBAR) -> Subject:
        """What an action would work on: the item in front, or one by its id as a row of a list."""
        if place in WITHOUT_ROWS:
            return Subject(place=place)
        if item:
            return Subject(place=place, rows=(self.services.items.get(item),))
        subject = self.desk.items.subject()
        if subject is None:
            raise NotSeen("No item is in front. Open one first.")
        return subject

    def state(self, action: str, item: str = "", place: ActionPlace = ActionPlace.ITEM_TOOLBAR) -> ActionState:
        """Whether an action can be run now, as its button shows it. NotSeen if it is not offered there."""
        found = self.desk.actions.find(action, place)
        if found is None:
            raise NotSeen(f"There is no action {action} in {place.value}. There are {', '.join(self.actions(place))}.")
        return self.desk.actions.state(found, self.subject(item, place))

    def run(self, action: str, item: str = "", place: ActionPlace = ActionPlace.ITEM_TOOLBAR) -> None:
        """Run an action with the checks of its button; what refuses it becomes a notice."""
        self.state(action, item, place)
        self.desk.actions.run(action, self.subject(item, place))
        self.let_work(0.02)

    def actions(self, place: ActionPlace = ActionPlace.ITEM_TOOLBAR) -> tuple[str, ...]:
        """Ids of the actions of a place that the agent may use, in order."""
        return tuple(found.what.id for found in self.desk.actions.at(place))

    def will_answer(self, words: str) -> list[str]:
        """The next question is answered by the button with these words; what it said is in the list from then on."""
        said: list[str] = []

        def look(turns: int) -> None:
            box = QApplication.activeModalWidget()
            if box is not None:
                said.extend(self.texts(box))
                self.click(words, box)
            elif turns:
                QTimer.singleShot(LOOK, lambda: look(turns - 1))

        QTimer.singleShot(LOOK, lambda: look(int(PATIENCE * 1000 / LOOK)))
        return said

    def notices(self) -> list[Notice]:
        """All notices since login, the newest first."""
        return [entry.notice for entry in self.desk.workspace.board.log.entries]

    def notice(self, words: str) -> Notice:
        """The newest notice with these words in its title or text; waits for it."""
        found: list[Notice] = []

        def seen() -> bool:
            found[:] = [one for one in self.notices() if words in one.title or words in one.text]
            return bool(found)

        self.until(f"a notice with “{words}”", seen)
        return found[0]

    def view(self, view: str) -> QWidget:
        """The widget that a plugin made for a view; a main view is brought to the front. Waits for it."""
        self.desk.show_view(view)
        found: list[QWidget] = []

        def seen() -> bool:
            found[:] = [each for each in self.window.findChildren(QWidget) if each.property(CONTRIBUTION) == view]
            return bool(found)

        self.until(f"the view {view}", seen)
        return found[-1]

    def reads(self, view: str) -> list[str]:
        """Everything that can be read in a view; a label that is the view itself counts as well."""
        widget = self.view(view)
        own = getattr(widget, "whole_text", getattr(widget, "text", None))
        return [*([str(own())] if callable(own) else []), *self.texts(widget)]

    def reads_in(self, view: str, words: str) -> None:
        """Wait until words can be read in a view."""
        self.until(f"“{words}” in {view}", lambda: any(words in text for text in self.reads(view)))

    def tab(self, title: str) -> None:
        """Bring a tab beside the open item or the list to the front."""
        self.click(title)

    def contributions(self, *plugins: str) -> Sequence[str]:
        """What plugins add to this agent's window, a line each, in the order of the window; without names all of it.

        BadInput for a name that no plugin has, which would add nothing either.
        """
        for plugin in plugins:
            self._info(plugin)
        return contribution_lines(self.desk.registries, plugins)

    def row(self, item: str) -> ItemRow:
        """The item as the agent sees it."""
        return self.services.items.get(item)

    def titles(self) -> list[str]:
        """Titles of the main views in the sidebar, in order."""
        return [title for _icon, title in self.desk.views.titles()]

    def may(self, privilege: str) -> bool:
        """Whether the desktop knows that the agent holds a privilege; a change of the site takes a moment."""
        return privilege in self.desk.session.known.privileges

    def color(self, name: str) -> str:
        """A colour of the desktop as `#rrggbb`, such as `accent`."""
        return self.desk.kit.tokens.color(name).name()

    def open_status_menu(self) -> None:
        """Open the menu of the agent's status, for `choose_in_menu`."""
        self.desk.open_status_menu()

    def log_off(self) -> None:
        """Leave; the login page follows. NotSeen if the agent is kept in."""
        self.desk.log_off()
        self.until("the login page", lambda: self.window.desk is None)

    def _settle(self) -> None:
        """Let what was begun come to its end: reads of panels, the first field of a pane."""
        self.let_work(0.02)

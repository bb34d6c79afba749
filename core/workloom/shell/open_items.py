"""The panes of an agent's open items: made when first shown, dropped when the item leaves."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtWidgets import QWidget

from workloom.api.contributions import ActionPlace, InteractionView, Subject
from workloom.api.plugins import Guard
from workloom.domain.commands import Close
from workloom.domain.pages import ItemRow
from workloom.shell.guests import give_keyboard, made_by
from workloom.shell.kit.kit import Kit
from workloom.shell.knowledge import Knowledge
from workloom.shell.letting_go import LetGo
from workloom.shell.registries.contributed import Contributed
from workloom.shell.registries.contributions import Registries
from workloom.shell.session import AgentSession
from workloom.shell.window.focus_order import has_keyboard
from workloom.shell.window.main_area import NOTHING
from workloom.shell.window.offline_words import LET_GO
from workloom.shell.window.plain_pane import PlainPane
from workloom.shell.window.workspace import Workspace
from workloom.shell.words import say, word

SAFE = word("The item is safe: it stays with you until you put it away.")


class OpenItems:
    """Keeps the main area true to what is open."""

    def __init__(
        self, kit: Kit, session: AgentSession, registries: Registries, guard: Guard, workspace: Workspace
    ) -> None:
        self._kit, self._session, self._registries, self._guard = kit, session, registries, guard
        self._workspace = workspace
        self._wanted: dict[str, bool] = {}
        self._makers: dict[str, Contributed[InteractionView]] = {}
        self._let_go: set[str] = set()

    def show(self, item: str, *, focus: bool = True) -> None:
        """Bring an item to the front, as soon as it is known to be open; without `focus` only if nothing else is."""
        row = self._session.known.open_row(item)
        if row is None:
            self._wanted[item] = focus
            return
        main = self._workspace.main
        if not focus and main.current not in (NOTHING, item):
            self._workspace.refresh()
            return
        new, was_there = main.page(item) is None, main.current == item
        if new:
            main.put(item, self._pane(row))
            if item in self._let_go:
                main.wrap(item, partial(LetGo, self._kit))
        self._workspace.three_panes = False
        self._workspace.fit()
        main.show_page(item)
        if new:
            self._focus_first(row)
        elif not was_there or not has_keyboard(main):
            self._focus_again(item)

    def subject(self) -> Subject | None:
        """The open item in front, as the subject of its toolbar's actions."""
        row = self._session.known.open_row(self._workspace.main.current)
        return Subject(place=ActionPlace.ITEM_TOOLBAR, rows=(row,)) if row else None

    def put_away(self) -> None:
        """Put away the item in front, if no plugin shows it."""
        page = self._workspace.main.page(self._workspace.main.current)
        if isinstance(page, PlainPane):
            page.put_away()

    def follow(self, before: Knowledge) -> None:
        """Drop the panes of items that have left, show those that were waited for."""
        now_open = {row.item.id for row in self._session.known.open_rows}
        for item in {row.item.id for row in before.open_rows} - now_open:
            self._workspace.main.drop(item)
            self._makers.pop(item, None)
        for item in [item for item in self._wanted if item in now_open]:
            self.show(item, focus=self._wanted.pop(item))

    def renew(self) -> None:
        """A plugin came or went: panes that it could make, or has made, are made anew."""
        for row in self._session.known.open_rows:
            page, maker = self._workspace.main.page(row.item.id), self._makers.get(row.item.id)
            gone = maker is not None and self._registries.all_interaction_views.get(maker.what.id) is not maker
            if gone or isinstance(page, PlainPane):
                self._workspace.main.put(row.item.id, self._pane(row))

    def let_go(self, item: str) -> None:
        """Make a pane read-only: the item may be somebody else's by now. Does nothing if it is already."""
        if item in self._let_go:
            return
        self._let_go.add(item)
        if self._workspace.main.page(item) is not None:
            self._workspace.main.wrap(item, partial(LetGo, self._kit))

    def take_back(self) -> None:
        """The service answers again: what is still open is as ever, with what was typed."""
        let_go, self._let_go = self._let_go, set()
        for item in let_go:
            row = self._session.known.open_row(item)
            if row is not None and self._workspace.main.page(item) is not None:
                self._workspace.main.put(item, self._pane(row))

    def blocked(self, item: str) -> str:
        """Why nothing can be done with an item now; empty = something can."""
        return say(LET_GO) if item in self._let_go else ""

    def save(self, item: str, then: Callable[[], None]) -> None:
        """Let the pane of an item save what is typed; a pane that cannot save goes on at once."""
        maker = self._makers.get(item)
        save = getattr(self._workspace.main.page(item), "save", None)
        if maker is None or not callable(save):
            then()
            return
        self._guard.call(maker.plugin, "save of the pane", save, then)

    def _focus_first(self, row: ItemRow) -> None:
        """Give the keyboard to a pane; one that knows its first field goes there as soon as there is one."""
        page, found = self._workspace.main.page(row.item.id), self._registries.interaction_view(row.item)
        if page is None:
            return
        give_keyboard(page)
        first = getattr(page, "focus_first", None)
        if found is not None and callable(first):
            self._guard.call(found.plugin, "first field of the pane", first)

    def _focus_again(self, item: str) -> None:
        """Give the keyboard back to where it was in a pane."""
        page = self._workspace.main.page(item)
        if page is not None:
            give_keyboard(QWidget.focusWidget(page) or page)

    def _pane(self, row: ItemRow) -> QWidget:
        found = self._registries.interaction_view(row.item)
        media = self._session.known.media_type(row.item.media_type)
        self._makers.pop(row.item.id, None)
        reason = say("No plugin shows {kind:within}. {safe}", kind=media.title, safe=say(SAFE))
        if found is not None:
            pane = made_by(self._guard, found, partial(found.what.make, row.item.id))
            if pane is not None:
                self._makers[row.item.id] = found
                return pane
            reason = say("The plugin that shows it failed. {safe}", safe=say(SAFE))
        return PlainPane(self._kit, row, media, reason, lambda: self._session.execute(Close(item=row.item.id)))

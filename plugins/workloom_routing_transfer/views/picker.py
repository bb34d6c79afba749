"""The target search as a pop-up at the Transfer button."""

from collections.abc import Callable

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workloom.api import Context, Interaction, TargetRow, WorkloomError, privileges, say_count
from workloom.api.ui import kit
from workloom_routing_transfer.search import Query, Section, Shelf, count, find, hint, kinds_shown
from workloom_routing_transfer.views.target_list import TargetList

WIDTH, MOST_WIDTH = 598, 900
TYPING_MS = 80


def choose_target(
    context: Context, anchor: object, item: Interaction, chosen: Callable[[TargetRow, str], None]
) -> None:
    """Open the target search; `chosen` gets the target and the note for the next person."""
    TargetPicker(context, item, chosen).open_at(anchor if isinstance(anchor, QWidget) else None)


class TargetPicker:
    """One search: what is typed is asked for off the UI thread; only the newest answer is shown."""

    def __init__(self, context: Context, item: Interaction, chosen: Callable[[TargetRow, str], None]) -> None:
        self._context, self._chosen = context, chosen
        say = self._translate = context.translate
        self._ui = kit(context)
        self._query = Query(item=item.id)
        self._asked = 0
        self._singular = item.media_type
        self._popup = self._ui.popup(say("Find a target"))
        self._is_open = True
        self._popup.on_closed(self._forget)
        self._search = self._ui.search_field(
            say("Find a person, group, skill or queue"), placeholder=say("Find a person or queue, @ people, # number")
        )
        self._search.widget.setObjectName("targets.search")
        for glass in self._search.widget.actions():
            glass.setIcon(self._ui.icon("user-search"))
        self._count = self._ui.label(role="muted")
        self._shelf = self._ui.segmented(
            [(Shelf.ALL, say("All")), (Shelf.FAVOURITES, say("Favourites")), (Shelf.RECENT, say("Recent"))],
            self._choose_shelf,
        )
        self._chips = {
            kind: self._ui.chip(title, checked=True, on_toggle=lambda _on: self._choose_kinds())
            for kind, title in kinds_shown(context.options(), say)
        }
        may_star = context.may(privileges.TARGETS_FAVOURITES)
        self._list = TargetList(self._ui, say, self._star if may_star else None)
        self._list.setObjectName("targets.list")
        self._list.on_current(self._say)
        self._list.on_open(lambda _row: self._transfer())
        self._note = self._ui.text_field(
            say("Note for the next person"), placeholder=say("Note for the next person, optional")
        )
        self._note.widget.setObjectName("targets.note")
        if isinstance(self._note.widget, QLineEdit):
            icon = self._ui.icon("message-square")
            self._note.widget.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        self._hint = self._ui.label(role="muted", wrap=True)
        self._hint.setObjectName("targets.hint")
        self._cancel = self._ui.button(say("Cancel"), kind="quiet", key="Esc", on_click=self._popup.close)
        self._send = self._ui.button(say("Transfer"), kind="primary", key="Return", on_click=self._transfer)
        self._send.setObjectName("targets.transfer")
        self._send.setEnabled(False)
        self._later = QTimer(self._popup.body)
        self._later.setSingleShot(True)
        self._later.setInterval(TYPING_MS)
        self._later.timeout.connect(self._ask)
        self._search.on_edited(self._typed)
        self._lay_out()
        self._search.widget.setAccessibleDescription(say("Tab: more for the target that was found"))
        self._may_star = may_star
        star = self._star_current if may_star else None
        _Keys(self._popup.body, self._search.widget, self._list, self._transfer, star, self._more)
        context.read(
            lambda: {media.name: media.singular for media in context.services.configuration.media_types()},
            lambda names: self._name(names.get(item.media_type, item.media_type)),
        )
        self._ask()

    def open_at(self, anchor: QWidget | None) -> None:
        """Show it below the button."""
        # Words of other languages may need more room than the usual ones; what needs still more goes on in a next line.
        width = min(max(WIDTH, self._popup.body.sizeHint().width()), MOST_WIDTH)
        self._popup.open_at(anchor, width=width)
        self._search.widget.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._popup.body)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._search.widget, 1)
        top.addWidget(self._count)
        column.addLayout(top)
        between = QWidget()
        column.addWidget(self._ui.wrapping(self._shelf.widget, between, *self._chips.values(), grow=between))
        column.addWidget(self._ui.line())
        column.addWidget(self._list, 1)
        column.addWidget(self._ui.line())
        column.addWidget(self._note.widget)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._hint, 1)
        below.addWidget(self._cancel)
        below.addWidget(self._send)
        column.addLayout(below)

    def _name(self, singular: str) -> None:
        self._singular = singular
        if self._is_open:
            self._say(self._list.current())

    def _typed(self) -> None:
        self._query = Query(
            item=self._query.item, text=self._search.text(), shelf=self._query.shelf, kinds=self._query.kinds
        )
        self._later.start()

    def _choose_shelf(self, shelf: str) -> None:
        self._query = Query(item=self._query.item, text=self._query.text, shelf=Shelf(shelf), kinds=self._query.kinds)
        self._ask()

    def _choose_kinds(self) -> None:
        kinds = tuple(kind for kind, chip in self._chips.items() if chip.isChecked())
        self._query = Query(item=self._query.item, text=self._query.text, shelf=self._query.shelf, kinds=kinds)
        self._ask()

    def _ask(self) -> None:
        self._asked += 1
        number, query = self._asked, self._query

        def show(found: tuple[Section, ...]) -> None:
            if self._is_open and number == self._asked:
                total = count(found)
                self._count.setText(say_count(self._translate, total, "{count} result", "{count:,} results"))
                self._list.set_sections(found)
                self._say(self._list.current())

        self._context.read(lambda: find(self._context.services, query, self._translate), show, self._failed)

    def _forget(self) -> None:
        """The search is over: what is on its way, or is asked from now on, finds nobody."""
        self._is_open = False

    def _failed(self, error: WorkloomError) -> None:
        if self._is_open:
            self._hint.setText(str(error))

    def _star(self, row: TargetRow) -> None:
        directory = self._context.services.directory
        self._context.read(
            lambda: directory.set_favourite(row, not row.favourite), lambda _none: self._ask(), self._failed
        )

    def _star_current(self) -> None:
        row = self._list.current()
        if row is not None:
            self._star(row)

    def _more(self) -> bool:
        """Show what else can be done with the target that is current; False if there is none."""
        row = self._list.current()
        if row is None:
            return False
        entries, say = [], self._translate
        if not row.reason:
            entries.append((say("Transfer"), "corner-up-right", self._transfer))
            entries.append((say("Write a note first"), "message-square", self._note.widget.setFocus))
        if self._may_star:
            favourite = say("Drop from favourites") if row.favourite else say("Keep as favourite")
            entries.append((favourite, "star", self._star_current))
        entries.append((say("Narrow the search"), "list-filter", self._shelf.widget.setFocus))
        menu = self._ui.menu(self._search.widget, entries, title=row.title)
        menu.setObjectName("targets.more")
        menu.move(self._list.below_current())
        return True

    def _say(self, row: TargetRow | None) -> None:
        self._hint.setText(hint(row, self._singular, self._translate))
        self._send.setEnabled(row is not None and not row.reason)

    def _transfer(self) -> None:
        row = self._list.current()
        if row is None or row.reason:
            return
        note = self._note.text().strip()
        self._popup.close()
        self._chosen(row, note)


class _Keys(QWidget):
    """The arrows move through the list while the search field keeps the focus; Enter transfers from anywhere,
    Ctrl+D keeps or drops a favourite where the agent may (`star`), and Tab in the field shows what else there is for
    the target that was found (`more`), False where there is none: then it goes on.
    """

    def __init__(
        self,
        parent: QWidget,
        search: QWidget,
        targets: TargetList,
        transfer: Callable[[], None],
        star: Callable[[], None] | None,
        more: Callable[[], bool],
    ) -> None:
        super().__init__(parent)
        self.hide()
        self._targets, self._transfer, self._star = targets, transfer, star
        self._search, self._more = search, more
        search.installEventFilter(self)
        parent.installEventFilter(self)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Qt: a key was pressed."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                self._targets.step(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._transfer()
                return True
            if event.key() == Qt.Key.Key_Tab and watched is self._search:
                return self._more()
            if event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier and self._star:
                self._star()
                return True
        return False

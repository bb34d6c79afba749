"""Details of the current row of a history: where it is, Open, Go to or Reopen, and its path."""

from datetime import datetime

from msgspec.structs import replace
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workloom.api import (
    ActionPlace,
    Context,
    Interaction,
    ItemDetails,
    ItemRow,
    ReadInTurn,
    Region,
    Reopen,
    Subject,
    WorkloomError,
    open_from_list,
    read_details,
    wording,
)
from workloom.api.ui import Ui
from workloom_contact_history import queries
from workloom_contact_history.path import path_words


class HistoryDetails:
    """Keeps the panel true to one row."""

    def __init__(self, context: Context, ui: Ui) -> None:
        self._context, self._ui = context, ui
        self._row: ItemRow | None = None
        self._said: ItemDetails | None = None
        self._details = ReadInTurn(context, self._show, self._cannot_show)
        self._locks = self._locked = False
        self._said_path: tuple[tuple[str, str], ...] | None = None
        self.panel = ui.item_panel()
        self.panel.put_above(self._card())
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        path = QWidget()
        column = QVBoxLayout(path)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(ui.label(context.translate("Path"), "strong"))
        column.addLayout(self._lines)
        self.panel.put_below(path)
        self._guests = context.desktop.tabs(Region.ROW_DETAILS)
        if isinstance(self._guests, QWidget) and not getattr(self._guests, "is_empty", True):
            self.panel.add_tab("more", context.translate("More"), self._guests)

    def subject(self) -> Subject | None:
        """The row on show, for actions of other plugins."""
        return Subject(place=ActionPlace.HISTORY_ROWS, rows=(self._row,)) if self._row else None

    def show_row(self, row: ItemRow | None) -> None:
        """Show another row, or the same one anew."""
        self._row = row
        if row is None:
            self._details.forget()
            self.panel.show_item(None)
            return
        services, now = self._context.services, self._context.now()
        self._details.ask(lambda: read_details(services, row, now))

    def say_times(self, now: datetime) -> bool:
        """Say anew the times that go on by the second; whether there are any."""
        details, say = self._said, self._context.translate
        if self._row is None or details is None or details.row.item.is_finished:
            return False
        begun = (details.row.item.received_at, details.row.since or details.row.item.placed_at)
        if not wording.in_seconds(*(details.read_at - at for at in begun)):
            return False
        self._said = replace(details, read_at=now)
        self.panel.show_item(self._said, queries.facts_of(self._said, say))
        self._rests.setText(queries.rests_words(self._said, say))
        return True

    def stop(self) -> None:
        """The view has gone."""
        self._details.stop()

    def show_locks(self, there: bool) -> None:
        """Whether any row of the list is locked."""
        self._locks = there
        self._say_foot()

    def take(self) -> None:
        """Open the item on show, or go to it."""
        if self._row is not None and not self._row.item.is_finished:
            open_from_list(self._context, (self._row,), from_history=True)

    def reopen(self) -> None:
        """Bring a finished item back."""
        if self._row is not None:
            self._context.change(Reopen(item=self._row.item.id), then=self._reopened)

    def _reopened(self, item: Interaction) -> None:
        self._context.desktop.open_item(item.id)

    def _card(self) -> QWidget:
        ui, say = self._ui, self._context.translate
        card = QFrame()
        card.setProperty("kind", "card")
        self._state_icon = QLabel()
        self._state = ui.label(role="strong")
        self._state.setObjectName("history.state")
        self._rests = ui.label(wrap=True)
        self._rests.setObjectName("history.rests")
        self._lock = QLabel()
        self._lock.setPixmap(ui.pixmap("lock"))
        self._reason = ui.label(role="muted", wrap=True)
        self._reason.setObjectName("history.reason")
        self._open = ui.button(say("Open"), icon="folder-open", kind="primary", key="Return", on_click=self.take)
        self._open.setObjectName("history.open")
        self._reopen = ui.button(say("Reopen"), icon="rotate-ccw", on_click=self.reopen)
        self._reopen.setObjectName("history.reopen")
        for button in (self._open, self._reopen):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._more = self._context.desktop.toolbar(ActionPlace.HISTORY_ROWS, self.subject)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(_line(self._state_icon, self._state))
        column.addWidget(self._rests)
        column.addLayout(_line(self._lock, self._reason))
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self._open, 1)
        actions.addWidget(self._reopen, 1)
        if isinstance(self._more, QWidget) and self._context.desktop.actions(ActionPlace.HISTORY_ROWS):
            self._more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # ⋯ alone
            actions.addWidget(self._more)
        column.addLayout(actions)
        return card

    def _cannot_show(self, error: WorkloomError) -> None:
        if self._row is not None:
            self.panel.show_problem(str(error))

    def _show(self, details: ItemDetails) -> None:
        row = details.row
        if self._row is None or self._row.item.id != row.item.id:
            return
        finished, mine, say = row.item.is_finished, details.is_mine, self._context.translate
        self._said = details
        self.panel.show_item(details, queries.facts_of(details, say))
        icon, token = ("circle-check", "success") if finished else ("hourglass", "warning")
        self._state_icon.setPixmap(self._ui.pixmap(icon, token=token, size=18))
        self._state.setText(queries.state_word(row.item, say))
        self._rests.setText(queries.rests_words(details, say))
        self._open.setText(say("Go to") if mine else say("Open"))
        self._open.setIcon(self._ui.icon("arrow-right" if mine else "folder-open", token="on-accent"))
        self._open.setVisible(not finished and (mine or row.can_open))
        self._reopen.setVisible(finished)
        locked = not finished and not mine and not row.can_open
        self._lock.setVisible(locked)
        self._reason.setText(say("Locked. {reason}", reason=row.closed_reason) if locked else "")
        self._reason.setVisible(locked)
        self._locked = locked
        self._say_foot()
        self._show_path(path_words(details, say))
        for guest, call in ((self._guests, "show_item"), (self._more, "refresh")):
            told = getattr(guest, call, None)
            if told is not None:
                told(row.item.id) if call == "show_item" else told()

    def _say_foot(self) -> None:
        hint = self._context.translate("Locked items may not be taken from where they rest. Select one to read why.")
        self.panel.set_foot(hint if self._locks and not self._locked else "", "lock")

    def _show_path(self, said: tuple[tuple[str, str], ...]) -> None:
        if said == self._said_path:
            return
        self._said_path = said
        while (entry := self._lines.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        width = max((self._ui.label(when, "muted").sizeHint().width() for when, _what in said), default=0)
        for when, what in said:
            at = self._ui.label(when, "muted")
            at.setFixedWidth(width + 8)
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(at, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self._ui.label(what, wrap=True), 1)
            self._lines.addWidget(line)


def _line(icon: QWidget, text: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(icon)
    row.addWidget(text, 1)
    return row

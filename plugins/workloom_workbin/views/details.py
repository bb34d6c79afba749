"""Details of the current row: read when it becomes current; the owner's look at it takes the unread mark away."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workloom.api import (
    ActionPlace,
    Context,
    ItemDetails,
    ItemRow,
    MarkRead,
    ReadInTurn,
    Region,
    Subject,
    WorkloomError,
    open_from_list,
    read_details,
    wording,
)
from workloom.api.ui import Ui
from workloom_workbin.lists import facts_of

LOOKED_AT_MS = 1000


class Details:
    """Keeps the panel true to one row. `owned` says whether the workbin on show is the agent's or shared."""

    def __init__(self, context: Context, ui: Ui, owned: Callable[[], bool]) -> None:
        self._context, self._owned = context, owned
        self._row: ItemRow | None = None
        self._said: ItemDetails | None = None
        self._details = ReadInTurn(context, self._show, self._cannot_show)
        self.panel = ui.item_panel()
        self._open = ui.button(
            context.translate("Open"), icon="folder-open", kind="primary", key="Return", on_click=self.open
        )
        self._open.setObjectName("details.open")
        self._open.setSizePolicy(self._open.sizePolicy().Policy.Expanding, self._open.sizePolicy().Policy.Fixed)
        self._reason = ui.label(role="muted", wrap=True)
        self._reason.setObjectName("details.reason")
        self._reason.hide()
        self._bar = QWidget()
        line = QHBoxLayout(self._bar)
        line.setContentsMargins(0, 6, 0, 4)
        line.setSpacing(8)
        line.addWidget(self._open, 1)
        self._more = context.desktop.toolbar(ActionPlace.WORKBIN_ROWS, self.subject)
        if isinstance(self._more, QWidget):
            self._more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # ⋯ alone
            line.addWidget(self._more)
        self.panel.put_above(self._bar)
        self.panel.put_above(self._reason)
        self._guests = context.desktop.tabs(Region.ROW_DETAILS)
        if isinstance(self._guests, QWidget) and not getattr(self._guests, "is_empty", True):
            self.panel.add_tab("more", context.translate("More"), self._guests)
        self._looked = QTimer(self.panel.widget)
        self._looked.setSingleShot(True)
        self._looked.setInterval(LOOKED_AT_MS)
        self._looked.timeout.connect(self._mark_read)

    def subject(self) -> Subject | None:
        """The row on show, for actions."""
        return Subject(place=ActionPlace.WORKBIN_ROWS, rows=(self._row,)) if self._row else None

    def show_row(self, row: ItemRow | None) -> None:
        """Show another row, or the same one anew."""
        same = self._row is not None and row is not None and self._row.item.id == row.item.id
        self._row = row
        if not same:
            self._looked.stop()
        if row is None:
            self._details.forget()
            self.panel.show_item(None)
            return
        if not self._looked.isActive():
            self._looked.start()
        services, now = self._context.services, self._context.now()
        self._details.ask(lambda: read_details(services, row, now))

    def say_times(self, now: datetime) -> bool:
        """Say anew the times that go on by the second; whether there are any."""
        details = self._said
        if self._row is None or details is None:
            return False
        item = details.row.item
        if not wording.in_seconds(*(details.read_at - at for at in (item.placed_at, item.received_at))):
            return False
        self._said = replace(details, read_at=now)
        self.panel.show_item(self._said, facts_of(self._said, self._context.translate))
        return True

    def stop(self) -> None:
        """The view has gone."""
        self._details.stop()

    def open(self) -> None:
        """Open the item on show."""
        if self._row is not None:
            open_from_list(self._context, (self._row,))

    def _cannot_show(self, error: WorkloomError) -> None:
        if self._row is not None:
            self.panel.show_problem(str(error))

    def _show(self, details: ItemDetails) -> None:
        row = details.row
        if self._row is None or self._row.item.id != row.item.id:
            return
        self._said = details
        self.panel.show_item(details, facts_of(details, self._context.translate))
        self._open.setEnabled(row.can_open)
        self._reason.setText(row.closed_reason)
        self._reason.setVisible(not row.can_open and bool(row.closed_reason))
        show_item = getattr(self._guests, "show_item", None)
        if show_item is not None:
            show_item(row.item.id)
        refresh = getattr(self._more, "refresh", None)
        if refresh is not None:
            refresh()

    def _mark_read(self) -> None:
        row = self._row
        if row is not None and row.item.unread and self._owned() and self.panel.widget.isVisible():
            self._context.change(MarkRead(item=row.item.id), failed=lambda _error: None)

"""A history as a main view: filters, list, and the details of the current row with Open or Reopen."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.api import (
    Context,
    Event,
    HistoryCounts,
    HistoryScope,
    HistoryStatus,
    ItemColumn,
    ItemFeed,
    ItemRow,
    Page,
    Sort,
    item_columns,
    open_from_list,
    shown_columns,
    shown_row,
    wording,
)
from workloom.api.ui import kit
from workloom_contact_history import queries
from workloom_contact_history.views.details import HistoryDetails

TYPING_MS, QUIET_MS = 150, 400


class HistoryView(QWidget):
    """The agent's own history, or the search over all items."""

    def __init__(self, context: Context, title: str, scope: HistoryScope, columns_option: str) -> None:
        super().__init__()
        self._context, self._scope, self._option = context, scope, columns_option
        self._ui = ui = kit(context)
        self._columns: tuple[ItemColumn, ...] = item_columns(context.options().words(columns_option))
        self._icons: dict[str, str] = {}
        self.setObjectName(f"history-{scope.value}")
        self._status = ui.segmented(queries.STATUSES, lambda _status: self._anew())
        self._search = ui.search_field(
            "Quick search", placeholder="Quick search in subject, number, notes", key="Ctrl+F"
        )
        self._search.widget.setObjectName("history.search")
        self._table = ui.table(title, shown_columns(self._columns))
        self._table.widget.setObjectName("history.list")
        self._feed = ItemFeed(context, self._answer)
        self._details = HistoryDetails(context, ui)
        self._shown = ui.label(role="small")
        self._shown.setObjectName("history.shown")
        self._typing = self._timer(TYPING_MS, self._anew)
        self._quiet = self._timer(QUIET_MS, self._refresh)
        self._search.on_edited(self._typing.start)
        self._lay_out(title)
        self._table.on_fetch(self._feed.fetch)
        self._table.on_current(lambda item: self._details.show_row(self._feed.row(item)))
        self._table.on_open(self._open)
        context.subscribe(self._happened)
        context.read(
            lambda: {media.name: media.icon for media in context.services.configuration.media_types()}, self._start
        )

    def _timer(self, wait: int, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(run)
        return timer

    def _lay_out(self, title: str) -> None:
        ui = self._ui
        items = QWidget()
        items.setProperty("ground", "surface")
        items.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(10)
        head.addWidget(ui.label(title, "panel-title"))
        filters = QHBoxLayout()
        filters.setSpacing(12)
        filters.addWidget(self._status.widget)
        filters.addWidget(self._search.widget, 1)
        head.addLayout(filters)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 6)
        foot.addWidget(self._shown)
        column = QVBoxLayout(items)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._table.widget, 1)
        column.addWidget(ui.line())
        column.addLayout(foot)
        panes = ui.list_panes(items, self._details.panel.widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panes.widget)

    def _start(self, icons: dict[str, str]) -> None:
        self._icons = icons
        self._anew()
        self._table.sort_by("received", True)

    def _anew(self) -> None:
        """Show the list with the filters in force, from the top."""
        asked = queries.query(self._scope, self._status.current(), self._search.text().strip())
        history = self._context.services.history

        def page(offset: int, limit: int, sort: Sort) -> Page[ItemRow]:
            return history.search(replace(asked, offset=offset, limit=limit, sort=sort))

        self._details.show_row(None)
        self._feed.show(page)
        self._table.reset_rows()
        self._count()

    def _count(self) -> None:
        asked = queries.query(self._scope, HistoryStatus.ALL, self._search.text().strip())
        self._context.read(lambda: self._context.services.history.counts(asked), self._say_counts)

    def _say_counts(self, counts: HistoryCounts) -> None:
        for status, text in queries.counted(queries.STATUSES, counts.in_progress, counts.done).items():
            self._status.set_text(status, text)

    def _answer(self, offset: int, rows: Sequence[ItemRow], total: int) -> None:
        now = self._context.now()
        self._table.set_page(offset, [shown_row(row, self._columns, now, self._icons) for row in rows], total)
        self._shown.setText(f"{wording.count(total, 'item')}" if total else "Nothing found.")
        self._details.show_row(self._feed.row(self._table.current()))

    def _happened(self, event: Event) -> None:
        if event.item:
            self._quiet.start()

    def _refresh(self) -> None:
        self._table.refresh()
        self._count()

    def _open(self, item: str) -> None:
        row = self._feed.row(item)
        if row is not None and not row.item.is_finished:
            open_from_list(self._context, (row,))

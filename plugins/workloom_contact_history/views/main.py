"""A history as a main view: filters, list, and the details of the current row with Open or Reopen."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from workloom.api import (
    Context,
    Event,
    EventKind,
    HistoryCounts,
    HistoryQuery,
    HistoryScope,
    HistoryStatus,
    ItemFeed,
    ItemRow,
    Page,
    PageRequest,
    ReadInTurn,
    Row,
    Sort,
    WorkloomError,
    open_from_list,
)
from workloom.api.ui import WhenGone, kit
from workloom_contact_history import queries
from workloom_contact_history.focus import Focus
from workloom_contact_history.views.details import HistoryDetails
from workloom_contact_history.views.head import Head

TYPING_MS, GATHER_MS, TICK_MS = 200, 300, 60_000


class HistoryView(QWidget):
    """The agent's own history or that of the contact in focus; or the search over all items."""

    def __init__(self, context: Context, scope: HistoryScope, focus: Focus) -> None:
        super().__init__()
        self.setObjectName(f"history-{scope.value}")
        self._context, self._own_scope, self._focus = context, scope, focus
        self._ui = kit(context)
        say = self._translate = context.translate
        self._own_title = say("My history") if scope is HistoryScope.MINE else say("Search items")
        self._words: queries.Words | None = None
        self._counts = ReadInTurn(context, self._say_counts, lambda _error: None)
        self._total = 0
        self._every = 0
        self._stale = False
        self._trouble = ""
        self._read_at = context.now()
        self._columns = queries.columns_of(context.options(), scope, say)
        self._typing, self._gather = self._timer(TYPING_MS, self.show_list), self._timer(GATHER_MS, self._follow)
        self._tick = QTimer(self)
        self.head = Head(self._ui, say, self._own_title, self.show_list, self._typing.start, lambda: focus.choose(None))
        self._kept = f"history.{scope.value}"
        self.table = self._ui.table(self._own_title, queries.table_columns(self._columns), kept=self._kept)
        self.table.widget.setObjectName("history.list")
        self.feed = ItemFeed(context, self._row, self._came, self._failed)
        self.head.put_tools(self._ui.list_tools(self.table))
        self.details = HistoryDetails(context, self._ui)
        self._lay_out()
        self._wire()
        context.read(lambda: queries.read_words(context.services), self._begin)

    @property
    def scope(self) -> HistoryScope:
        """Whose history is on show."""
        return HistoryScope.CONTACT if self._focus.contact else self._own_scope

    def showEvent(self, event: QShowEvent | None) -> None:
        """Qt: a search begins in its field, else the list takes the keys; what changed meanwhile is read now."""
        super().showEvent(event)
        self.setFocus()
        if self._stale:
            self._stale = False
            self.refresh()

    def refresh(self) -> None:
        """Read what is on show again; the current row stays."""
        self.table.refresh()
        self._count()

    def show_list(self) -> None:
        """Show the list with the filters in force, from the top."""
        asked, history = self._asked(self.head.status.current()), self._context.services.history

        def page(request: PageRequest, sort: Sort) -> Page[ItemRow]:
            return history.search(
                replace(asked, sort=sort, offset=request.offset, limit=request.limit, find=request.find)
            )

        self.details.show_row(None)
        self.feed.show(page)
        self.table.reset_rows()
        self._count()

    def _lay_out(self) -> None:
        items = QWidget()
        items.setProperty("ground", "surface")
        items.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._body = QStackedLayout()
        self._body.addWidget(self.table.widget)
        self._shown, self._refreshed = self._ui.label(role="small"), self._ui.label(role="small")
        self._shown.setObjectName("history.shown")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 6)
        foot.addWidget(self._shown)
        foot.addStretch(1)
        foot.addWidget(self._refreshed)
        column = QVBoxLayout(items)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(self._body, 1)
        column.addWidget(self._ui.line())
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        panes = self._ui.list_panes(items, self.details.panel.widget, name=self._own_title, kept=self._kept)
        whole.addWidget(panes.widget)

    def _wire(self) -> None:
        self.table.on_fetch(self.feed.fetch)
        self.table.on_current(lambda item: self.details.show_row(self.feed.row(item)))
        self.table.on_open(self._open)
        self.table.on_button(lambda item, _column: self._open(item))
        searching = self._own_scope is HistoryScope.ALL
        self.setFocusProxy(self.head.search.widget if searching else self.table.widget)
        self._tick.timeout.connect(self._age)
        self._tick.start(TICK_MS)
        self._end = WhenGone(
            self,
            self._focus.on_change(self._focused),
            self._context.subscribe(self._happened),
            self._context.on_second(self._say_times),
            self._counts.stop,
            self.feed.stop,
            self.details.stop,
        )

    def _begin(self, words: queries.Words) -> None:
        self._words = words
        self._show_focus()

    def _focused(self) -> None:
        """Another history is wanted."""
        self.head.clear()
        if self._words is not None:
            self._show_focus()

    def _show_focus(self) -> None:
        self.head.show_contact(self._focus.contact, self._focus.segment)
        self._choose_columns()
        self.show_list()
        self.table.sort_by("received", True)

    def _choose_columns(self) -> None:
        self._columns = queries.columns_of(self._context.options(), self.scope, self._translate)
        self.table.set_columns(queries.table_columns(self._columns))

    def _asked(self, status: str) -> HistoryQuery:
        contact = self._focus.contact
        return queries.query(self.scope, status, self.head.text, contact.id if contact else "")

    def _count(self) -> None:
        asked, history = self._asked(HistoryStatus.ALL), self._context.services.history
        self._counts.ask(lambda: history.counts(asked))

    def _say_counts(self, counts: HistoryCounts) -> None:
        self._every = counts.in_progress + counts.done
        self.head.show_counts(counts)
        self._say_foot()

    def _row(self, row: ItemRow) -> Row:
        assert self._words is not None, "no list is shown before the words are read"
        return queries.table_row(row, self._columns, self._context.now(), self._words, self._translate)

    def _came(self, page: Page[ItemRow]) -> None:
        self._total, self._trouble, self._read_at = page.total, "", self._context.now()
        words = self._words
        self.details.show_locks(words is not None and any(queries.is_locked(row, words.me) for row in page.rows))
        self._show_body()
        self._say_foot()
        current = self.table.current()
        if not current or any(row.item.id == current for row in page.rows):
            self.details.show_row(self.feed.row(current))

    def _failed(self, error: WorkloomError) -> None:
        """What is on show stays, and is said to be old."""
        self._trouble = str(error)
        self._show_body()
        self._say_foot()

    def _say_foot(self) -> None:
        every, say = max(self._every, self._total), self._translate
        shown = say("{shown:,} of {total:,} shown", shown=self._total, total=every)
        self._shown.setText(shown if every else say("Nothing found"))
        said = say("Refreshed {time}, refreshes by itself", time=f"{self._read_at.astimezone():%H:%M}")
        self._refreshed.setText(say("Not refreshed: {reason}", reason=self._trouble) if self._trouble else said)

    def _show_body(self) -> None:
        """The list, or why there is nothing in it."""
        while (old := self._body.widget(1)) is not None:
            self._body.removeWidget(old)
            old.hide()
            old.deleteLater()
        if self._total:
            return
        say = self._translate
        if self._trouble:
            again = self._ui.button(say("Try again"), icon="refresh-cw", on_click=self.refresh)
            empty = self._ui.empty_state("triangle-alert", say("The history cannot be read"), self._trouble, again)
        elif self.head.is_filtered():
            clear = self._ui.button(say("Clear filters"), on_click=self._clear)
            text = say("Each word is searched for at the beginnings of words.")
            empty = self._ui.empty_state("search", say("No item matches"), text, clear)
        else:
            empty = self._ui.empty_state("history", say("Nothing here yet"), self._nothing())
        self._body.addWidget(empty)
        self._body.setCurrentIndex(1)

    def _nothing(self) -> str:
        """Why the list is empty without any filter."""
        say = self._translate
        if self.scope is HistoryScope.MINE:
            return say("Items that you have handled stand here, open ones and done ones.")
        if self.scope is HistoryScope.CONTACT:
            return say("There is no item of this contact.")
        return say("There are no items yet.")

    def _clear(self) -> None:
        self.head.clear()
        self.show_list()

    def _happened(self, event: Event) -> None:
        about_lists = event.item or event.kind is EventKind.SITE_APPLIED
        if about_lists and not self._gather.isActive():
            self._gather.start()

    def _age(self) -> None:
        """Times go on."""
        if self.isVisible():
            self.table.refresh()

    def _say_times(self, now: datetime) -> bool:
        """Those that go on by the second."""
        if not self.isVisible():
            return False
        rows = self.feed.aging(now)
        if rows:
            self.table.renew(rows)
        return self.details.say_times(now) or bool(rows)

    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _open(self, item: str) -> None:
        row = self.feed.row(item)
        if row is not None and not row.item.is_finished:
            open_from_list(self._context, (row,), from_history=True)

    def _timer(self, wait: int, run: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(run)
        return timer

"""The middle pane: head, selection bar, list and footer of one workbin."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec.structs import replace
from PyQt6.QtCore import QPoint, Qt, QTimer
from PyQt6.QtGui import QCursor
from PyQt6.QtWidgets import QAbstractScrollArea, QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from workloom.api import (
    Action,
    ActionPlace,
    Context,
    ItemFeed,
    ItemRow,
    Page,
    PageRequest,
    Row,
    Sort,
    Subject,
    WorkbinNode,
    WorkbinQuery,
    WorkloomError,
    item_columns,
    open_from_list,
    shown_columns,
    shown_row,
)
from workloom.api.ui import Ui
from workloom_workbin import lists
from workloom_workbin.views.head import Head
from workloom_workbin.views.selection import SelectionBar

TYPING_MS = 200


class ItemsPane(QWidget):
    """Shows one workbin at a time. `current(row)` is told what the details should say, `choose(key)` what is wanted."""

    def __init__(
        self,
        context: Context,
        ui: Ui,
        *,
        current: Callable[[ItemRow | None], None],
        choose: Callable[[str], None],
        refresh: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context, self._ui, self._current, self._refresh = context, ui, current, refresh
        self._read_at = context.now()
        self._node: WorkbinNode | None = None
        self._columns = item_columns(lists.DEFAULT_COLUMNS, context.translate)
        self._icons: Mapping[str, str] = {}
        self._total = 0
        self._trouble = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._from_the_top)
        say = self._translate = context.translate
        self.head = Head(ui, say, choose, lambda _only: self._from_the_top(), self._typing.start)
        self.table = ui.table(
            say("Items of the workbin"), shown_columns(self._columns), checkable=True, kept="workbin.items"
        )
        self.feed = ItemFeed(context, self._row, self._came, self._failed)
        self.selection = SelectionBar(context, ui, self.chosen, self.open, self.table.clear_selection)
        self._shown, self._refreshed = ui.label(role="small"), ui.label(role="small")
        self._shown.setObjectName("workbin.shown")
        self._refreshed.setObjectName("workbin.refreshed")
        self._again = ui.button(say("Refresh"), icon="refresh-cw", kind="quiet", small=True, on_click=refresh)
        self.head.put_tools(ui.list_tools(self.table))
        self._lay_out()
        self.table.on_fetch(self.feed.fetch)
        self.table.on_current(lambda item: current(self.feed.row(item)))
        self.table.on_open(lambda _item: self.open())
        self.table.on_selection(self._selected)
        for action in context.desktop.actions(ActionPlace.WORKBIN_ROWS):
            if isinstance(action, Action) and action.list_key:
                self.table.on_key(action.list_key, partial(self._run, action.id))

    def show_workbin(self, node: WorkbinNode, icons: Mapping[str, str]) -> None:
        """Show another workbin, unfiltered, newest first."""
        self._node, self._icons = node, icons
        self.head.only.choose("")
        self.head.search.set_text("")
        self.choose_columns()
        self.say(node, 0)
        self._from_the_top()
        self.table.sort_by("received", True)

    def choose_columns(self) -> None:
        """Show the columns that the options name now."""
        if self._node is not None:
            self._columns = lists.columns_of(self._context.options(), self._node.workbin, self._translate)
            self.table.set_columns(shown_columns(self._columns))

    def say(self, node: WorkbinNode, due_today: int) -> None:
        """The counts are these now."""
        self._node = node
        key, title, count = lists.key_of(node), lists.title_of(node), lists.heading(node, self._translate)
        self.head.show_workbin(key, title, count, node.unread, due_today)
        self._say_foot(node)

    def say_times(self, now: datetime) -> bool:
        """Say anew the times that go on by the second; whether there are any."""
        rows = self.feed.aging(now)
        if rows:
            self.table.renew(rows)
        return bool(rows)

    def chosen(self) -> Subject | None:
        """The ticked rows, for actions."""
        rows = self.feed.rows(self.table.selected())
        return Subject(place=ActionPlace.WORKBIN_ROWS, rows=rows) if rows else None

    def open(self) -> None:
        """Open the ticked rows, else the current one."""
        subject = self._subject()
        if subject is not None:
            open_from_list(self._context, subject.rows)
            self.table.clear_selection()

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 8)
        top.setSpacing(10)
        top.addWidget(self.head)
        top.addWidget(self.selection)
        self._body = QStackedLayout()
        self._body.addWidget(self.table.widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 6)
        foot.addWidget(self._shown)
        foot.addStretch(1)
        foot.addWidget(self._refreshed)
        foot.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(self._body, 1)
        column.addWidget(self._ui.line())
        column.addLayout(foot)

    def _from_the_top(self) -> None:
        """Show the list anew, with the filters in force."""
        node = self._node
        if node is None:
            return
        services = self._context.services
        text, only = self.head.search.text().strip(), self.head.only.current()
        asked = WorkbinQuery(workbin=node.workbin, owner=node.owner, text=text, only=only)

        def page(request: PageRequest, sort: Sort) -> Page[ItemRow]:
            return services.workbins.page(
                replace(asked, sort=sort, offset=request.offset, limit=request.limit, find=request.find)
            )

        self._current(None)
        self.feed.show(page)
        self.table.reset_rows()

    def _row(self, row: ItemRow) -> Row:
        return shown_row(row, self._columns, self._context.now(), self._icons)

    def _came(self, page: Page[ItemRow]) -> None:
        self._total, self._trouble = page.total, ""
        self._read_at = self._context.now()
        self._show_body()
        if self._node is not None:
            self._say_foot(self._node)
        current = self.table.current()
        if not current or any(row.item.id == current for row in page.rows):
            self._current(self.feed.row(current))
        self._selected(self.table.selected())

    def _failed(self, error: WorkloomError) -> None:
        """What is on show stays, and is said to be old."""
        self._trouble = str(error)
        self._show_body()
        if self._node is not None:
            self._say_foot(self._node)

    def _show_body(self) -> None:
        """The list, or why there is nothing in it."""
        while (old := self._body.widget(1)) is not None:
            self._body.removeWidget(old)
            old.hide()
            old.deleteLater()
        if self._total or self._node is None:
            return
        say = self._translate
        if self._trouble:
            again = self._ui.button(say("Try again"), icon="refresh-cw", on_click=self._refresh)
            empty = self._ui.empty_state("triangle-alert", say("This workbin cannot be read"), self._trouble, again)
        elif self._is_filtered():
            clear = self._ui.button(say("Clear filters"), on_click=self._clear_filters)
            empty = self._ui.empty_state("list-filter", say("No item matches"), say("Filters hide the others."), clear)
        else:
            title = say("Nothing in {workbin}", workbin=lists.title_of(self._node))
            text = say("Items come here when you keep them for later, or when a colleague moves them here.")
            empty = self._ui.empty_state("inbox", title, text)
        self._body.addWidget(empty)
        self._body.setCurrentIndex(1)

    def _say_foot(self, node: WorkbinNode) -> None:
        by_itself = lists.refreshes_itself(self._context.options(), node.workbin)
        self._shown.setText(lists.shown_text(self._total, node, filtered=self._is_filtered(), say=self._translate))
        said = lists.refreshed(self._read_at, by_itself=by_itself, say=self._translate)
        if self._trouble:
            said = lists.not_refreshed(self._trouble, self._translate)
        self._refreshed.setText(said)
        self._again.setVisible(not by_itself or bool(self._trouble))

    def _is_filtered(self) -> bool:
        return bool(self.head.search.text().strip() or self.head.only.current())

    def _clear_filters(self) -> None:
        self.head.search.set_text("")
        self.head.only.choose("")
        self._from_the_top()

    def _selected(self, items: Sequence[str]) -> None:
        rows = self.feed.rows(items)
        before = self._list_top()
        rest = 0 if self._node is None or self._is_filtered() else self._node.total
        said = lists.selected_text(len(rows), self._total, rest, self._translate)
        self.selection.show_count(len(rows), sum(row.can_open for row in rows), said)
        self._stay_put(before)

    def _list_top(self) -> int:
        return self.table.widget.mapTo(self, QPoint(0, 0)).y()

    def _stay_put(self, before: int) -> None:
        """The bar comes and goes above the list; the row under the pointer stays where it is."""
        layout, table = self.layout(), self.table.widget
        if layout is None or not isinstance(table, QAbstractScrollArea):
            return
        if not table.rect().contains(table.mapFromGlobal(QCursor.pos())):
            return
        layout.activate()
        bar, moved = table.verticalScrollBar(), self._list_top() - before
        if bar is not None and moved:
            QApplication.sendPostedEvents(table)
            bar.setValue(bar.value() + moved)

    def _subject(self) -> Subject | None:
        current = self.feed.row(self.table.current())
        rows = self.feed.rows(self.table.selected()) or ((current,) if current else ())
        return Subject(place=ActionPlace.WORKBIN_ROWS, rows=rows) if rows else None

    def _run(self, action: str) -> None:
        subject = self._subject()
        if subject is not None:
            anchor = self.selection.toolbar if self.selection.isVisible() else self.head.only.widget
            self._context.desktop.run_action(action, subject, anchor)

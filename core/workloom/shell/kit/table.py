"""The list widget: virtual, sortable, with ticks; current row and ticks are kept by id."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QEvent, QModelIndex, QRect
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workloom.api.ui import Column, Row
from workloom.shell.kit.focus_ring import Ring
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.table_columns import ColumnWidths
from workloom.shell.kit.table_current import CurrentRow
from workloom.shell.kit.table_delegate import ROW_HEIGHT, RowDelegate
from workloom.shell.kit.table_header import Header
from workloom.shell.kit.table_keys import TableKeys
from workloom.shell.kit.table_layout import Layouts, TableLayout
from workloom.shell.kit.table_model import PagedModel
from workloom.shell.kit.table_mouse import TableMouse
from workloom.shell.kit.table_pages import Fetch
from workloom.shell.kit.table_sections import Sections
from workloom.shell.kit.table_ticks import Ticks
from workloom.shell.kit.table_told import Listeners
from workloom.shell.kit.tokens import Tokens, follow
from workloom.shell.kit.type_scale import TypeScale

_NEWEST_FIRST = frozenset(("received", "priority"))


class Table(QTableView):
    """A paged list. Its owner gives `on_fetch` and answers the requests."""

    def __init__(
        self,
        tokens: Tokens,
        icons: Icons,
        scale: TypeScale,
        name: str,
        columns: Sequence[Column],
        *,
        checkable: bool,
        kept: str = "",
        layouts: Layouts,
        asked: Callable[[Fetch], Fetch] | None = None,
    ) -> None:
        super().__init__()
        self.checkable = checkable
        self._asked = asked
        self._tokens, self._scale = tokens, scale
        self._text_size = scale.scale
        self._told = Listeners()
        self._model = PagedModel(self, columns, self._came)
        here, told = lambda: self.currentIndex().row(), self._told.tell_current
        self._current = CurrentRow(self._model, here, self._follow, told)
        self._ticks = Ticks(self._model, self._tell_selection)
        self._asked_for: tuple[str, ...] = ()
        self._keyboard = TableKeys(self, self._model, self._ticks)
        self.setAccessibleName(name)
        self._ring = Ring(self)
        self.setModel(self._model)
        self._delegate = RowDelegate(self, tokens, icons, scale)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(Header(self, self, tokens, icons, scale))
        first, pressed = self._box_column, self._told.tell_pressed
        self._mouse = TableMouse(self, self._model, self._ticks, self._delegate, first=first, pressed=pressed)
        self._shape()
        self._layout = TableLayout(self._header(), layouts, kept or name, scale)
        widths = ColumnWidths(scale.px, self._delegate.text_width)
        self._sections = Sections(self, self._header(), self._model, self._layout, widths)
        self._theme = follow(tokens, self, self.viewport_update)

    @property
    def widget(self) -> QWidget:
        """The list itself."""
        return self

    def on_fetch(self, fetch: Fetch) -> None:
        """Whom to ask for pages; asks for the first at once."""
        self._model.on_fetch(self._asked(fetch) if self._asked is not None else fetch)
        self._model.reset()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; of optional ones as many as have room."""
        if tuple(columns) != self._model.columns:
            self._model.set_columns(columns)
            self._sections.arrange()
            self._current.follow()

    def columns(self) -> list[tuple[Column, bool]]:
        """The columns that can be shown, and whether the person wants them."""
        return self._sections.offered()

    def show_column(self, key: str, shown: bool) -> None:
        """The person wants a column, or does not."""
        self._sections.show(key, shown)

    def sort_by(self, sort: str, descending: bool) -> None:
        """The list's own order, unless the person has chosen one."""
        self._sort(*(self._layout.sorting(self._model.columns) or (sort, descending)))

    def _sort(self, sort: str, descending: bool) -> None:
        """Sort anew and fetch; the current row stays current."""
        self._model.sort_key, self._model.descending = sort, descending
        self._asked_for = ()
        self._current.remember()
        self._ticks.sorted_anew()
        self._model.reset(self._kept())
        self._header().viewport_update()
        self._told.tell_sorted()

    def refresh(self) -> None:
        """Fetch again what is visible; the current row and the ticks stay by id."""
        viewport = self.viewport()
        height = viewport.height() if viewport is not None else 0
        last = self.rowAt(height - 1)
        ends = (self.rowAt(0), last if last >= 0 else self._model.total - 1, self.currentIndex().row())
        self._asked_for = ()
        self._current.remember()
        self._model.refresh(place for place in ends if place >= 0)

    def renew(self, rows: Sequence[Row]) -> None:
        """Say rows anew that are on show."""
        self._model.renew(rows)
        self._sections.measure(rows)

    def reset_rows(self) -> None:
        """Begin anew: another list is shown."""
        self._current.forget()
        self._ticks.clear()
        self.scrollToTop()
        self._model.reset()

    def current(self) -> str:
        """Id of the current row."""
        return self._current.id

    def choose(self, row: str) -> None:
        """Make a row current and bring it into sight: all is read anew, with the place of that row."""
        self._current.choose(row)
        self._model.reset(self._kept())

    def selected(self) -> tuple[str, ...]:
        """Ids of the ticked rows in the order of the list; those whose place is not known come last."""
        return self._ticks.ids()

    def clear_selection(self) -> None:
        """Untick all."""
        self._ticks.clear()

    def on_current(self, changed: Callable[[str], None]) -> None:
        """Call back when another row is current."""
        self._told.current.append(changed)

    def on_open(self, opened: Callable[[str], None]) -> None:
        """Call back on Enter and double click."""
        self._told.opened.append(opened)

    def on_selection(self, changed: Callable[[tuple[str, ...]], None]) -> None:
        """Call back when ticks change."""
        self._told.selection.append(changed)

    def on_sorted(self, told: Callable[[], None]) -> None:
        """Call back when the order is another one."""
        self._told.sorted.append(told)

    def on_button(self, pressed: Callable[[str, str], None]) -> None:
        """Call back when a cell that is drawn as a button is clicked."""
        self._told.pressed = pressed

    def on_key(self, key: str, pressed: Callable[[], None]) -> None:
        """A single letter that works in this list only."""
        self._keyboard.letters[key.upper()] = pressed

    # What the delegate and the header ask.

    def row_at(self, index: int) -> Row | None:
        """A row; asks for its page when it is not here."""
        self._model.touch(index)
        return self._model.row(index)

    def column_at(self, index: int) -> Column:
        """A column by its place in the model."""
        return self._model.columns[index]

    def is_ticked(self, row: str) -> bool:
        """Whether a row is ticked."""
        return row in self._ticks

    def ticked_part(self) -> float:
        """How much of the list is ticked: 0 to 1."""
        return len(self._ticks) / self._model.total if self._model.total else 0

    def tick_all(self, ticked: bool) -> None:
        """Tick all rows of the list, those that are not here as they come; or none."""
        self._ticks.add_all() if ticked else self._ticks.clear()

    def first_visual(self) -> int:
        """The column that stands leftmost."""
        return self._header().first()

    def _box_column(self) -> int:
        """The column before which the boxes stand, -1 = there are none."""
        return self.first_visual() if self.checkable else -1

    def current_row(self) -> int:
        """Where the current row stands, -1 = nowhere."""
        return self.currentIndex().row() if self._current.id else -1

    def hovered_row(self) -> int:
        """Over which row the pointer is, -1 = none."""
        return self._mouse.hovered

    def sorting(self) -> tuple[str, bool]:
        """Sort key and direction in force."""
        return self._model.sort_key, self._model.descending

    def sort_on(self, column: int) -> None:
        """The person clicked a header."""
        self.sort_on_key(self._model.columns[column].sort)

    def sort_on_key(self, key: str) -> None:
        """The person chose an order; the one in force turns round."""
        if key:
            same = key == self._model.sort_key
            descending = not self._model.descending if same else key in _NEWEST_FIRST
            self._layout.sorted_by(key, descending)
            self._sort(key, descending)

    # Qt.

    def viewport_update(self) -> None:
        """Draw again."""
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: the rows, and the ring around the current one."""
        super().paintEvent(event)
        viewport, row = self.viewport(), self.current_row()
        if viewport is not None and row >= 0 and self._ring.is_shown:
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            painter = QPainter(viewport)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._ring.draw(painter, QRect(0, top, viewport.width(), height), self._tokens)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: keys of lists."""
        self._ring.key_was_pressed()
        if event is None or not self._keyboard.press(event):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str | None) -> None:
        """Qt: a letter that is no key of lists. Qt would go to a row that begins with it, perhaps far out of sight."""

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Qt: a click on the box ticks, elsewhere makes the row current."""
        if event is None or self._mouse.ticks(event):
            return
        super().mousePressEvent(event)
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Qt: the whole row under the pointer is marked, where Qt would mark one cell."""
        super().mouseMoveEvent(event)
        self._mouse.hover(self.indexAt(event.pos()).row() if event is not None else -1)

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Qt: the pointer has left the rows."""
        if event is not None and event.type() == QEvent.Type.Leave:
            self._mouse.hover(-1)
        return super().viewportEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Qt: open."""
        if event is not None and self.indexAt(event.pos()).isValid() and not self._mouse.in_box(event.pos()):
            self.open_current()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Qt: another row is current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._current.went_to(current.row())
        self.viewport_update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: columns come and go with the width, and one takes what is left."""
        super().resizeEvent(event)
        self._sections.fit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Qt: fonts have changed, perhaps because the text has another size."""
        super().changeEvent(event)
        if self._scale.scale != self._text_size:
            self._text_size = self._scale.scale
            self._delegate.take_fonts()
            self._set_heights()
            self._sections.measure_anew()

    def _set_heights(self) -> None:
        vertical = self.verticalHeader()
        assert vertical is not None
        vertical.setDefaultSectionSize(self._scale.px(ROW_HEIGHT))

    def _shape(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        # Rows that come must not scroll the list: it goes only where the person goes.
        self.setAutoScroll(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        vertical = self.verticalHeader()
        assert vertical is not None
        vertical.hide()
        self._set_heights()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _header(self) -> Header:
        header = self.horizontalHeader()
        assert isinstance(header, Header)
        return header

    def _came(self, rows: Sequence[Row]) -> None:
        """An answer is in place: the current row is followed, and what has left the list is forgotten."""
        self._sections.measure(rows)
        self._ticks.go_on()
        self._current.follow()
        if self._model.is_busy:
            return
        lost = tuple(row for row in self._kept() if self._model.find(row) < 0)
        if not lost:
            return
        if self._model.holds_all or self._asked_for == lost:
            self._asked_for = ()
            self._ticks.drop(lost)
            if self._current.id in lost:
                self._current.leave()
        else:
            self._asked_for = lost
            self._model.locate(lost, max(self.currentIndex().row(), 0))

    def _kept(self) -> tuple[str, ...]:
        """The rows that are kept by id."""
        current = () if self._current.awaited or not self._current.id else (self._current.id,)
        return tuple(dict.fromkeys((*current, *self._ticks.ids())))

    def _follow(self, place: int) -> None:
        """The current row stands elsewhere now. In a list that was scrolled it stays where it is on screen."""
        here, bar = self.currentIndex().row(), self.verticalScrollBar()
        rect = self.visualRect(self.currentIndex())
        viewport = self.viewport()
        assert bar is not None
        assert viewport is not None
        seen = here >= 0 and rect.intersects(viewport.rect())
        self.setCurrentIndex(self._model.index(place, self.first_visual()))
        if seen and bar.value() > 0:
            bar.setValue(bar.value() + (place - here) * self.rowHeight(place))
        elif here < 0 and self._current.chosen:
            self.scrollTo(self.currentIndex())

    def open_current(self) -> None:
        """Tell that the current row is wanted."""
        if self._current.id:
            self._told.tell_opened(self._current.id)

    def go_to(self, row: int) -> None:
        """Make a row current and bring it into sight."""
        if 0 <= row < self._model.total:
            index = self._model.index(row, self.first_visual())
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _tell_selection(self) -> None:
        self._told.tell_selection(self.selected())
        self._header().viewport_update()
        self.viewport_update()

"""The list widget: virtual, sortable, with ticks; current row and ticks are kept by id."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QModelIndex, QPoint, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workloom.api.ui import Column, Row
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.table_delegate import LEAD, PAD, ROW_HEIGHT, TICK, RowDelegate
from workloom.shell.kit.table_header import Header
from workloom.shell.kit.table_model import Fetch, PagedModel
from workloom.shell.kit.tokens import Tokens, follow
from workloom.shell.kit.type_scale import TypeScale

_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}


class Table(QTableView):
    """A paged list. Its owner gives `on_fetch` and answers with `set_page`."""

    def __init__(
        self, tokens: Tokens, icons: Icons, scale: TypeScale, name: str, columns: Sequence[Column], checkable: bool
    ) -> None:
        super().__init__()
        self.checkable = checkable
        self._model = PagedModel(self, columns)
        self._ticked: dict[str, None] = {}
        self._current_id = ""
        self._anchor = -1
        self._chosen_widths: dict[str, int] = {}
        self._sizing = False
        self._keys: dict[str, Callable[[], None]] = {}
        self._pressed: Callable[[str, str], None] = lambda _row, _column: None
        self._current_changed: list[Callable[[str], None]] = []
        self._opened: list[Callable[[str], None]] = []
        self._selection_changed: list[Callable[[tuple[str, ...]], None]] = []
        self.setAccessibleName(name)
        self.setModel(self._model)
        self._delegate = RowDelegate(self, tokens, icons, scale)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(Header(self, self, icons, scale))
        self._shape(scale)
        self._model.dataChanged.connect(lambda *_: self._find_current())
        self._size_columns()
        self._header().sectionResized.connect(self._width_chosen)
        follow(tokens, self, self.viewport_update)

    @property
    def widget(self) -> QWidget:
        """The list itself."""
        return self

    def on_fetch(self, fetch: Fetch) -> None:
        """Whom to ask for pages; asks for the first at once."""
        self._model.on_fetch(fetch)
        self._model.reset()

    def set_page(self, offset: int, rows: Sequence[Row], total: int) -> None:
        """Hand over rows `offset` … of `total`."""
        self._model.set_page(offset, rows, total)
        if not total:
            self._set_current(-1)
        if self._ticked and len(rows) == total:
            # Ticks of rows that have left the list are dropped as soon as the whole list is known.
            here = {row.id for row in rows}
            kept = {row: None for row in self._ticked if row in here}
            if kept != self._ticked:
                self._ticked = kept
                self._tell_selection()
        self._find_current()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self._model.set_columns(columns)
        self._size_columns()
        if self._current_id:
            self._find_current()

    def sort_by(self, sort: str, descending: bool) -> None:
        """Sort anew and fetch."""
        self._model.sort_key, self._model.descending = sort, descending
        self._model.reset()
        self._header().viewport_update()

    def refresh(self) -> None:
        """Fetch again what is visible."""
        self._model.refresh()

    def reset_rows(self) -> None:
        """Begin anew: another list is shown."""
        self._ticked.clear()
        self._current_id = ""
        self._tell_selection()
        self.scrollToTop()
        self._model.reset()

    def current(self) -> str:
        """Id of the current row."""
        return self._current_id

    def selected(self) -> tuple[str, ...]:
        """Ids of the ticked rows in the order of the list; those that are not held come last."""
        places = self._model.places() if len(self._ticked) > 1 else {}
        return tuple(sorted(self._ticked, key=lambda row: places.get(row, self._model.total)))

    def clear_selection(self) -> None:
        """Untick all."""
        self._ticked.clear()
        self._tell_selection()

    def on_current(self, changed: Callable[[str], None]) -> None:
        """Call back when another row is current."""
        self._current_changed.append(changed)

    def on_open(self, opened: Callable[[str], None]) -> None:
        """Call back on Enter and double click."""
        self._opened.append(opened)

    def on_selection(self, changed: Callable[[tuple[str, ...]], None]) -> None:
        """Call back when ticks change."""
        self._selection_changed.append(changed)

    def on_button(self, pressed: Callable[[str, str], None]) -> None:
        """Call back when a cell that is drawn as a button is clicked."""
        self._pressed = pressed

    def on_key(self, key: str, pressed: Callable[[], None]) -> None:
        """A single letter that works in this list only."""
        self._keys[key.upper()] = pressed

    # What the delegate asks.

    def row_at(self, index: int) -> Row | None:
        """A row; asks for its page when it is not here."""
        self._model.touch(index)
        return self._model.row(index)

    def column_at(self, index: int) -> Column:
        """A column by its place in the model."""
        return self._model.columns[index]

    def is_ticked(self, row: str) -> bool:
        """Whether a row is ticked."""
        return row in self._ticked

    def first_visual(self) -> int:
        """The column that stands leftmost."""
        return self._header().logicalIndex(0)

    def current_row(self) -> int:
        """Where the current row stands, -1 = nowhere."""
        return self.currentIndex().row() if self._current_id else -1

    def sorting(self) -> tuple[str, bool]:
        """Sort key and direction in force."""
        return self._model.sort_key, self._model.descending

    def sort_on(self, column: int) -> None:
        """The person clicked a header."""
        key = self._model.columns[column].sort
        if key:
            same = key == self._model.sort_key
            self.sort_by(key, not self._model.descending if same else key in ("received", "priority"))

    # Qt.

    def viewport_update(self) -> None:
        """Draw again."""
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: keys of lists."""
        if event is None or not self._key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Qt: a click on the box ticks, elsewhere makes the row current."""
        if event is not None and self.checkable and self._in_box(event.pos()):
            index = self.indexAt(event.pos()).row()
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tick_range(index) if extend else self._tick(index)
            return
        super().mousePressEvent(event)
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._press(event.pos())

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Qt: open."""
        if event is not None and self.indexAt(event.pos()).isValid() and not self._in_box(event.pos()):
            self._open()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Qt: another row is current."""
        super().currentChanged(current, previous)
        row = self._model.row(current.row()) if current.isValid() else None
        if row is not None and row.id != self._current_id:
            self._current_id = row.id
            self._tell_current()
        self.viewport_update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: give the stretching column what is left."""
        super().resizeEvent(event)
        self._size_columns()

    def _shape(self, scale: TypeScale) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        vertical = self.verticalHeader()
        assert vertical is not None
        vertical.hide()
        vertical.setDefaultSectionSize(scale.px(ROW_HEIGHT))
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _header(self) -> Header:
        header = self.horizontalHeader()
        assert isinstance(header, Header)
        return header

    def _size_columns(self) -> None:
        columns = self._model.columns
        lead = LEAD + PAD + (TICK if self.checkable else 0)
        widths = [
            self._chosen_widths.get(column.key, column.width + (lead if place == 0 else 0))
            for place, column in enumerate(columns)
        ]
        viewport = self.viewport()
        spare = (viewport.width() if viewport else 0) - sum(widths)
        stretching = next((place for place, column in enumerate(columns) if column.stretch), len(columns) - 1)
        if spare > 0 and widths:
            widths[stretching] += spare
        elif spare < 0 and widths:
            widths[stretching] = max(80, widths[stretching] + spare)
        self._sizing = True
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)
        self._sizing = False

    def _width_chosen(self, place: int, _before: int, width: int) -> None:
        if not self._sizing and width and place < len(self._model.columns):
            self._chosen_widths[self._model.columns[place].key] = width

    def _key(self, event: QKeyEvent) -> bool:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            if key == Qt.Key.Key_A and self.checkable and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self._tick_all()
                return True
            return False
        here = self.currentIndex().row()
        if key in _STEPS:
            self._step(here, _STEPS[Qt.Key(key)], extend=shift and self.checkable)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif key in (Qt.Key.Key_X, Qt.Key.Key_Space) and self.checkable:
            self._tick(here)
        elif key == Qt.Key.Key_Escape and self._ticked:
            self.clear_selection()
        elif key == Qt.Key.Key_Home:
            self._set_current(0)
        elif key == Qt.Key.Key_End:
            self._set_current(self._model.total - 1)
        elif event.text().upper() in self._keys and event.text():
            self._keys[event.text().upper()]()
        else:
            return False
        return True

    def _step(self, here: int, by: int, *, extend: bool) -> None:
        target = min(max(here + by, 0), self._model.total - 1)
        if extend and here >= 0:
            self._tick(here, on=True)
            self._tick(target, on=True)
        self._set_current(target)

    def _open(self) -> None:
        if self._current_id:
            for opened in self._opened:
                opened(self._current_id)

    def _set_current(self, row: int) -> None:
        if row < 0 or row >= self._model.total:
            if self._current_id and not self._model.total:
                self._current_id = ""
                self._tell_current()
            return
        index = self._model.index(row, self.first_visual())
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _find_current(self) -> None:
        """After rows have come: the current row is where its id is now; if it has gone, its neighbour takes over."""
        if not self._model.total:
            return
        if not self._current_id:
            self._set_current(0)
            return
        place = self._model.find(self._current_id)
        here = self.currentIndex().row()
        if place < 0:
            near = self._model.row(min(max(here, 0), self._model.total - 1))
            if near is None:
                return
            self._current_id = ""
            place = self._model.find(near.id)
        if place != here or not self._current_id:
            self.setCurrentIndex(QModelIndex())
            self.setCurrentIndex(self._model.index(place, self.first_visual()))

    def _press(self, point: QPoint) -> None:
        index = self.indexAt(point)
        row = self._model.row(index.row()) if index.isValid() else None
        if row is None:
            return
        column = self._model.columns[index.column()]
        cell = row.cells.get(column.key)
        if cell and cell.button and self._delegate.button_rect(self.visualRect(index), cell, column).contains(point):
            self._pressed(row.id, column.key)

    def _in_box(self, point: QPoint) -> bool:
        index = self.indexAt(point)
        if not index.isValid() or index.column() != self.first_visual():
            return False
        return point.x() - self.visualRect(index).left() < PAD + TICK - 6

    def _tick(self, index: int, on: bool | None = None) -> None:
        row = self._model.row(index)
        if row is None:
            return
        if on is None:
            on = row.id not in self._ticked
        if on:
            self._ticked[row.id] = None
        else:
            self._ticked.pop(row.id, None)
        self._anchor = index
        self._tell_selection()

    def _tick_range(self, index: int) -> None:
        start = self._anchor if self._anchor >= 0 else index
        for place in range(min(start, index), max(start, index) + 1):
            self._tick(place, on=True)

    def _tick_all(self) -> None:
        """All rows that are held; what was never looked at is not ticked unseen."""
        for place in range(self._model.total):
            row = self._model.row(place)
            if row is not None:
                self._ticked[row.id] = None
        self._tell_selection()

    def _tell_current(self) -> None:
        for changed in self._current_changed:
            changed(self._current_id)

    def _tell_selection(self) -> None:
        for changed in self._selection_changed:
            changed(self.selected())
        self.viewport_update()

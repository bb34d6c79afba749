"""Rows of a list that is read page by page: only what was looked at is held."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer

from workloom.api.ui import Column, Row
from workloom.shell.kit.labels import plain_tooltip
from workloom.shell.kit.table_pages import Fetch, Pages, Request

PAGE = 50
"""Rows of one request: as many as two screens show, so that no answer holds the window up."""

_SHOWN = frozenset((Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole))


class PagedModel(QAbstractTableModel):
    """Asks for a page when a row of it is needed, and answers with empty cells until it has come.

    `taken(rows)` is called after an answer has been put in place.
    """

    def __init__(self, parent: QObject, columns: Sequence[Column], taken: Callable[[Sequence[Row]], None]) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.total = 0
        self.sort_key, self.descending = "", True
        self.places: dict[str, int] = {}
        """Where rows stand that are not held, as was last seen or the owner last said."""

        self.is_taking = False
        """While an answer is put in place, Qt's current index may move by itself; nobody chose that."""

        self._taken = taken
        self._fetch: Fetch = lambda _request: None
        self._pages = Pages(PAGE, self.places)
        self._find: tuple[str, ...] = ()
        self._wanted: dict[int, None] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._ask)

    def on_fetch(self, fetch: Fetch) -> None:
        """Whom to ask for pages."""
        self._fetch = fetch

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return bool(self._wanted) or self._pages.is_asked()

    @property
    def holds_all(self) -> bool:
        """Whether every row of the list is here as it was last read."""
        return self._pages.fresh_rows() == self.total

    def row(self, index: int) -> Row | None:
        """A row, None while it has not come."""
        return self._pages.row(index)

    def page(self, page: int) -> Sequence[Row] | None:
        """The rows of a page, None while it has not come."""
        return self._pages.page(page)

    def held(self) -> Iterable[Row]:
        """All rows that are here."""
        return self._pages.rows()

    def find(self, row_id: str) -> int:
        """Where a row stands, as far as is known; -1 = not known."""
        place = self._pages.find(row_id)
        return place if place >= 0 else self.places.get(row_id, -1)

    def held_places(self) -> Mapping[str, int]:
        """Where the rows that are here stand, by id."""
        return self._pages.places()

    def take(self, request: Request, rows: Sequence[Row], total: int, places: Mapping[str, int] | None) -> None:
        """Put an answer in place. The number of rows grows or shrinks at the end only."""
        self.is_taking = True
        self._set_total(total)
        self.is_taking = False
        if self._pages.put(request, rows):
            self.want(request.offset // PAGE)
        self.places.update(places or {})
        if rows:
            first = self.index(request.offset, 0)
            last = self.index(min(request.offset + len(rows), self.total) - 1, len(self.columns) - 1)
            self.dataChanged.emit(first, last)
        self._taken(rows)

    def renew(self, rows: Iterable[Row]) -> None:
        """Rows that are here are said anew: only cells that changed are drawn."""
        for row in rows:
            before = self.row(self._pages.find(row.id))
            if before is None or before == row:
                continue
            place = self._pages.replace(row)
            for number, column in enumerate(self.columns):
                if before.cells.get(column.key) != row.cells.get(column.key):
                    cell = self.index(place, number)
                    self.dataChanged.emit(cell, cell)

    def refresh(self, places: Iterable[int]) -> None:
        """Ask again for the pages of these places; what is held stays on show until the answer comes."""
        self.places.clear()
        self._pages.all_stale()
        self.want(0)
        for place in places:
            self.want(place // PAGE)

    def reset(self, find: tuple[str, ...] = ()) -> None:
        """Forget all and ask for the first page, and where the rows `find` stand."""
        self.beginResetModel()
        self._pages.clear()
        self._wanted.clear()
        self.places.clear()
        self.total = 0
        self.endResetModel()
        self._find = find
        self.want(0)

    def locate(self, find: tuple[str, ...], near: int) -> None:
        """Ask where rows stand, and again for the page around `near`."""
        self._find = find
        self._pages.ask_again(near // PAGE)
        self.want(near // PAGE)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def want(self, page: int) -> None:
        """A page is needed soon: it is asked for when Qt has done what it is at."""
        if not self._pages.is_asked(page):
            self._wanted[page] = None
            self._later.start()

    def touch(self, index: int) -> None:
        """A row is looked at: its page is needed, unless it is here and fresh."""
        page = index // PAGE
        if self._pages.is_needed(page):
            self.want(page)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: rows of the whole list."""
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a cell says; the delegate draws from the row itself."""
        if role not in _SHOWN:
            return None
        row = self.row(index.row())
        cell = row.cells.get(self.columns[index.column()].key) if row is not None else None
        if cell is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(cell.tooltip or cell.text)
        return cell.text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title if section < len(self.columns) else ""
        return None

    def _set_total(self, total: int) -> None:
        if total > self.total:
            self.beginInsertRows(QModelIndex(), self.total, total - 1)
            self.total = total
            self.endInsertRows()
        elif total < self.total:
            self.beginRemoveRows(QModelIndex(), total, self.total - 1)
            self.total = total
            self._pages.cut(total)
            self.endRemoveRows()

    def _ask(self) -> None:
        wanted, self._wanted = list(self._wanted), {}
        for page in wanted:
            if not self._pages.is_asked(page):
                find, self._find = self._find, ()
                order = (self.sort_key, self.descending)
                request = Request(page * PAGE, PAGE, *order, find, pages=self._pages, take=self.take)
                self._pages.asked(request)
                self._fetch(request)

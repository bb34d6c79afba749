"""Rows of a list that is read page by page: only what was looked at is held."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer

from workloom.api.ui import Column, Row
from workloom.shell.kit.labels import plain_tooltip

PAGE = 100
KEEP_PAGES = 40
"""Pages held at once; those looked at longest ago are forgotten."""

Fetch = Callable[[int, int, str, bool], None]


class PagedModel(QAbstractTableModel):
    """Asks for a page when a row of it is needed, and answers with empty cells until it has come."""

    def __init__(self, parent: QObject, columns: Sequence[Column]) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.total = 0
        self.sort_key, self.descending = "", True
        self._fetch: Fetch = lambda _offset, _limit, _sort, _descending: None
        self._pages: dict[int, tuple[Row, ...]] = {}
        self._asked: set[int] = set()
        self._stale: set[int] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._ask)
        self._wanted: dict[int, None] = {}

    def on_fetch(self, fetch: Fetch) -> None:
        """Whom to ask for pages."""
        self._fetch = fetch

    def row(self, index: int) -> Row | None:
        """A row, None while it has not come."""
        page = self._pages.get(index // PAGE)
        place = index % PAGE
        return page[place] if page is not None and place < len(page) else None

    def find(self, row_id: str) -> int:
        """Where a row stands among those that are held, -1 = not held."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row.id == row_id:
                    return page * PAGE + place
        return -1

    def places(self) -> dict[str, int]:
        """Where the rows that are held stand, by id."""
        return {row.id: page * PAGE + place for page, rows in self._pages.items() for place, row in enumerate(rows)}

    def set_page(self, offset: int, rows: Sequence[Row], total: int) -> None:
        """Take rows that were asked for. The number of rows grows or shrinks at the end only."""
        page = offset // PAGE
        self._asked.discard(page)
        self._stale.discard(page)
        self._set_total(total)
        self._pages.pop(page, None)
        self._pages[page] = tuple(rows)
        while len(self._pages) > KEEP_PAGES:
            self._pages.pop(next(iter(self._pages)))
        if rows:
            first = self.index(offset, 0)
            last = self.index(min(offset + len(rows), self.total) - 1, len(self.columns) - 1)
            self.dataChanged.emit(first, last)

    def refresh(self) -> None:
        """Ask again for what is held; it stays on show until the answer comes."""
        self._stale = set(self._pages)
        self._asked.clear()
        self.want(0)
        visible = list(self._pages)[-3:]
        for page in visible:
            self.want(page)

    def reset(self) -> None:
        """Forget all and ask for the first page."""
        self.beginResetModel()
        self._pages.clear()
        self._asked.clear()
        self._stale.clear()
        self.total = 0
        self.endResetModel()
        self.want(0)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def want(self, page: int) -> None:
        """A page is needed soon: it is asked for when Qt has done what it is at."""
        if page not in self._asked:
            self._wanted[page] = None
            self._later.start()

    def touch(self, index: int) -> None:
        """A row is looked at: its page is needed, unless it is here and fresh."""
        page = index // PAGE
        if page not in self._pages or page in self._stale:
            self.want(page)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: rows of the whole list."""
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a cell says; the delegate draws from the row itself."""
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
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
            self._pages = {page: rows for page, rows in self._pages.items() if page * PAGE < total}
            self.endRemoveRows()

    def _ask(self) -> None:
        wanted, self._wanted = list(self._wanted), {}
        for page in wanted:
            if page not in self._asked:
                self._asked.add(page)
                self._fetch(page * PAGE, PAGE, self.sort_key, self.descending)

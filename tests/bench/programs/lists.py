"""A long workbin list that is opened and scrolled to its end, and a bare table of the same rows: `… DATA ROWS`.

Says the longest time, in milliseconds, for which the UI thread did not come back to its events.
"""

import json
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QAbstractItemView, QTableView

from tests.bench.programs.logged_in import LoggedIn
from tests.bench.programs.stock import USER
from workloom.testing.desktop.person import Person

STEP = 50
"""Rows that one step of scrolling goes on."""

Cells = list[tuple[str, ...]]


class Stall(QObject):
    """A timer that wants to be called each millisecond, and the longest it was not."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def during(self, work: Callable[[], None]) -> float:
        """The longest stall, in milliseconds, while the work is done."""
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start(1)
        work()
        self._timer.stop()
        return self.longest * 1000

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def scroll(person: Person, table: QTableView, rows: int, is_here: Callable[[int], bool]) -> None:
    """Go through the whole list, waiting each time for the rows."""
    for row in range(0, rows, STEP):
        model = table.model()
        assert model is not None
        table.scrollTo(model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        person.until(f"row {row}", lambda row=row: is_here(row))  # type: ignore[misc]


def ours(at: LoggedIn, rows: int) -> None:
    """Open the view for the first time, let it load, go through it."""
    from workloom.shell.kit.table import Table

    at.desk.views.show_number(0)
    tables: list[Table] = []

    def loaded() -> bool:
        tables[:] = [table for table in at.person.window.findChildren(Table) if table.isVisible()]
        return bool(tables) and _rows(tables[0]) == rows

    at.person.until("the list", loaded)
    scroll(at.person, tables[0], rows, lambda row: tables[0].row_at(row) is not None)


def _rows(table: QTableView) -> int:
    model = table.model()
    return model.rowCount() if model is not None else 0


class BareModel(QAbstractTableModel):
    """Rows that are all there."""

    def __init__(self, cells: Cells) -> None:
        super().__init__()
        self._cells = cells

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: rows."""
        return len(self._cells)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt: columns."""
        return len(self._cells[0]) if self._cells else 0

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a cell says."""
        return self._cells[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class Bare(QObject):
    """Reads the same rows in a thread by bare sqlite3 and shows them in a bare table."""

    read = pyqtSignal(object)

    def __init__(self, data: Path, rows: int) -> None:
        super().__init__()
        self._data, self._rows = data, rows
        self._table = QTableView()
        self._table.resize(900, 800)
        self._table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.read.connect(self._show)

    def load(self, person: Person) -> None:
        """Show the table and go through it."""
        threading.Thread(target=self._read).start()
        self._table.show()
        person.until("the bare list", lambda: _rows(self._table) == self._rows)
        scroll(person, self._table, self._rows, lambda _row: True)
        self._table.close()

    def _read(self) -> None:
        connection = sqlite3.connect(self._data / "workloom.db")
        columns = "id, subject, received_at, due_at, priority"
        found = connection.execute(f"SELECT {columns} FROM interaction ORDER BY received_at DESC")  # noqa: S608 - no input
        self.read.emit([tuple(map(str, row)) for row in found])
        connection.close()

    def _show(self, cells: Cells) -> None:
        self._model = BareModel(cells)
        self._table.setModel(self._model)


def main(data: Path, rows: int) -> None:
    """Measure one of each."""
    at, stall = LoggedIn(data, USER), Stall()
    said = {"ours": stall.during(lambda: ours(at, rows))}
    bare = Bare(data, rows)
    said["bare"] = stall.during(lambda: bare.load(at.person))
    print(json.dumps(said), flush=True)
    at.desktop.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""A list whose owner answers when a test says so, as one that asks a service off the thread."""

from collections.abc import Callable

from PyQt6.QtCore import QEventLoop, Qt, QTimer
from PyQt6.QtWidgets import QTableView

from tests.shell.kit.keys import press
from tests.shell.kit.samples import answer, item_row
from workloom.api.ui import PageRequest, Row, Table

TOTAL = 10_000


class Listing:
    """A table whose owner answers when it is told to, as one that asks a service off the thread."""

    def __init__(self, table: Table, total: int) -> None:
        self.table = table
        self.rows: list[Row] = [item_row(place) for place in range(total)] if total < TOTAL else []
        self.total = total
        self.asked: list[PageRequest] = []
        self.open: list[PageRequest] = []
        table.on_fetch(self._fetch)

    @property
    def view(self) -> QTableView:
        """The Qt view."""
        made = self.table.widget
        found = made if isinstance(made, QTableView) else made.findChild(QTableView)
        assert found is not None
        return found

    @property
    def top(self) -> int:
        """Where the current row stands on screen, in pixels."""
        return self.view.visualRect(self.view.currentIndex()).top()

    def change(self, rows: list[Row]) -> None:
        """The list is another one from now on."""
        self.rows, self.total = rows, len(rows)

    def answer(self) -> None:
        """Answer all that was asked until nothing more is."""
        for _ in range(10):
            _let_ask()
            asked, self.open = self.open, []
            for request in asked:
                self.answer_to(request)
            if not asked:
                return

    def answer_to(self, request: PageRequest) -> None:
        """Answer one request with what the list is now."""
        offset, limit = request.offset, request.limit
        rows = self.rows[offset : offset + limit] if self.rows else answer(offset, limit, self.total)
        ids = [row.id for row in self.rows]
        places = {row: ids.index(row) for row in request.find if row in ids}
        request.answer(rows, self.total, places)

    def press(self, *keys: Qt.Key, shift: bool = False, ctrl: bool = False) -> None:
        """Press keys in the list."""
        held = Qt.KeyboardModifier.NoModifier
        held |= Qt.KeyboardModifier.ShiftModifier if shift else held
        held |= Qt.KeyboardModifier.ControlModifier if ctrl else held
        for key in keys:
            press(self.view, key, held)

    def _fetch(self, request: PageRequest) -> None:
        self.asked.append(request)
        self.open.append(request)


def _let_ask() -> None:
    """Until the list has asked for what it needs: its timer runs out before this one, which is younger."""
    loop, timer = QEventLoop(), QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(0)
    loop.exec()


MakeListing = Callable[..., Listing]

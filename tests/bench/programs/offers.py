"""Offers to an agent in a real window, and bare windows shown by a signal, in turn: `… DATA COUNT`.

Says how many milliseconds passed each time from the commit (of the dispatcher that decided the offer; of a bare
transaction) until the toast (the bare window) was painted.
"""

import json
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from PyQt6.QtCore import QEventLoop, QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QLabel

from tests.bench.programs.logged_in import LoggedIn, demo_without_work
from workloom.domain.commands import Accept, MarkDone, SetDisposition
from workloom.domain.interaction import Interaction, WorkItemAttributes
from workloom.shell.offers.toast import Toast

USER = "tomasz"
PATIENCE_MS = 10_000
PAUSE_MS = 20
"""Between two offers, so that what the one before left to do is done."""


class Awaited:
    """The event loop of Qt, run until something was painted; remembers when."""

    def __init__(self) -> None:
        self._at = 0.0
        self._loop: QEventLoop | None = None

    def wait(self) -> float:
        """Let Qt run until then; monotonic seconds."""
        self._at, self._loop = 0.0, QEventLoop()
        patience = QTimer()
        patience.timeout.connect(self._loop.quit)
        patience.start(PATIENCE_MS)
        self._loop.exec()
        assert self._at, "nothing was painted"
        return self._at

    def painted(self) -> None:
        """Something is being painted: it is there when Qt comes back."""
        if not self._at:
            QTimer.singleShot(0, self._end)

    def _end(self) -> None:
        self._at = self._at or time.monotonic()
        if self._loop is not None:
            self._loop.quit()


class Ours:
    """One agent at a desktop with all plugins, and the engine behind it."""

    def __init__(self, data: Path, awaited: Awaited) -> None:
        demo_without_work(data).stop()
        self._awaited = awaited
        self._offered_at = 0.0
        self._submitting = ThreadPoolExecutor(1)
        self._watch_toasts()
        self.at = LoggedIn(data, USER)
        self._engine, self._session = self.at.engine, self.at.desk.session
        self._engine.store.on_commit(self._committed)

    def offer(self, number: int) -> float:
        """Submit an item, wait for its toast, and finish it; milliseconds from the commit of the offer."""
        self._submitting.submit(self._submit, number).result()
        painted = self._awaited.wait()
        taken = (painted - self._offered_at) * 1000
        session = self._session
        (shown,) = session.known.offers
        item = shown.row.item
        session.execute(Accept(item=item.id, ticket=shown.offer.ticket))
        session.execute(SetDisposition(item=item.id, value="solved"))
        session.execute(MarkDone(item=item.id))
        self.at.person.until("the end of the item", lambda: not (session.known.offers or session.known.open_rows))
        return taken

    def _submit(self, number: int) -> None:
        now = datetime.now(UTC)
        with self._engine.store.transaction() as transaction:
            transaction.items.insert(
                Interaction(
                    id=f"bench-{number}",
                    tenant=self._engine.configuration.site().tenant,
                    media_type="incident",
                    queue="servicedesk",
                    received_at=now,
                    submitted_at=now,
                    placed_at=now,
                    queue_since={"servicedesk": now},
                    attached={
                        "Subject": f"Printing, paper jam {number}",
                        "Category": "Printing",
                        "Impact": "2 - Medium",
                    },
                    attributes=WorkItemAttributes(category="Printing"),
                )
            )
        self._engine.wake.ring()

    def _committed(self) -> None:
        if threading.current_thread().name == "dispatcher":
            self._offered_at = time.monotonic()

    def _watch_toasts(self) -> None:
        paint, awaited = Toast.paintEvent, self._awaited

        def watched(toast: Toast, event: QPaintEvent | None) -> None:
            paint(toast, event)
            awaited.painted()

        Toast.paintEvent = watched  # type: ignore[assignment, method-assign]  # it is watched from outside


class BareToast(QLabel):
    """A window of a toast's kind and size."""

    def __init__(self, painted: Callable[[], None]) -> None:
        super().__init__("An item is offered")
        self.setWindowFlags(Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(420, 240)
        self._painted = painted

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: draw."""
        super().paintEvent(event)
        self._painted()


class Bare(QObject):
    """A bare durable transaction in a thread, a queued signal, a bare window."""

    committed = pyqtSignal()

    def __init__(self, file: Path, awaited: Awaited) -> None:
        super().__init__()
        self._awaited = awaited
        self._at = 0.0
        self._writing = ThreadPoolExecutor(1)
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE offer (item INTEGER PRIMARY KEY, agent TEXT)")
        self._toast: BareToast | None = None
        self.committed.connect(self._show, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]

    def offer(self, number: int) -> float:
        """Milliseconds from the commit to the painted window."""
        self._writing.submit(self._write, number)
        painted = self._awaited.wait()
        if self._toast is not None:
            self._toast.close()
        return (painted - self._at) * 1000

    def _write(self, number: int) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO offer VALUES (?, ?)", (number, USER))
        self._connection.execute("COMMIT")
        self._at = time.monotonic()
        self.committed.emit()

    def _show(self) -> None:
        self._toast = BareToast(self._awaited.painted)
        self._toast.show()


def main(data: Path, count: int) -> None:
    """Measure `count` of each."""
    awaited = Awaited()
    ours = Ours(data, awaited)
    bare = Bare(data / "bare.db", awaited)
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(count):
        for name, side in (("ours", ours.offer), ("bare", bare.offer)):
            ours.at.person.let_work(PAUSE_MS / 1000)
            taken[name].append(side(number))
    print(json.dumps(taken), flush=True)
    ours.at.desktop.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

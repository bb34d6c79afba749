"""Work off the UI thread: a read or a change runs in the background, and its answer comes back by a queued signal.

Nothing comes back to whom has gone: a plugin that stopped, an agent who logged off.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore, Thread, current_thread
from time import monotonic
from typing import Any, Generic, TypeVar

from PyQt6.QtCore import QObject, Qt, pyqtSignal

from workloom.domain.errors import WorkloomError
from workloom.shell.words import say, say_error

Result = TypeVar("Result")
log = logging.getLogger(__name__)

READERS = 4
"""Reads at the same time, over all agents of the process."""
READS_OF_A_PLUGIN = 4
"""Reads of one plugin at the same time."""
LAST_READS = 2.0
"""Seconds for which the end of the process waits for reads of plugins; some never come back."""


class Unexpected(WorkloomError):
    """Something failed that nobody foresaw. The cause is in `__cause__` and in the log."""


class Contained(WorkloomError):
    """A plugin failed in the background. Its guard has told of it already."""


def attempt(function: Callable[[], Result]) -> Result:
    """Call a function in the background: what it refuses is said in the language in force, and what it raises that
    nobody foresaw becomes `Unexpected`.
    """
    try:
        return function()
    except WorkloomError as error:
        say_error(error)
        raise
    except Exception as error:  # the background operation: what fails here must reach the agent
        log.exception("A background operation failed")
        message = say("Something failed that was not foreseen: {name}. The log has more.", name=type(error).__name__)
        raise Unexpected(message) from error


class Mailbox(QObject):
    """Lets any thread have a function called on the UI thread, in the order in which they were posted."""

    _posted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]  # the stub forgets it
        self._open = True

    def post(self, function: Callable[[], None]) -> None:
        """Call `function` on the UI thread, after what was posted before."""
        if self._open:
            self._posted.emit(function)

    def close(self) -> None:
        """Drop what comes from now on."""
        self._open = False

    def _call(self, function: Callable[[], None]) -> None:
        if self._open:
            function()


class Read(Generic[Result]):
    """Something to be found out. `alive` is asked on the UI thread before the answer is handed over."""

    def __init__(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[WorkloomError], None],
        alive: Callable[[], bool] = lambda: True,
    ) -> None:
        self._function = function
        self._then = then
        self._failed = failed
        self._alive = alive

    def run(self, mailbox: Mailbox) -> None:
        """In the background: do the work and post its answer."""
        try:
            result = attempt(self._function)
        except WorkloomError as error:
            refused = error
            self._answer(mailbox, lambda: self._failed(refused))
        else:
            self._answer(mailbox, lambda: self._then(result))

    def _answer(self, mailbox: Mailbox, answer: Callable[[], None]) -> None:
        mailbox.post(lambda: answer() if self._alive() else None)


class Operations:
    """Carries reads off the UI thread. One for the process; for changes each agent has a lane of its own."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._of_plugins: set[Thread] = set()
        self._closed = False

    def start(self, operation: Read[Any]) -> None:
        """Run a read soon."""
        self._readers.submit(operation.run, self.mailbox)

    def start_in(self, slots: Semaphore, operation: Read[Any]) -> None:
        """Run a read as soon as one of the slots is free. What never ends takes no place but these."""
        thread = Thread(target=self._run_in, args=(slots, operation), name="read of a plugin", daemon=True)
        self._of_plugins.add(thread)
        thread.start()

    def _run_in(self, slots: Semaphore, operation: Read[Any]) -> None:
        with slots:
            if not self._closed:
                operation.run(self.mailbox)
        self._of_plugins.discard(current_thread())

    def apart(self, operation: Read[Any]) -> None:
        """Run a read in a thread of its own, which takes nobody's place if it never ends."""
        Thread(target=operation.run, args=(self.mailbox,), name="apart", daemon=True).start()

    def close(self) -> None:
        """Finish what runs, drop what waits; nothing comes back any more. Reads of plugins get `LAST_READS`."""
        self._closed = True
        self.mailbox.close()
        self._readers.shutdown(wait=True, cancel_futures=True)
        until = monotonic() + LAST_READS
        for thread in list(self._of_plugins):
            thread.join(max(0.0, until - monotonic()))
        self._of_plugins.clear()

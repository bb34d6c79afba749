"""Work off the UI thread: a read or a change runs in the background, and its answer comes back by a queued signal.

Nothing comes back to whom has gone: a plugin that stopped, an agent who logged off.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from PyQt6.QtCore import QObject, Qt, pyqtSignal

from workloom.domain.errors import WorkloomError

Result = TypeVar("Result")
log = logging.getLogger(__name__)

READERS = 4
"""Reads at the same time, over all agents of the process."""


class Unexpected(WorkloomError):
    """Something failed that nobody foresaw. The cause is in `__cause__` and in the log."""


class Contained(WorkloomError):
    """A plugin failed in the background. Its guard has told of it already."""


def attempt(function: Callable[[], Result]) -> Result:
    """Call a function in the background: what it raises that nobody foresaw becomes `Unexpected`."""
    try:
        return function()
    except WorkloomError:
        raise
    except Exception as error:  # the background operation: what fails here must reach the agent
        log.exception("A background operation failed")
        message = f"Something failed that was not foreseen: {type(error).__name__}. The log has more."
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
        answer: Callable[[], None]
        try:
            result = attempt(self._function)
        except WorkloomError as error:
            refused = error
            answer = lambda: self._failed(refused)  # noqa: E731  # two answers of one shape
        else:
            answer = lambda: self._then(result)  # noqa: E731
        mailbox.post(lambda: answer() if self._alive() else None)


class Change(Read[Result]):
    """Something to be changed. Changes of one agent run one after the other, in the order in which they were asked."""


class Operations:
    """Carries reads and changes off the UI thread. One for the process; each agent has a lane of changes."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")

    def start(self, operation: Read[Any]) -> None:
        """Run a read soon."""
        self._readers.submit(operation.run, self.mailbox)

    def lane(self) -> "Lane":
        """A lane for the changes of one agent."""
        return Lane(self.mailbox)

    def close(self) -> None:
        """Finish what runs, drop what waits; nothing comes back any more."""
        self.mailbox.close()
        self._readers.shutdown(wait=True, cancel_futures=True)


class Lane:
    """Runs changes one after the other."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._closed = False
        self._worker: Executor = ThreadPoolExecutor(1, thread_name_prefix="change")

    def start(self, operation: Change[Any]) -> None:
        """Run a change after those before it; after `close` nothing is run: the agent has gone."""
        if not self._closed:
            self._worker.submit(operation.run, self._mailbox)

    def close(self) -> None:
        """Finish what was asked; take nothing more."""
        self._closed = True
        self._worker.shutdown(wait=False)

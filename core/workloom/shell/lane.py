"""The lane of one agent's changes: one after the other, in the order in which they were asked.

While the service cannot be asked, the change at the head waits, and the others behind it. It is tried again under the
same key, so that one whose outcome is not known is not carried out twice.
"""

import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from workloom.domain.errors import Disconnected, SessionEnded, WorkloomError
from workloom.shell.kept_changes import KeptChange
from workloom.shell.operations import Mailbox, Read, Result, attempt
from workloom.shell.words import say

TRY_AGAIN: Final = 2.0
"""Seconds after which the change at the head is tried again by itself."""


class Withdrawn(WorkloomError):
    """The agent has taken back what waited for the service."""


class Change(Read[Result]):
    """Something to be changed. `what` and `about` name it while it waits, such as `Done` and the item's subject.

    `waits`: without the service it waits; otherwise it fails at once. `sent`: it may have arrived, though its answer
    did not: it cannot be withdrawn any more. `kept`: what is kept of it on the disk while it waits.
    """

    def __init__(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[WorkloomError], None],
        alive: Callable[[], bool] = lambda: True,
        *,
        what: str = "",
        about: str = "",
        waits: bool = True,
        kept: KeptChange | None = None,
    ) -> None:
        super().__init__(function, then, failed, alive)
        self.what, self.about, self.waits, self.kept = what, about, waits, kept
        self.sent = False

    def try_once(self, mailbox: Mailbox) -> bool:
        """Do it and post its answer; False if it has to wait for the service. SessionEnded: it will never be done."""
        try:
            result = attempt(self._function)
        except SessionEnded as error:
            if self.waits:
                raise
            self.fail(mailbox, error)
        except Disconnected as error:
            self.sent = self.sent or error.may_have_arrived
            if self.waits:
                return False
            self.fail(mailbox, error)
        except WorkloomError as error:
            self.fail(mailbox, error)
        else:
            self._answer(mailbox, lambda: self._then(result))
        return True

    def fail(self, mailbox: Mailbox, error: WorkloomError) -> None:
        """Post that it did not happen."""
        self._answer(mailbox, lambda: self._failed(error))


class Lane:
    """Any thread may ask. On the UI thread are called `changed` when the changes that wait are others, and `ended` when
    the session is over: the changes that were not carried out then are those that wait.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        changed: Callable[[], None] = lambda: None,
        ended: Callable[[SessionEnded], None] = lambda _error: None,
    ) -> None:
        self._mailbox, self._changed, self._ended = mailbox, changed, ended
        self._asked: deque[Change[Any]] = deque()
        self._news = threading.Condition()
        self._held = self._closed = self._again = False
        self._trying: Change[Any] | None = None
        self._thread: threading.Thread | None = None

    def start(self, change: Change[Any]) -> None:
        """Make a change after those before it; after `close` nothing is taken: the agent has gone."""
        with self._news:
            if self._closed:
                return
            if self._held and not change.waits:
                away = Disconnected(say("The connection to the service is away. Try again when it is back."))
                change.fail(self._mailbox, away)
                return
            self._asked.append(change)
            self._news.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="changes", daemon=True)
                self._thread.start()
            held = self._held
        if held:
            self._tell()

    def waiting(self) -> tuple[Change[Any], ...]:
        """The changes that wait for the service, in their order; none while it answers."""
        with self._news:
            return tuple(self._asked) if self._held else ()

    def withdraw(self, change: Change[Any]) -> bool:
        """Take back a change that waits and was not sent; whether it was."""
        with self._news:
            if not self._held or change.sent or change is self._trying or change not in self._asked:
                return False
            self._asked.remove(change)
            self._news.notify()
        change.fail(
            self._mailbox, Withdrawn(say("{change}: you have withdrawn it.", change=change.what or say("The change")))
        )
        self._tell()
        return True

    def resume(self) -> None:
        """The service may be asked again."""
        with self._news:
            self._again = True
            self._news.notify()

    def close(self) -> None:
        """Take nothing more. What was asked is done while the service answers, and dropped when it does not."""
        with self._news:
            self._closed = True
            self._news.notify()

    def join(self, timeout: float) -> None:
        """Wait, after `close`, until all is done."""
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout)

    def _run(self) -> None:
        while (change := self._next()) is not None:
            try:
                done = change.try_once(self._mailbox)
            except SessionEnded as error:
                self._stop(error)
                return
            with self._news:
                told = self._held or not done
                self._held, self._trying = not done, None
                if done:
                    self._asked.popleft()
            if told:
                self._tell()
            del change  # or what asked for it would be kept until the next one comes

    def _stop(self, error: SessionEnded) -> None:
        """Nothing more will be carried out."""
        with self._news:
            self._held, self._closed, self._trying = True, True, None
        self._mailbox.post(partial(self._ended, error))

    def _next(self) -> Change[Any] | None:
        """The change at the head as soon as it may be tried; None = there is nothing more to come."""
        with self._news:
            if self._held and not self._closed:
                self._news.wait_for(lambda: self._again or self._closed, TRY_AGAIN)
            self._again = False
            if self._held and self._closed:
                return None
            if not self._asked and self._held:  # all were withdrawn
                self._held = False
            self._news.wait_for(lambda: self._asked or self._closed)
            self._trying = self._asked[0] if self._asked else None
            return self._trying

    def _tell(self) -> None:
        self._mailbox.post(self._changed)

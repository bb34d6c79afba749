"""One logged-in agent in this process: the services, what is known, and who wants to hear of events."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from threading import Semaphore
from typing import Any, TypeVar
from uuid import uuid4

from PyQt6.QtCore import QObject, pyqtSignal

from workloom.api.context import Changed
from workloom.api.gates import Attempt, GatedCommand
from workloom.api.services import Services
from workloom.domain.commands import Accept, Command, Reject
from workloom.domain.errors import CalledOff, SessionEnded, WorkloomError
from workloom.domain.events import Event
from workloom.domain.interaction import Interaction
from workloom.domain.presence import Presence, Session
from workloom.shell.gates.carrying import Start, carry_out, do_if_let
from workloom.shell.gates.passing import Keeper, Open
from workloom.shell.kept_changes import SENT_WITHIN, Carrying, KeptChange, KeptChanges
from workloom.shell.knowledge import Knowledge, ShownOffer
from workloom.shell.lane import Change, Lane, Withdrawn
from workloom.shell.operations import Contained, Operations, Read
from workloom.shell.ports import PersonDrafts
from workloom.shell.waiting_words import about_of, state_of, what_of

Result = TypeVar("Result")
Failed = Callable[[WorkloomError], None]


class AgentSession(QObject):
    """What is shared by all that an agent's window holds. On the UI thread, but for `on_*`."""

    started = pyqtSignal()
    changed = pyqtSignal(object)  # the Knowledge before
    happened = pyqtSignal(object)  # each Event, after `changed`
    trouble = pyqtSignal(object)  # WorkloomError, or None when it is over
    ended = pyqtSignal(str)  # why
    refused = pyqtSignal(object)  # a WorkloomError that nobody handles
    queued = pyqtSignal()  # the changes that wait for the service are others

    def __init__(
        self,
        services: Services,
        drafts: PersonDrafts,
        operations: Operations,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.services = services
        self.drafts = drafts
        self.kept = KeptChanges(drafts)
        self.now = now
        self._operations = operations
        self._lane = Lane(operations.mailbox, self._queue_changed, lambda error: self._end(str(error)))
        self._known: Knowledge | None = None
        self.alive = True
        self.gates: Keeper = Open()
        self.heard_at = time.monotonic()  # when the service has last heard of this desktop

    @property
    def known(self) -> Knowledge:
        """How things stood at the last turn."""
        assert self._known is not None, "the session has not started"
        return self._known

    @property
    def has_started(self) -> bool:
        """Whether the first turn has come."""
        return self._known is not None

    def on_turn(self, events: tuple[Event, ...], known: Knowledge) -> None:
        """From the pump's thread."""
        self._operations.mailbox.post(partial(self._take, events, known))

    def on_alive(self, at: float) -> None:
        """From the pump's thread."""
        self.heard_at = at

    def on_trouble(self, error: WorkloomError | None) -> None:
        """From the pump's thread."""
        if error is None:
            self._lane.resume()
        self._operations.mailbox.post(lambda: self.trouble.emit(error) if self.alive else None)

    def on_ended(self, error: SessionEnded) -> None:
        """From the pump's thread."""
        self._operations.mailbox.post(lambda: self._end(str(error)))

    def read(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Failed | None = None,
        alive: Callable[[], bool] | None = None,
    ) -> None:
        """Run `function` in the background and `then` with its result on the UI thread."""
        self._operations.start(Read(function, then, failed or self.refuse, self._living(alive)))

    def read_in(
        self,
        slots: Semaphore,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Failed | None,
        alive: Callable[[], bool],
    ) -> None:
        """Like `read`, where it takes no place but the slots: a plugin's own, which it may block."""
        self._operations.start_in(slots, Read(function, then, failed or self.refuse, self._living(alive)))

    def change(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Failed | None = None,
        alive: Callable[[], bool] | None = None,
        *,
        what: str = "",
        about: str = "",
        waits: bool = True,
    ) -> None:
        """Like `read`, after the changes that were asked before; see `lane.Change`."""
        living, kept = self._living(alive), None
        if isinstance(function, Carrying):
            kept = KeptChange(what=what, about=about, at=self.now(), steps=function.steps)
        self._lane.start(
            Change(function, then, failed or self.refuse, living, what=what, about=about, waits=waits, kept=kept)
        )

    def send_kept(self) -> tuple[Sequence[KeptChange], Sequence[KeptChange]]:
        """Send what an earlier desktop of this person could not: what is sent, and what is too old for it."""
        left, since = self.kept.unsent, self.now() - SENT_WITHIN
        sent = [change for change in left if change.at >= since]
        old = [change for change in left if change.at < since]
        for change in old:
            self.kept.answered(change)
        for change in sent:
            self._send(change)
        return sent, old

    def _send(self, change: KeptChange) -> None:
        def came(_item: Interaction) -> None:
            self.kept.answered(change)

        def failed(error: WorkloomError) -> None:
            if not isinstance(error, SessionEnded):
                self.kept.answered(change)
            self.refuse(error)

        self.change(Carrying(self.services, change.steps), came, failed, what=change.what, about=change.about)

    def waiting(self) -> tuple[Change[Any], ...]:
        """Changes that wait for the service, in their order."""
        return self._lane.waiting()

    def withdraw(self, change: Change[Any]) -> bool:
        """Take back a change that waits; False if it may have arrived already."""
        return self._lane.withdraw(change)

    def apart(self, function: Callable[[], Result], then: Callable[[Result], None], failed: Failed) -> None:
        """Like `read`, in a thread of its own: it may take long, or never come back."""
        self._operations.apart(Read(function, then, failed, self._living(None)))

    def execute(
        self,
        command: Command,
        then: Callable[[Interaction], None] | None = None,
        failed: Failed | None = None,
        alive: Callable[[], bool] | None = None,
    ) -> None:
        """Carry out a command under a key of its own, when the gates let it pass."""

        def answered(answers: Sequence[Changed]) -> None:
            item, error = answers[0].item, answers[0].error
            if error is not None:
                (failed or self.refuse)(error)
            elif then is not None and item is not None:
                then(item)

        self.execute_all((command,), answered, alive)

    def execute_all(
        self,
        commands: Sequence[Command],
        then: Callable[[Sequence[Changed]], None],
        alive: Callable[[], bool] | None = None,
    ) -> None:
        """Carry out those commands that the gates let pass; `then` gets one answer for each."""

        def answered(answers: Sequence[Changed]) -> None:
            if self._living(alive)():
                then(answers)

        def start(command: Command) -> Start:
            about = about_of(command, self.known) if self.has_started else ""
            return partial(self.change, what=what_of(command), about=about)

        carry_out(self.gates, self.services, commands, start, answered)

    def accept(self, shown: ShownOffer, then: Callable[[Interaction], None], failed: Failed | None = None) -> None:
        """Take an offered item."""
        self.execute(Accept(item=shown.row.item.id, ticket=shown.offer.ticket), then, failed)

    def reject(self, shown: ShownOffer, failed: Failed | None = None) -> None:
        """Decline an offered item."""
        self.execute(Reject(item=shown.row.item.id, ticket=shown.offer.ticket), None, failed)

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change the state on one channel, or on all, when the gates let it pass."""
        set_state = self.services.presence.set_state
        work = partial(set_state, state, reason=reason, media_type=media_type, key=uuid4().hex)

        def start(done: Callable[[], None], not_done: Failed) -> None:
            def changed(session: Session) -> None:
                done()
                self._take_session(session)

            self.change(work, changed, not_done, what=state_of(state, media_type, self.known))

        attempt = Attempt(what=GatedCommand.SET_STATE, state=state, reason=reason, media_type=media_type)
        do_if_let(self.gates, attempt, start, self.refuse)

    def log_off(self, then: Callable[[], None], failed: Failed) -> None:
        """End the session at the service; `failed` gets ItemsOpen, what a gate says, or Disconnected."""

        def start(done: Callable[[], None], not_done: Failed) -> None:
            def left(_none: None) -> None:
                done()
                then()

            self.change(self.services.presence.log_off, left, not_done, waits=False)

        attempt = Attempt(what=GatedCommand.LOG_OFF, rows=self.known.open_rows if self.has_started else ())
        do_if_let(self.gates, attempt, start, failed)

    def post(self, function: Callable[[], None]) -> None:
        """Call `function` on the UI thread while the session lives; any thread."""
        self._operations.mailbox.post(lambda: function() if self.alive else None)

    def refuse(self, error: WorkloomError) -> None:
        """Say an error that nobody else handles."""
        if isinstance(error, SessionEnded):
            self._end(str(error))
        elif not isinstance(error, CalledOff | Contained | Withdrawn):
            self.refused.emit(error)

    def close(self) -> None:
        """Nothing comes back from now on."""
        self.alive = False
        self._lane.close()

    def join(self, timeout: float) -> None:
        """After `close`: wait until the changes that were asked are done."""
        self._lane.join(timeout)

    def _queue_changed(self) -> None:
        if self.alive:
            self.kept.keep(change.kept for change in self.waiting() if change.kept is not None)
            self.queued.emit()

    def _living(self, alive: Callable[[], bool] | None) -> Callable[[], bool]:
        return (lambda: self.alive) if alive is None else lambda: self.alive and alive()

    def _take(self, events: tuple[Event, ...], known: Knowledge) -> None:
        if not self.alive:
            return
        before, self._known = self._known, known
        if before is None:
            self.started.emit()
        elif known is not before:
            self.changed.emit(before)
        for event in events:
            if self.alive:
                self.happened.emit(event)

    def _take_session(self, session: Session) -> None:
        from msgspec.structs import replace

        before = self.known
        self._known = replace(before, session=session)
        self.changed.emit(before)

    def _end(self, why: str) -> None:
        if self.alive:
            self.alive = False
            self.kept.forget()  # what was not carried out is told
            self.ended.emit(why)

"""One logged-in agent in this process: the services, what is known, and who wants to hear of events."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import uuid4

from PyQt6.QtCore import QObject, pyqtSignal

from workloom.api.services import Services
from workloom.domain.commands import Accept, Command, Reject
from workloom.domain.errors import SessionEnded, WorkloomError
from workloom.domain.events import Event
from workloom.domain.interaction import Interaction
from workloom.domain.presence import Presence, Session
from workloom.shell.knowledge import Knowledge, ShownOffer
from workloom.shell.operations import Change, Contained, Operations, Read
from workloom.shell.ports import PersonDrafts

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
        self.now = now
        self._operations = operations
        self._lane = operations.lane()
        self._known: Knowledge | None = None
        self.alive = True

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

    def on_trouble(self, error: WorkloomError | None) -> None:
        """From the pump's thread."""
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

    def change(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Failed | None = None,
        alive: Callable[[], bool] | None = None,
    ) -> None:
        """Like `read`, after the changes that were asked before."""
        self._lane.start(Change(function, then, failed or self.refuse, self._living(alive)))

    def execute(
        self,
        command: Command,
        then: Callable[[Interaction], None] | None = None,
        failed: Failed | None = None,
        alive: Callable[[], bool] | None = None,
    ) -> None:
        """Carry out a command under a key of its own."""
        key = uuid4().hex
        work = partial(self.services.items.execute, command, key=key)
        self.change(work, then or (lambda _item: None), failed, alive)

    def accept(self, shown: ShownOffer, then: Callable[[Interaction], None], failed: Failed | None = None) -> None:
        """Take an offered item."""
        self.execute(Accept(item=shown.row.item.id, ticket=shown.offer.ticket), then, failed)

    def reject(self, shown: ShownOffer, failed: Failed | None = None) -> None:
        """Decline an offered item."""
        self.execute(Reject(item=shown.row.item.id, ticket=shown.offer.ticket), None, failed)

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change the state on one channel, or on all."""
        work = partial(self.services.presence.set_state, state, reason=reason, media_type=media_type)
        self.change(work, self._take_session)

    def log_off(self, then: Callable[[], None], failed: Failed) -> None:
        """End the session at the service; `failed` gets ItemsOpen when items are open."""
        self.change(self.services.presence.log_off, lambda _none: then(), failed)

    def post(self, function: Callable[[], None]) -> None:
        """Call `function` on the UI thread while the session lives; any thread."""
        self._operations.mailbox.post(lambda: function() if self.alive else None)

    def refuse(self, error: WorkloomError) -> None:
        """Say an error that nobody else handles."""
        if isinstance(error, SessionEnded):
            self._end(str(error))
        elif not isinstance(error, Contained):
            self.refused.emit(error)

    def close(self) -> None:
        """Nothing comes back from now on."""
        self.alive = False
        self._lane.close()

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
            self.ended.emit(why)

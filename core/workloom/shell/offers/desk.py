"""Shows the offers of one agent as toasts, takes the answers, and says why an offer went."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final, Protocol

from msgspec.structs import replace
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from workloom.api.contributions import Notice, ToastContent, Tone
from workloom.api.ui import Ui
from workloom.domain.errors import WorkloomError
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.shell.knowledge import Knowledge, ShownOffer
from workloom.shell.letting_go import EARLY_FOR_OFFERS, early
from workloom.shell.offers.bell import Bell, Bells
from workloom.shell.offers.countdown import Countdown
from workloom.shell.offers.stack import ToastStack
from workloom.shell.offers.toast import Toast
from workloom.shell.session import AgentSession
from workloom.shell.window.limits import MISSED
from workloom.shell.words import say

IN_TIME: Final = 2.0
"""Seconds before the end of an offer at which it is accepted at the latest, if that is to happen by itself."""

WENT: Final = frozenset(
    {
        EventKind.OFFER_EXPIRED,
        EventKind.REVOKED,
        EventKind.ACCEPTED,
        EventKind.PULLED,
        EventKind.DONE,
        EventKind.CANCELED,
        EventKind.COMPLETED_BY_SOURCE,
        EventKind.CANCELED_BY_SOURCE,
        EventKind.PLACED_IN_QUEUE,
        EventKind.PLACED_IN_WORKBIN,
    }
)
"""Events that end an offer which nobody here has answered."""

FINISHED_BY_SOURCE: Final = (EventKind.COMPLETED_BY_SOURCE, EventKind.CANCELED_BY_SOURCE)


class Opener(Protocol):
    """What the desk needs of the window."""

    def open_item(self, item: str, *, focus: bool = True) -> None:
        """Show an open item."""
        ...

    def notify(self, notice: Notice) -> None:
        """Show a notice."""
        ...


LOOK: Final = 200
"""Milliseconds between two looks at whether an offer has to be let go."""


class _Shown:
    def __init__(self, shown: ShownOffer, toast: Toast, lease: Countdown) -> None:
        self.shown, self.toast, self.lease = shown, toast, lease
        self.answered = False


class OfferDesk:
    """Keeps toasts true to what is offered. On the UI thread.

    `alone()`: whether this agent is the only one of the process.
    """

    def __init__(
        self,
        kit: Ui,
        session: AgentSession,
        opener: Opener,
        sound: Callable[[], bool],
        key_of: Callable[[str], str],
        alone: Callable[[], bool] = lambda: True,
    ) -> None:
        self._kit = kit
        self._session = session
        self._opener = opener
        self._sound, self._key_of, self._alone = sound, key_of, alone
        self.stack = ToastStack(kit)
        self._shown: dict[str, _Shown] = {}
        self._gone: dict[str, ShownOffer] = {}
        self._over: set[str] = set()  # tickets whose time was over before the service said so
        self._clock = QTimer(session)
        self._clock.setInterval(LOOK)
        self._clock.timeout.connect(self._let_go)
        self._bells = Bells(Bell)
        session.started.connect(self._compare)
        session.changed.connect(lambda _before: self._compare())
        session.happened.connect(self._heard)

    def accept_oldest(self) -> None:
        """The key of the oldest toast."""
        if oldest := self._oldest():
            self.accept(oldest.shown)

    def reject_oldest(self) -> None:
        """The key of the oldest toast, if it may be rejected."""
        oldest = self._oldest()
        if oldest and oldest.shown.content.can_reject:
            self.reject(oldest.shown)

    def focus_oldest(self) -> None:
        """Move the keyboard into the oldest toast."""
        if oldest := self._oldest():
            oldest.toast.take_focus()

    def accept(self, shown: ShownOffer) -> None:
        """Take the item."""
        if self._answer(shown):
            self._session.accept(shown, partial(self._accepted, shown), partial(self._failed, shown))

    def reject(self, shown: ShownOffer) -> None:
        """Decline the item."""
        if self._answer(shown):
            self._session.reject(shown, partial(self._failed, shown))

    def toast_of(self, ticket: str) -> "_Shown | None":
        """What is shown of an offer, None if it is not shown any more."""
        return self._shown.get(ticket)

    def forget(self, item: str) -> None:
        """Somebody else says why the offer of this item went."""
        self._gone.pop(item, None)

    def close(self) -> None:
        """The agent has gone."""
        self._clock.stop()
        for ticket in tuple(self._shown):
            self._drop(ticket)

    def _oldest(self) -> _Shown | None:
        return next((shown for shown in self._shown.values() if not shown.answered), None)

    def _compare(self) -> None:
        known: Knowledge = self._session.known
        offered = {offer.offer.ticket: offer for offer in known.offers}
        for ticket in tuple(self._shown):
            if ticket not in offered:
                self._drop(ticket)
        self._over &= offered.keys()
        for ticket, offer in offered.items():
            if ticket not in self._shown and ticket not in self._over:
                self._show(ticket, offer, self._session.now())

    def _show(self, ticket: str, offer: ShownOffer, now: datetime) -> None:
        left = (offer.offer.deadline - now).total_seconds()
        deadline = Countdown(left - early(left, EARLY_FOR_OFFERS))
        by_itself = offer.content.seconds_to_accept
        at_latest = max(deadline.seconds() - IN_TIME, 0.1)
        countdown = Countdown(min(by_itself, at_latest)) if by_itself > 0 else deadline
        toast = Toast(
            self._kit,
            self._addressed(offer.content),
            countdown,
            accept=lambda: self.accept(offer),
            reject=lambda: self.reject(offer),
            inside=self.stack.inside,
            keys=(self._key_of("toast.accept"), self._key_of("toast.reject")),
            now=self._session.now,
        )
        self._shown[ticket] = _Shown(offer, toast, deadline)
        self._clock.start()
        if by_itself == 0:
            toast.hide()
            self.accept(offer)
            return
        self.stack.add(toast)
        if self._sound():
            self._bells.ring(ticket, offer.content.bell)
        QApplication.alert(self._kit.window)

    def _addressed(self, content: ToastContent) -> ToastContent:
        """What the toast says; it names its agent where several share the screen."""
        if self._alone():
            return content
        return replace(content, title=f"{content.title} · {self._session.known.me.full_name}")

    def _answer(self, shown: ShownOffer) -> bool:
        """Whether the answer may go out: once for each ticket."""
        entry = self._shown.get(shown.offer.ticket)
        if entry is None or entry.answered:
            return False
        entry.answered = True
        entry.toast.wait()
        self._bells.stop(shown.offer.ticket)
        return True

    def _accepted(self, shown: ShownOffer, item: Interaction) -> None:
        self._opener.open_item(item.id, focus=shown.focus)

    def _failed(self, shown: ShownOffer, error: WorkloomError) -> None:
        self._drop(shown.offer.ticket)
        self._gone.pop(shown.row.item.id, None)
        title, about = say("{title}, not opened", title=shown.content.title), shown.row.item.id
        self._opener.notify(Notice(title=title, text=str(error), tone=Tone.WARNING, about=about))

    def _let_go(self) -> None:
        """Take away what nobody may answer any more, by this computer's own clock; the service says the rest."""
        for ticket, entry in tuple(self._shown.items()):
            if entry.lease.over:
                self._over.add(ticket)
                self._drop(ticket)
        if not self._shown:
            self._clock.stop()

    def _drop(self, ticket: str) -> None:
        entry = self._shown.pop(ticket, None)
        if entry is None:
            return
        self._bells.stop(ticket)
        self.stack.remove(entry.toast)
        if not entry.answered:
            self._gone[entry.shown.row.item.id] = entry.shown

    def _heard(self, event: Event) -> None:
        if event.kind in WENT and event.item in self._gone:
            self._opener.notify(self._why_gone(self._gone.pop(event.item), event))

    def _why_gone(self, shown: ShownOffer, event: Event) -> Notice:
        kind = self._session.known.media_type(shown.row.item.media_type).singular
        subject = shown.row.item.subject
        if event.kind is EventKind.OFFER_EXPIRED:
            text = say(
                "“{subject}” was not answered in time and went back. It is offered to somebody else.", subject=subject
            )
            return Notice(
                title=say("You missed an offered {kind:within}", kind=kind), text=text, tone=Tone.WARNING, about=MISSED
            )
        if event.detail.get("reason") in FINISHED_BY_SOURCE or event.kind in FINISHED_BY_SOURCE:
            text = say("“{subject}” was finished where it came from. Nothing to do.", subject=subject)
        elif event.kind in (EventKind.ACCEPTED, EventKind.PULLED) and event.person != self._session.known.me.name:
            text = say("Somebody else has taken this {kind:within}. Nothing to do.", kind=kind)
        else:
            text = say("“{subject}” is no longer offered to you. Nothing to do.", subject=subject)
        return Notice(title=say("Offer gone"), text=text, about=event.item)

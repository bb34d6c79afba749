"""The services of one session: every function of the Protocols is a call of the wire, but those of the news."""

import time
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, Final, cast
from uuid import uuid4

from workloom.adapters.remote.asking import Asking
from workloom.adapters.remote.news import News
from workloom.api.services import (
    ConfigurationService,
    Contacts,
    Directory,
    Events,
    History,
    PresenceService,
    Workbins,
    WorkItems,
)
from workloom.domain.errors import Disconnected, EventsMissed, SessionEnded
from workloom.domain.events import Event
from workloom.wire import CALLS, Call

END: Final = "presence.log_off"
SLOW: Final = 2.0
"""Seconds after which an answer makes us look whether the connection still stands."""


class RemoteCalls:
    """Makes the calls of one session. `ended` is told that there will be no more."""

    def __init__(self, asking: Asking, token: str, news: News, suspect: Callable[[], None], ended: Callable[[], None]):
        self._asking, self._token, self.news = asking, token, news
        self._suspect, self._ended = suspect, ended

    def make(self, call: Call, *given: object, key: str = "", **named: object) -> Any:
        """Ask. While the connection is lost this fails at once: nobody waits for what the link finds out anyway."""
        self.news.check()
        body = call.encode_arguments(*given, **named)
        begun = time.monotonic()
        try:
            result = self._asking.call(
                call, body, token=self._token, key=(key or uuid4().hex) if call.keyed else "", repeat=True
            )
        except SessionEnded as error:
            self.news.fail(error)
            self._ended()
            if call.name == END:
                return (
                    None  # that is what was asked for: the answer to an earlier try was lost, or somebody was quicker
                )
            raise
        except Disconnected:
            self._suspect()
            raise
        if time.monotonic() - begun > SLOW:
            self._suspect()
        if call.name == END:
            self._ended()
        return result


class RemoteService:
    """One service: what its Protocol names is there."""

    def __init__(self, calls: RemoteCalls, service: str) -> None:
        self._calls, self._service = calls, service

    def __getattr__(self, function: str) -> Callable[..., Any]:
        call = CALLS.get(f"{self._service}.{function}")
        if call is None:
            raise AttributeError(f"The service {self._service} has no function {function}.")
        return partial(self._calls.make, call)


class RemoteEvents:
    """`api.Events` from what the socket has brought; the server is asked where that does not reach.

    Who has waited for news and got some, as a desktop does, is answered from the socket alone.
    """

    def __init__(self, calls: RemoteCalls) -> None:
        self._calls, self._news = calls, calls.news
        self._rung = False
        self._promised = -1

    def last(self) -> int:
        """Sequence of the newest event."""
        self._news.check()
        last = self._news.last if self._rung else None
        if last is None:
            last = cast("int", self._calls.make(CALLS["events.last"]))
        self._rung = False
        self._promised = max(self._promised, last)
        return last

    def after(self, sequence: int, *, limit: int = 500) -> tuple[Event, ...]:
        """Events after `sequence` that the caller may know of, oldest first. EventsMissed."""
        self._news.check()
        if self._news.take_anew():
            self._promised = -1
            raise EventsMissed("What has happened is not told. Everything is read anew.")
        last = self._news.last
        known = self._news.after(sequence, limit) if last is not None and last >= self._promised else None
        if known is not None:
            return known
        try:
            return cast("tuple[Event, ...]", self._calls.make(CALLS["events.after"], sequence, limit=limit))
        except EventsMissed:
            self._promised = -1  # of a log that is not there any more, perhaps
            raise

    def wait(self, sequence: int, *, timeout: float) -> bool:
        """Block until there may be events after `sequence`, or `timeout` seconds have passed (False). Disconnected."""
        self._rung = self._news.wait(sequence, timeout)
        return self._rung


class RemoteServices:
    """`api.Services` of one session on a server."""

    def __init__(self, calls: RemoteCalls) -> None:
        self._calls = calls

    @cached_property
    def items(self) -> WorkItems:
        """Items."""
        return cast("WorkItems", RemoteService(self._calls, "items"))

    @cached_property
    def workbins(self) -> Workbins:
        """Workbins."""
        return cast("Workbins", RemoteService(self._calls, "workbins"))

    @cached_property
    def history(self) -> History:
        """History."""
        return cast("History", RemoteService(self._calls, "history"))

    @cached_property
    def contacts(self) -> Contacts:
        """Contacts."""
        return cast("Contacts", RemoteService(self._calls, "contacts"))

    @cached_property
    def presence(self) -> PresenceService:
        """The agent's own state."""
        return cast("PresenceService", RemoteService(self._calls, "presence"))

    @cached_property
    def directory(self) -> Directory:
        """Targets."""
        return cast("Directory", RemoteService(self._calls, "directory"))

    @cached_property
    def configuration(self) -> ConfigurationService:
        """What is configured."""
        return cast("ConfigurationService", RemoteService(self._calls, "configuration"))

    @cached_property
    def events(self) -> Events:
        """What has changed."""
        return RemoteEvents(self._calls)

"""What is new is read once for all who listen at this node, and each is told what they may know of it.

Whom an event names hears of it at once. What many know of by their privileges is told together every `together` seconds
when much happens, and at once when little does.
"""

from collections import deque
from collections.abc import Callable, Iterable
from threading import Lock
from time import monotonic
from typing import Final

from msgspec import Struct

from workloom.domain.errors import Refused, SessionEnded, WorkloomError
from workloom.domain.events import Event, EventKind
from workloom.server.listeners import Backlog, Delivery, Listener, Post, Telling, deliver, framed
from workloom.server.metrics import Metrics
from workloom.services.audience import Audience
from workloom.services.news import goes_on, mark_at, mark_of
from workloom.services.ports import Reader, Store
from workloom.services.ports_login import Token
from workloom.services.ports_outside import Clock
from workloom.services.site_documents import SiteCache
from workloom.wire import Ended, problem_of

MOST_TOGETHER: Final = 1.0
"""Seconds for which news are gathered at most where telling all takes long."""

_SHARE: Final = 20  # as many times longer are news gathered as it takes to make their frames
_FRESH_SECONDS: Final = 1.0
_CHUNK: Final = 500
_SHORTEST: Final = 0.005
_TOKENS_SECONDS: Final = 0.25
_OVER: Final = frozenset({EventKind.LOGGED_OFF, EventKind.AGENT_LOST})


class Rhythm(Struct, frozen=True, kw_only=True):
    """In seconds. `poll`: how often it looks although nothing has rung; `heartbeat`: how often it says something."""

    poll: float = 0.2
    together: float = 0.25
    heartbeat: float = 5.0


class Joined(Struct, frozen=True, kw_only=True):
    """`seen`: what the client has seen; `told_from`: the sequence after which news come by themselves.

    `seen_mark`: that of the event at `seen`, "" where the client has said it; `mark`: that of the event at `told_from`.
    `anew`: what it has missed is not told, so that it must read all anew.
    """

    seen: int
    seen_mark: str
    told_from: int
    mark: str
    anew: bool


class Newsroom:
    """The news of one node. `look` is called by one thread, `join`, `leave` and `end_all` by any.

    `clock` says whose token has expired; the rhythm is that of sockets, whatever the service's time is.
    """

    def __init__(
        self,
        store: Store,
        sites: SiteCache,
        clock: Clock,
        metrics: Metrics,
        rhythm: Rhythm,
        monotonic: Callable[[], float] = monotonic,
        most_missed: int = 10_000,
    ) -> None:
        self._store = store
        self._sites = sites
        self._clock = clock
        self._metrics = metrics
        self._rhythm = rhythm
        self._most_missed = most_missed
        self._monotonic = monotonic
        self._lock = Lock()
        self._audience = Audience()
        self._by_person: dict[str, Listener] = {}
        self._backlog = Backlog()
        self._urgent: dict[str, Listener] = {}
        self._deliveries: list[Delivery] = []
        self._leaving: deque[Listener] = deque()
        self._last = -1
        self._mark = ""
        self._site_version = -1
        self._heartbeat = 0.0
        self._looked_at = -_FRESH_SECONDS
        self._together = rhythm.together
        self._told_at = self._beat_at = self._tokens_at = monotonic()
        self.post: Post = deliver

    def join(self, listener: Listener, after: int | None, mark: str = "") -> Joined:
        """Listen from now on. One socket for each person: the newest.

        `after`: what the client has seen; None = all that there is at this moment. `mark`: the last one that it was
        told. SessionEnded where the person may
        not work any more.
        """
        with self._lock, self._store.reading() as reader:
            self._let_go()
            self._begin(reader)
            self._settle(reader)
            if not self._audience.join(listener.person, listener.place):
                raise SessionEnded("Your user was removed from the site. Ask your administrator.")
            former = self._by_person.get(listener.person)
            self._by_person[listener.person] = listener
            listener.at = self._backlog.end
            anew = after is not None and not goes_on(reader, after, self._most_missed, mark)
            seen = reader.events.last() if after is None or anew else after
            if seen > self._last:
                listener.ahead = seen
            if former is not None:
                self.post([(former, _ended("This desktop listens on a newer connection.", Refused))])
            seen_mark = mark_at(reader, seen) if after is None or anew else ""
            return Joined(seen=seen, seen_mark=seen_mark, told_from=self._last, mark=self._mark, anew=anew)

    def leave(self, listener: Listener) -> None:
        """Listen no more. Never waits: the thread of the sockets calls it."""
        self._leaving.append(listener)

    def heartbeat_of(self, token: Token) -> float | None:
        """Seconds between two heartbeats, if the session of the token listens here and nothing was heard of its end up
        to a moment ago; else None. Any thread.
        """
        listener = self._by_person.get(token.person)
        if listener is None or listener.session != token.session or listener.is_over:
            return None
        return self._heartbeat if self._monotonic() - self._looked_at < _FRESH_SECONDS else None

    def forget(self, token: Token) -> None:
        """The session of the token has ended here: nothing more is answered for it. Its socket is told by the event, as
        those at other nodes. Any thread.
        """
        listener = self._by_person.get(token.person)
        if listener is not None and listener.session == token.session:
            listener.is_over = True

    def end_all(self, ended: Ended) -> None:
        """The node goes: everybody hears it."""
        with self._lock:
            self.post([(listener, ended) for listener in self._by_person.values()])
            for listener in tuple(self._by_person.values()):
                self._forget(listener)

    def look(self) -> float:
        """Read what is new and tell it; in how many seconds to look again at the latest."""
        with self._lock:
            begun = self._monotonic()
            deliveries = self._deliveries  # what an error in between leaves is told the next time
            self._let_go()
            chunk = self._store.events_after(self._last, limit=_CHUNK) if self._last >= 0 else ()
            with self._store.reading() as reader:
                deliveries += self._end_those(self._settle(reader), "Your user was removed from the site.")
                self._begin(reader)
                while chunk:
                    for event in chunk:
                        deliveries += self._take(reader, event)
                    chunk = reader.events.after(self._last, limit=_CHUNK) if len(chunk) == _CHUNK else ()
            self._looked_at, now = begun, self._monotonic()
            deliveries += self._told(now)
            deliveries += self._expired(now)
            deliveries += self._beat(now)
            if deliveries:
                self._deliveries = []
                self.post(deliveries)
            left = self._told_at + self._together - now if self._backlog else self._rhythm.poll
            return min(self._rhythm.poll, max(left, _SHORTEST))

    def _begin(self, reader: Reader) -> None:
        if self._last < 0:
            last = reader.events.last()
            self._mark = mark_at(reader, last)
            self._last = last

    def _settle(self, reader: Reader) -> tuple[str, ...]:
        site = self._sites.of(reader)
        if site.version == self._site_version:
            return ()
        self._site_version, self._heartbeat = site.version, site.timers.heartbeat
        return self._audience.settle(site)

    def _take(self, reader: Reader, event: Event) -> Iterable[Delivery]:
        knowers = self._audience.knowers(reader, event)  # an error here leaves the event to the next time
        self._last, self._mark = event.sequence, mark_of(event)
        self._metrics.events.labels(event.kind.value).inc()
        if event.kind in _OVER and not event.item:
            listener = self._by_person.get(event.person)
            if listener is not None and listener.session == event.detail.get("session"):
                yield from self._end_those([event.person], "Your session has ended. Log in again.")
        index = self._backlog.append(event, knowers.flags)
        for person in knowers.people & self._by_person.keys():
            self._by_person[person].own.append(index)
        for person in {event.person, event.actor} & self._by_person.keys():
            self._urgent[person] = self._by_person[person]

    def _told(self, now: float) -> Iterable[Delivery]:
        everybody = now - self._told_at >= self._together or not self._by_person
        telling = Telling(self._backlog, self._last, self._mark)
        for listener in tuple((self._by_person if everybody else self._urgent).values()):
            telling.add(listener, self._audience.flags(listener.person))
        deliveries = list(telling.deliveries())
        self._metrics.frames.inc(len(deliveries))
        self._urgent.clear()
        if everybody:
            self._backlog.clear()
            self._told_at = now
            spent = self._monotonic() - now
            self._together = min(max(self._rhythm.together, spent * _SHARE), max(self._rhythm.together, MOST_TOGETHER))
        return deliveries

    def _expired(self, now: float) -> Iterable[Delivery]:
        """Part from those whose token has expired, as soon as from those whose token was taken."""
        if now - self._tokens_at >= _TOKENS_SECONDS:
            self._tokens_at = now
            instant = self._clock.now()
            expired = [person for person, each in self._by_person.items() if each.expires_at <= instant]
            yield from self._end_those(expired, "Your session has ended. Log in again.")

    def _beat(self, now: float) -> Iterable[Delivery]:
        """Say that nothing is new."""
        if now - self._beat_at < self._rhythm.heartbeat:
            return
        self._beat_at = now
        (frame,) = framed((), self._last, self._mark)
        for listener in self._by_person.values():
            if listener.at == self._backlog.end and not listener.ahead:
                yield listener, frame

    def _end_those(self, people: Iterable[str], sentence: str) -> Iterable[Delivery]:
        for person in people:
            listener = self._by_person.get(person)
            if listener is not None:
                self._forget(listener)
                yield listener, _ended(sentence)

    def _let_go(self) -> None:
        while self._leaving:
            self._forget(self._leaving.popleft())

    def _forget(self, listener: Listener) -> None:
        if self._by_person.get(listener.person) is listener:
            del self._by_person[listener.person]
            self._urgent.pop(listener.person, None)
            self._audience.leave(listener.person)


def _ended(sentence: str, kind: Callable[[str], WorkloomError] = SessionEnded) -> Ended:
    return Ended(problem=problem_of(kind(sentence)))

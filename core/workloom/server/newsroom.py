"""One thread of a node reads what is new, once for all who listen here, and says to each what they may know of it.

Whom an event names hears of it at once. What many know of by their privileges is told together every `together` seconds
when much happens, and at once when little does.
"""

from collections import deque
from collections.abc import Callable, Iterable
from logging import getLogger
from threading import Event as Flag
from threading import Lock, Thread
from typing import Final

from msgspec import Struct

from workloom.domain.errors import Refused, SessionEnded, StorageError, WorkloomError
from workloom.domain.events import Event, EventKind
from workloom.server.listeners import Backlog, Delivery, Listener, Post, Telling, deliver, framed
from workloom.server.metrics import Metrics
from workloom.services.audience import Audience
from workloom.services.ports import Clock, Reader, Store
from workloom.services.site_documents import SiteCache
from workloom.services.wake import Wake
from workloom.wire import Ended, problem_of

_CHUNK: Final = 500
_RETRY_SECONDS: Final = 0.5
_SHORTEST: Final = 0.005
_OVER: Final = frozenset({EventKind.LOGGED_OFF, EventKind.AGENT_LOST})

_log = getLogger(__name__)


class Rhythm(Struct, frozen=True, kw_only=True):
    """In seconds. `poll`: how often it looks although nothing has rung; `heartbeat`: how often it says something."""

    poll: float = 0.2
    together: float = 0.25
    heartbeat: float = 5.0


class Newsroom:
    """The news of one node. `join`, `leave` and `end_all` are called from any thread."""

    def __init__(
        self, store: Store, sites: SiteCache, clock: Clock, wake: Wake, metrics: Metrics, rhythm: Rhythm
    ) -> None:
        self._store = store
        self._sites = sites
        self._clock = clock
        self._wake = wake
        self._metrics = metrics
        self._rhythm = rhythm
        self._lock = Lock()
        self._audience = Audience()
        self._by_person: dict[str, Listener] = {}
        self._backlog = Backlog()
        self._urgent: dict[str, Listener] = {}
        self._leaving: deque[Listener] = deque()
        self._last = -1
        self._site_version = -1
        self._told_at = self._beat_at = clock.monotonic()
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="newsroom", daemon=True)
        self.post: Post = deliver

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits for the running look."""
        self._stopping.set()
        self._wake.ring()
        if self._thread.is_alive():
            self._thread.join()

    def join(self, listener: Listener, after: int | None) -> int:
        """Listen from now on: the sequence after which news come. One socket for each person: the newest.

        `after`: what the client has seen. SessionEnded where the person may not work any more.
        """
        with self._lock, self._store.reading() as reader:
            self._let_go()
            if self._last < 0:
                self._last = reader.events.last()
            self._settle(reader)
            if not self._audience.join(listener.person, listener.place):
                raise SessionEnded("Your user was removed from the site. Ask your administrator.")
            former = self._by_person.get(listener.person)
            self._by_person[listener.person] = listener
            listener.at = self._backlog.end
            if after is not None and after > self._last:
                listener.ahead = after
            if former is not None:
                self.post([(former, _ended("This desktop listens on a newer connection.", Refused))])
            return self._last

    def leave(self, listener: Listener) -> None:
        """Listen no more. Never waits: the thread of the sockets calls it."""
        self._leaving.append(listener)

    def end_all(self, ended: Ended) -> None:
        """The node goes: everybody hears it."""
        with self._lock:
            self.post([(listener, ended) for listener in self._by_person.values()])
            for listener in tuple(self._by_person.values()):
                self._forget(listener)

    def look(self) -> float:
        """Read what is new and tell it; in how many seconds to look again at the latest."""
        with self._lock:
            deliveries: list[Delivery] = []
            self._let_go()
            with self._store.reading() as reader:
                deliveries += self._end_those(self._settle(reader), "Your user was removed from the site.")
                while self._last >= 0:
                    chunk = reader.events.after(self._last, limit=_CHUNK)
                    for event in chunk:
                        deliveries += self._take(reader, event)
                    if len(chunk) < _CHUNK:
                        break
            now = self._clock.monotonic()
            deliveries += self._told(now)
            deliveries += self._beat(now)
            if deliveries:
                self.post(deliveries)
            left = self._told_at + self._rhythm.together - now if self._backlog else self._rhythm.poll
            return min(self._rhythm.poll, max(left, _SHORTEST))

    def _settle(self, reader: Reader) -> tuple[str, ...]:
        site = self._sites.of(reader)
        if site.version == self._site_version:
            return ()
        self._site_version = site.version
        return self._audience.settle(site)

    def _take(self, reader: Reader, event: Event) -> Iterable[Delivery]:
        self._last = event.sequence
        self._metrics.events.labels(event.kind.value).inc()
        if event.kind in _OVER and not event.item:
            listener = self._by_person.get(event.person)
            if listener is not None and listener.session == event.detail.get("session"):
                yield from self._end_those([event.person], "Your session has ended. Log in again.")
        knowers = self._audience.knowers(reader, event)
        index = self._backlog.append(event, knowers.flags)
        for person in knowers.people:
            self._by_person[person].own.append(index)
        for person in {event.person, event.actor} & self._by_person.keys():
            self._urgent[person] = self._by_person[person]

    def _told(self, now: float) -> Iterable[Delivery]:
        everybody = now - self._told_at >= self._rhythm.together or not self._by_person
        telling = Telling(self._backlog, self._last)
        for listener in tuple((self._by_person if everybody else self._urgent).values()):
            for frame in telling.frames_for(listener, self._audience.flags(listener.person)):
                self._metrics.frames.inc()
                yield listener, frame
        self._urgent.clear()
        if everybody:
            self._backlog.clear()
            self._told_at = now

    def _beat(self, now: float) -> Iterable[Delivery]:
        """Say that nothing is new, and part from those whose token has expired."""
        if now - self._beat_at < self._rhythm.heartbeat:
            return
        self._beat_at = now
        instant = self._clock.now()
        expired = [person for person, each in self._by_person.items() if each.expires_at <= instant]
        yield from self._end_those(expired, "Your session has ended. Log in again.")
        (frame,) = framed((), self._last)
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

    def _run(self) -> None:
        while not self._stopping.is_set():
            rings = self._wake.rings
            try:
                wait = self.look()
            except StorageError as error:
                _log.warning("The news cannot be read and are tried again in %s s: %s", _RETRY_SECONDS, error)
                wait = _RETRY_SECONDS
            except Exception:  # noqa: BLE001  # the background operation: without it nobody would hear anything more
                _log.exception("Telling the news has failed and is tried again in %s s.", _RETRY_SECONDS)
                wait = _RETRY_SECONDS
            self._wake.wait(rings, wait)


def _ended(sentence: str, kind: Callable[[str], WorkloomError] = SessionEnded) -> Ended:
    return Ended(problem=problem_of(kind(sentence)))

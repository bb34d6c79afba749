"""The thread that waits for events rests until something happens, also where that is nothing for its agent."""

from collections.abc import Callable, Iterator
from threading import Event as Flag
from typing import Any

import pytest

from tests.contract.engine.office import Office, site
from workloom.api.contributions import ToastContent
from workloom.domain.errors import Disconnected
from workloom.domain.events import Event
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.site import Role, Timers
from workloom.shell.knowledge import Knowledge
from workloom.shell.pump import EventPump

SLACK = 20.0


class Waits:
    """The events of a session; it notes when the desktop knows of the newest, and how long it waited at the service."""

    def __init__(self, events: Any) -> None:
        self._events = events
        self.waited: set[float] = set()
        self.newest = -1
        self.at_rest = Flag()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events, name)

    def wait(self, sequence: int, *, timeout: float) -> bool:
        self.waited.add(timeout)
        if sequence == self.newest:
            self.at_rest.set()
        return bool(self._events.wait(sequence, timeout=timeout))


class Beats:
    """The presence of a session; it notes when the desktop has said often enough that it lives."""

    def __init__(self, presence: Any, enough: int) -> None:
        self._presence, self._left = presence, enough
        self.enough = Flag()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._presence, name)

    def heartbeat(self) -> float:
        self._left -= 1
        if self._left <= 0:
            self.enough.set()
        return float(self._presence.heartbeat())


class Session:
    """The services of a session with such events and such a presence."""

    def __init__(self, services: Any, enough: int = 1) -> None:
        self._services = services
        self.events = Waits(services.events)
        self.presence = Beats(services.presence, enough)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._services, name)


class Turns:
    """`pump.Listener` that keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.seen = Flag()

    def on_turn(self, events: tuple[Event, ...], known: Knowledge) -> None:
        self.events += events
        if events:
            self.seen.set()

    def on_alive(self, at: float) -> None:
        """Nothing is let go here."""

    def on_trouble(self, error: object) -> None:
        raise AssertionError(error)

    def on_ended(self, error: object) -> None:
        raise AssertionError(error)


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office(":memory:", site(roles={"agent": Role(name="agent", privileges=(USE_CHANNEL,))}))
    yield office
    office.close()


def test_events_that_an_agent_may_not_know_of_do_not_keep_the_desktop_busy(office: Office) -> None:
    services, turns = Session(office.log_in("ann")), Turns()
    pump = EventPump(services, office.engine.backend.on_wake, turns, lambda *_: ToastContent(title="", heading=""))
    pump.start()
    pump.go_on()
    try:
        office.submit(queue="shelf")
        services.events.newest = office.log_in("bob").events.last()
        assert services.events.at_rest.wait(SLACK), "it asks again and again for what it is not told"
        assert turns.events == []
        services.events.at_rest.clear()
        office.submit()
        office.step()
        assert turns.seen.wait(SLACK)
        assert {event.person for event in turns.events} == {"ann"}
        assert max(services.events.waited) < 0.1, "it rests where nothing can end it before its time"
    finally:
        pump.stop()
        pump.join(SLACK)


def test_the_desktop_says_that_it_lives_as_often_as_the_site_wants_it() -> None:
    office = Office(":memory:", site(timers=Timers(heartbeat=0.02, lost_agent=1.0)))
    services = Session(office.log_in("ann"), enough=20)
    pump = EventPump(services, office.engine.backend.on_wake, Turns(), lambda *_: ToastContent(title="", heading=""))
    pump.start()
    pump.go_on()
    try:
        assert services.presence.enough.wait(SLACK), "it keeps to a time of its own"
    finally:
        pump.stop()
        pump.join(SLACK)
        office.close()


def test_a_backend_that_wakes_nobody_and_says_so_is_asked_from_time_to_time(office: Office) -> None:
    def on_wake(_wake: Callable[[], None]) -> Callable[[], None]:
        raise Disconnected("Not reached.")

    services, turns = Session(office.log_in("ann")), Turns()
    services.events.newest = services.events.last()
    pump = EventPump(services, on_wake, turns, lambda *_: ToastContent(title="", heading=""))
    pump.start()
    pump.go_on()
    try:
        assert services.events.at_rest.wait(SLACK)
        office.submit()
        office.step()
        assert turns.seen.wait(SLACK)
    finally:
        pump.stop()
        pump.join(SLACK)

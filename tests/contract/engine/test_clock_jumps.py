"""A clock that is set, or a machine that sleeps, takes nothing from anybody; afterwards time counts as before."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.contract.backends import Backend, opened_office
from tests.contract.engine.office import site
from workloom.domain.commands import AddNote
from workloom.domain.errors import SessionEnded
from workloom.domain.interaction import State
from workloom.domain.presence import Presence
from workloom.services.dispatcher import JUDGED_LATE, Dispatcher
from workloom.services.ports_outside import Clock
from workloom.services.router import Router

DAY = 86_400
GRACE = int(site().timers.lost_agent)


class Shifted:
    """A clock that was set by some seconds."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds

    def now(self) -> datetime:
        return self._clock.now() + timedelta(seconds=self._seconds)

    def monotonic(self) -> float:
        return self._clock.monotonic()


class Day:
    """Ann has an item, Bob is offered one, and Cid does nothing."""

    def __init__(self) -> None:
        self.office = opened_office()
        media = self.office.site.media_types["claim"]
        self.office.apply(site(media_types={**site().media_types, "claim": replace(media, handling_timeout=20)}))
        self.ann = self.office.log_in("ann", "claim")
        self.mine = self.office.take(self.ann).id
        self.ann.presence.set_state(Presence.NOT_READY)
        self.bob = self.office.log_in("bob")
        self.cid = self.office.log_in("cid", ready=False)
        self.offered = self.office.submit()
        self.office.step()
        assert self.office.item(self.offered).state is State.OFFERED

    def another(self, seconds: float) -> Dispatcher:
        """The dispatcher of a node that began when the clock was another."""
        engine = self.office.engine
        clock = Shifted(self.office.clock, seconds)
        router = Router(engine.configuration.catalogue, self.office.ids, lambda _below: 0)
        return Dispatcher(engine.store, engine.sites, engine.configuration.catalogue, clock, router)

    def nothing_is_lost(self) -> None:
        """Who had something has it, nobody was logged out, and whoever was offered something is blamed for nothing."""
        mine = self.office.item(self.mine)
        assert (mine.state, mine.assigned_to) == (State.HANDLING, "ann")
        offered = self.office.item(self.offered)
        assert offered.offer is not None
        assert offered.offer.agent == "bob"
        assert offered.refusals == {}
        for agent in (self.ann, self.bob, self.cid):
            assert agent.presence.session().channels is not None
        assert {channel.state for channel in self.bob.presence.session().channels} == {Presence.READY}
        assert "offer-expired" not in self.office.kinds(self.offered)


@pytest.fixture
def day() -> Iterator[Day]:
    day = Day()
    yield day
    day.office.close()


def test_no_jump_takes_anything_from_anybody(backend: Backend) -> None:
    @backend.examples(60)
    @given(
        ahead=st.integers(0, GRACE - 10),
        jump=st.one_of(
            st.integers(2 * GRACE + 20 * 60, DAY), st.just(DAY), st.integers(-DAY, -2 * GRACE), st.just(-DAY)
        ),
        anew=st.booleans(),
    )
    def holds(ahead: int, jump: int, anew: bool) -> None:
        day = Day()
        day.office.clock.advance(min(ahead, 15))
        if anew or jump < 0:
            dispatcher = day.another(jump)
        else:  # the machine has slept
            day.office.clock.advance(jump)
            dispatcher = day.office.engine.dispatcher
        for _ in range(3):
            dispatcher.step()
            day.nothing_is_lost()
        day.office.close()

    holds()


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_after_a_jump_a_desktop_that_is_silent_is_lost_and_one_that_lives_is_not(day: Day, jump: int) -> None:
    """The desktops talk to nodes whose clock was not set; the node that dispatches began afterwards."""
    dispatcher = day.another(jump)
    dispatcher.step()
    for _ in range(4 * GRACE // 5):
        day.office.clock.advance(5)
        for agent in (day.ann, day.bob):
            agent.presence.heartbeat()
        dispatcher.step()
    day.ann.presence.session()
    day.bob.presence.session()
    assert day.office.item(day.mine).assigned_to == "ann"
    with pytest.raises(SessionEnded):
        day.cid.presence.session()


def test_after_a_jump_an_item_that_nobody_touches_goes_back_when_its_time_is_over(day: Day) -> None:
    day.office.clock.advance(DAY)
    day.office.step()
    day.office.advance(19 * 60)
    assert day.office.item(day.mine).assigned_to == "ann"
    day.office.advance(2 * 60)
    assert day.office.item(day.mine).assigned_to == ""


def test_a_clock_that_was_set_back_lets_an_item_that_nobody_touches_stay_for_its_time_and_not_for_a_day(
    day: Day,
) -> None:
    dispatcher = day.another(-DAY)
    for seconds in range(0, 21 * 60, 30):
        dispatcher.step()
        assert (day.office.item(day.mine).assigned_to == "ann") == (seconds < 20 * 60), seconds
        day.office.clock.advance(30)
        day.ann.presence.heartbeat()


def test_a_command_at_a_node_whose_clock_is_a_day_behind_keeps_the_item(day: Day) -> None:
    dispatcher = day.another(DAY)
    dispatcher.step()
    day.office.do(day.ann, AddNote(item=day.mine, text="Here."))
    dispatcher.step()
    assert day.office.item(day.mine).assigned_to == "ann"


def test_the_history_says_why_an_offer_was_made_anew(day: Day) -> None:
    day.office.clock.advance(DAY)
    day.office.step()
    revoked = [event for event in day.cid.items.path(day.offered) if event.kind == "revoked"]
    assert [event.detail["reason"] for event in revoked] == [JUDGED_LATE]

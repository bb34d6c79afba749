"""Desktops that die: the grace period, then the policy of the media type."""

from contextlib import suppress

import pytest
from msgspec.structs import replace

from tests.contract.engine.office import Office, site
from workloom.adapters.ids import Chance
from workloom.bootstrap.engine import engine_on
from workloom.domain.commands import MarkDone, Transfer
from workloom.domain.errors import SessionEnded, StorageUnreachable
from workloom.domain.interaction import State
from workloom.domain.site import Site
from workloom.domain.targets import Target, TargetType
from workloom.services.dispatcher import Dispatcher
from workloom.services.leases import Lease
from workloom.services.router import Router


def policy(name: str, **options: object) -> Site:
    base = site()
    types = {**base.media_types, "claim": replace(base.media_types["claim"], lost_agent=name)}
    return site(media_types=types, application_options={**base.application_options, **options})


@pytest.mark.parametrize(
    ("lost_agent", "in_progress", "state"),
    [
        ("", "in-progress", State.IN_WORKBIN),
        ("", "", State.QUEUED),
        ("workbin", "in-progress", State.IN_WORKBIN),
        ("queue", "in-progress", State.QUEUED),
        ("stay", "in-progress", State.HANDLING),
    ],
)
def test_a_lost_agents_items_go_where_the_policy_says(
    office: Office, lost_agent: str, in_progress: str, state: State
) -> None:
    office.apply(policy(lost_agent, **{"workbin.claim.in-progress": in_progress}))
    ann = office.log_in("ann")
    item = office.take(ann)
    office.advance(40, alive=False)
    after = office.item(item.id)
    assert after.state is state
    assert after.moved_to_queue_at == item.moved_to_queue_at
    if state is State.IN_WORKBIN:
        assert (after.workbin, after.workbin_owner) == ("in-progress", "ann")
    with pytest.raises(SessionEnded):
        office.do(ann, MarkDone(item=item.id))


def test_a_pause_shorter_than_the_grace_period_loses_nothing(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    office.advance(25, alive=False)
    ann.presence.heartbeat()
    office.advance(25, alive=False)
    assert office.item(item.id).assigned_to == "ann"


def test_nobody_is_lost_because_the_machine_has_slept(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    office.step()
    office.clock.advance(3600)
    office.step()
    assert office.item(item.id).assigned_to == "ann"
    ann.presence.heartbeat()
    office.advance(40, alive=False)
    assert office.item(item.id).assigned_to == ""


def test_an_item_that_stays_goes_on_at_the_next_login(office: Office) -> None:
    office.apply(policy("stay"))
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.advance(40, alive=False)
    again = office.log_in("ann")
    assert [mine.id for mine in again.items.open_items()] == [item]
    assert office.do(again, MarkDone(item=item)).is_finished


def test_an_offer_to_a_lost_agent_is_withdrawn(office: Office) -> None:
    office.log_in("ann")
    slow = site().timers
    office.apply(site(timers=replace(slow, delivery=300.0)))
    item = office.submit()
    office.step()
    office.advance(40, alive=False)
    assert (office.item(item).state, office.item(item).offer) == (State.QUEUED, None)


def test_a_pending_transfer_of_a_lost_sender_is_withdrawn(office: Office) -> None:
    office.apply(site(timers=replace(site().timers, delivery=300.0)))
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann).id
    office.do(ann, Transfer(item=item, target=Target(type=TargetType.AGENT, id="bob")))
    office.clock.advance(20)
    bob.presence.heartbeat()
    office.clock.advance(15)
    office.step()
    after = office.item(item)
    assert (after.state, after.offer, after.workbin_owner) == (State.IN_WORKBIN, None, "ann")
    assert bob.items.offers() == ()


def test_the_history_tells_that_a_transfer_of_a_lost_sender_was_withdrawn_where_items_stay(office: Office) -> None:
    base = policy("stay")
    office.apply(replace(base, timers=replace(base.timers, delivery=300.0)))
    ann = office.log_in("ann")
    office.log_in("bob", ready=False)
    item = office.take(ann).id
    office.do(ann, Transfer(item=item, target=Target(type=TargetType.AGENT, id="bob")))
    office.advance(40, alive=False)
    assert (office.item(item).assigned_to, office.item(item).offer) == ("ann", None)
    assert office.kinds(item)[-4:] == ["transfer-offered", "revoked", "transfer-refused", "agent-lost"]


def test_the_one_engine_of_a_folder_loses_all_left_over_sessions_at_its_start(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.engine.dispatcher.lose_all()
    assert office.item(item).state is State.IN_WORKBIN
    with pytest.raises(SessionEnded):
        ann.presence.session()


@pytest.mark.parametrize("one_lives", [True, False])
def test_a_dispatcher_that_begins_loses_nobody_where_nobody_at_all_could_be_heard(
    office: Office, one_lives: bool
) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob")
    office.clock.advance(40)
    if one_lives:
        bob.presence.heartbeat()
    another = engine_on(office.engine.store, clock=office.clock, ids=office.ids)
    another.dispatcher.step()
    if one_lives:
        with pytest.raises(SessionEnded):
            ann.presence.session()
    else:
        assert ann.presence.session().person == "ann"
        office.clock.advance(20)
        bob.presence.heartbeat()
        office.clock.advance(20)
        another.dispatcher.step()
        with pytest.raises(SessionEnded):
            ann.presence.session()
    assert bob.presence.session().person == "bob"


class _LeaseInTheDatabase:
    """A lease that cannot be asked for while the database is away."""

    def __init__(self) -> None:
        self.away = False
        self.others = False

    def held(self) -> bool:
        if self.away:
            raise StorageUnreachable("The database does not answer.")
        return not self.others

    def release(self) -> None: ...


def _dispatcher(office: Office, lease: Lease) -> Dispatcher:
    engine = office.engine
    router = Router(engine.configuration.catalogue, office.ids, Chance(1))
    return Dispatcher(engine.store, engine.sites, engine.configuration.catalogue, office.clock, router, lease)


@pytest.mark.parametrize("away", [11, 20, 29, 45])
@pytest.mark.parametrize("holder_dies", [False, True])
def test_nobody_is_lost_because_the_database_was_away(office: Office, away: int, holder_dies: bool) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob")
    lease = _LeaseInTheDatabase()
    lease.others = holder_dies
    dispatcher = _dispatcher(office, lease)
    dispatcher.step()
    office.clock.advance(4)
    lease.away = True
    for _second in range(away):
        with pytest.raises(StorageUnreachable):
            dispatcher.step()
        office.clock.advance(1)
    lease.away = False
    bob.presence.heartbeat()  # one is quicker than the dispatcher
    dispatcher.step()
    lease.others = False
    for _second in range(25):
        office.clock.advance(1)
        bob.presence.heartbeat()
        dispatcher.step()
    assert ann.presence.session().person == "ann", "who has had no grace period since"
    for _second in range(10):
        office.clock.advance(1)
        bob.presence.heartbeat()
        dispatcher.step()
    with pytest.raises(SessionEnded):
        ann.presence.session()
    assert bob.presence.session().person == "bob"


def test_a_step_that_fails_now_and_then_keeps_nobody_who_is_gone(office: Office) -> None:
    ann = office.log_in("ann")
    lease = _LeaseInTheDatabase()
    dispatcher = _dispatcher(office, lease)
    for second in range(45):
        lease.away = second % 6 == 0
        with suppress(StorageUnreachable):
            dispatcher.step()
        office.clock.advance(1)
    with pytest.raises(SessionEnded):
        ann.presence.session()

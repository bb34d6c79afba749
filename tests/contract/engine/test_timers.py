"""What time does to items: handling time-outs, holds, activation."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.contract.engine.office import Office, site
from workloom.domain.commands import AddNote, Hold, Pull, Resume, SetProperties
from workloom.domain.errors import Refused
from workloom.domain.interaction import State
from workloom.domain.site import Capacity, CapacityRule
from workloom.services.dispatcher import LOOK_AGAIN
from workloom.services.router import MOST_MOVES


def test_an_untouched_item_goes_back_to_its_queue_after_180_minutes(office: Office) -> None:
    ann = office.log_in("ann", "claim")
    item = office.take(ann).id
    office.log_in("cid")
    office.advance(179 * 60)
    office.do(ann, AddNote(item=item, text="Called, nobody there"))
    office.advance(179 * 60)
    assert office.item(item).state is State.HANDLING
    office.advance(61)
    after = office.item(item)
    assert after.assigned_to == ""
    assert "revoked" in office.kinds(item)
    revoked = next(event for event in ann.items.path(item) if event.kind == "revoked")
    assert (revoked.person, revoked.detail) == ("ann", {"reason": "handling-timeout", "minutes": 180})


@pytest.mark.parametrize(("attached", "media_minutes", "minutes"), [({}, 20, 20), ({"handling-timeout": "5"}, 20, 5)])
def test_the_handling_time_comes_from_the_item_then_from_the_media_type(
    office: Office, attached: dict[str, str], media_minutes: int, minutes: int
) -> None:
    types = site().media_types
    office.apply(site(media_types={**types, "claim": replace(types["claim"], handling_timeout=media_minutes)}))
    ann = office.log_in("ann")
    item = office.take(ann, attached=attached)
    assert item.handling_until == office.clock.now() + timedelta(minutes=minutes)


def test_a_held_item_is_not_routed_until_its_hold_ends(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit()
    office.do(ann, Hold(item=item, until=office.clock.now() + timedelta(minutes=5)))
    office.advance(4 * 60)
    assert office.item(item).state is State.QUEUED
    assert office.item(item).is_held
    office.advance(61)
    assert office.item(item).state is State.OFFERED


def test_resuming_ends_a_hold_without_end(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit()
    office.do(ann, Hold(item=item))
    office.advance(3600)
    assert office.item(item).state is State.QUEUED
    office.do(ann, Resume(item=item))
    office.step()
    assert office.item(item).state is State.OFFERED
    with pytest.raises(Refused):
        office.do(ann, Resume(item=item))


def test_holding_an_open_item_puts_it_back_to_its_queue_and_pulling_it_ends_the_hold(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.do(ann, Hold(item=item))
    office.step()
    assert (office.item(item).state, office.item(item).is_held) == (State.QUEUED, True)
    assert not office.do(ann, Pull(item=item)).is_held
    assert office.kinds(item)[-3:] == ["held", "pulled", "resumed"]
    assert ann.items.path(item)[-1].detail == {"reason": "taken"}


def test_an_item_is_routed_only_from_its_activation_on(office: Office) -> None:
    office.log_in("ann")
    due_at = office.clock.now() + timedelta(minutes=3)
    item = office.submit(activation_at=due_at)
    assert office.step() is not None
    office.advance(170)
    assert office.item(item).state is State.QUEUED
    office.advance(11)
    assert office.item(item).state is State.OFFERED


def test_a_step_of_the_strategy_widens_the_targets_by_waiting_time_alone(office: Office) -> None:
    base = site()
    steps = (*base.strategies["experts"].steps, replace(base.strategies["anyone"].steps[0], after=60))
    office.apply(site(strategies={**base.strategies, "experts": replace(base.strategies["experts"], steps=steps)}))
    office.log_in("cid")
    item = office.submit()
    next_due = office.step()
    assert office.item(item).state is State.QUEUED
    assert next_due is not None
    assert next_due <= office.clock.now() + timedelta(seconds=60)
    office.advance(60)
    offer = office.item(item).offer
    assert offer is not None
    assert offer.agent == "cid"


def test_values_are_kept_when_an_item_is_taken_back(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.do(ann, SetProperties(item=item, changes={"Estimate": 900}))
    office.advance(181 * 60)
    assert office.item(item).attached["Estimate"] == 900


def test_while_there_is_much_to_offer_timers_are_looked_at_all_the_same(office: Office) -> None:
    roomy = CapacityRule(name="two", capacities=(Capacity(media_type="claim", maximum=1000),))
    office.apply(site(capacity_rules={"two": roomy}))
    ann, held = office.log_in("ann"), office.submit(priority=9)
    office.do(ann, Hold(item=held, until=office.clock.now() + timedelta(seconds=LOOK_AGAIN.total_seconds() * 1.5)))
    template = office.item(office.submit())
    with office.engine.store.transaction() as transaction:
        for number in range(3 * MOST_MOVES):
            transaction.items.insert(replace(template, id=f"w{number}"))
    undo = office.engine.store.on_commit(lambda: office.clock.advance(LOOK_AGAIN.total_seconds()))
    office.step()
    undo()
    assert office.item(held).state is State.OFFERED

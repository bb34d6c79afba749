"""Sequences that nobody means to send: what the service refuses, and where the item is afterwards."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.contract.backends import Backend
from tests.contract.engine.office import OPTIONS, Office, site
from workloom.domain.commands import (
    Accept,
    AddNote,
    AssignContact,
    CancelTransfer,
    Close,
    Command,
    Hold,
    MarkDone,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    Reject,
    Reopen,
    SetDisposition,
    SetProperties,
    Transfer,
)
from workloom.domain.errors import BadInput, NotAllowed, OfferGone, Refused, SessionEnded, Stale, WorkloomError
from workloom.domain.interaction import State
from workloom.domain.privileges import (
    CASE_EDIT,
    CORE_PRIVILEGES,
    MANAGEMENT_CASE_EDIT,
    PULL_SHARED,
    USE_CHANNEL,
    USE_WORKBINS,
)
from workloom.domain.site import Role, Site
from workloom.domain.targets import ROUTING_KEYS, Target, TargetType

TO_BOB = Target(type=TargetType.AGENT, id="bob")
TO_EXPERTS = Target(type=TargetType.GROUP, id="experts")


def without(*privileges: str, **changes: Any) -> Site:
    rights = tuple(privilege for privilege in CORE_PRIVILEGES if privilege not in privileges)
    return site(roles={"agent": Role(name="agent", privileges=rights)}, **changes)


def kind_and_length(value: object) -> str:
    return f"{type(value).__name__} of {len(str(value))} signs"


def test_an_offer_is_accepted_once_whatever_the_key(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    accept = Accept(item=item, ticket=offer.ticket)
    taken = ann.items.execute(accept, key="one")
    assert ann.items.execute(accept, key="one") == taken
    with pytest.raises(OfferGone):
        ann.items.execute(accept, key="two")
    assert office.item(item) == taken
    assert office.kinds(item).count("accepted") == 1


def test_a_colleague_who_logs_off_leaves_a_pending_transfer_with_its_sender(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann)
    office.do(ann, Transfer(item=item.id, target=TO_BOB))
    offer = office.item(item.id).offer
    assert offer is not None
    bob.presence.log_off()
    after = office.item(item.id)
    assert (after.assigned_to, after.offer, after.fence) == ("ann", None, item.fence)
    assert office.kinds(item.id)[-1] == "transfer-refused"
    with pytest.raises(SessionEnded):
        office.do(bob, Accept(item=item.id, ticket=offer.ticket))
    again = office.log_in("bob", ready=False)
    with pytest.raises(OfferGone):
        office.do(again, Accept(item=item.id, ticket=offer.ticket))
    assert office.do(ann, MarkDone(item=item.id)).is_finished


def test_a_privilege_that_goes_while_an_offer_stands_is_missing_at_the_answer(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    office.apply(without(USE_CHANNEL))
    with pytest.raises(NotAllowed):
        office.do(ann, Accept(item=item, ticket=offer.ticket))
    office.advance(31)
    assert (office.item(item).state, office.item(item).offer) == (State.QUEUED, None)


def test_reopening_works_once_for_each_completion_and_raises_the_fence(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann)
    office.do(ann, MarkDone(item=item.id))
    reopened = office.do(ann, Reopen(item=item.id))
    for agent in (ann, bob):
        with pytest.raises(Refused, match="not done"):
            office.do(agent, Reopen(item=item.id))
    assert office.item(item.id) == reopened
    office.do(ann, MarkDone(item=item.id))
    again = office.do(bob, Reopen(item=item.id))
    assert item.fence < reopened.fence < again.fence
    assert office.kinds(item.id).count("done") == 2
    with pytest.raises(Stale):
        office.do(ann, MarkDone(item=item.id, fence=reopened.fence))


def test_the_desktop_of_a_first_session_is_out_as_soon_as_a_second_begins(office: Office) -> None:
    first = office.log_in("ann")
    held, offered = office.take(first), office.submit()
    office.step()
    offer = office.item(offered).offer
    assert offer is not None
    second = office.log_in("ann")
    commands = (Close(item=held.id, fence=held.fence), Accept(item=offered, ticket=offer.ticket))
    for command in commands:
        with pytest.raises(SessionEnded):
            office.do(first, command)
    with pytest.raises(OfferGone):
        office.do(second, Accept(item=offered, ticket=offer.ticket))
    with pytest.raises(Stale):
        office.do(second, commands[0])
    assert office.do(second, MarkDone(item=held.id)).is_finished
    office.step()
    assert office.accept(second, offered).assigned_to == "ann"


def test_a_request_goes_when_its_item_is_finished_and_does_not_come_back_with_it(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann).id
    office.do(ann, Transfer(item=item, target=TO_EXPERTS))
    office.do(bob, PlaceInWorkbin(item=item, workbin="team", owner="experts"))
    assert set(ROUTING_KEYS) <= set(office.item(item).attached)
    office.do(bob, MarkDone(item=item))
    office.do(bob, Reopen(item=item))
    assert office.do(bob, PlaceInQueue(item=item, queue="claims")).attached == {"City": "Graz"}


def test_a_routing_request_for_nobody_in_reach_comes_back_to_the_sender_and_then_is_anybodys(office: Office) -> None:
    office.apply(site(application_options={**OPTIONS, "intercommunication.claim.routing-based-targets": ["Agent"]}))
    ann = office.log_in("ann")
    item = office.take(ann).id
    sent = office.do(ann, Transfer(item=item, target=TO_BOB))
    assert (sent.state, sent.assigned_to, sent.queue) == (State.QUEUED, "", "requests")
    office.advance(59)
    assert office.item(item).state is State.QUEUED
    office.advance(2)
    back = office.item(item).offer
    assert back is not None
    assert (back.agent, set(ROUTING_KEYS) <= set(office.item(item).attached)) == ("ann", True)
    office.do(ann, Reject(item=item, ticket=back.ticket))
    office.log_in("cid")
    bob = office.log_in("bob", ready=False)
    office.advance(30)
    assert office.item(item).state is State.QUEUED
    office.advance(31)
    last = office.item(item).offer
    assert last is not None, "after both times the item is one of the queue like any other"
    assert last.agent == "ann", "whom the queue reaches, not whom the request named"
    assert not set(ROUTING_KEYS) & set(office.accept(ann, item).attached)
    assert bob.items.offers() == ()


@pytest.mark.parametrize(
    "minutes", [10**12, str(10**12), 10**400, "9" * 5000, -5, 0, "soon", True], ids=kind_and_length
)
def test_no_handling_time_of_a_source_keeps_an_item_from_being_taken_or_with_its_agent_for_ever(
    office: Office, minutes: object
) -> None:
    ann = office.log_in("ann")
    item = office.take(ann, attached={"handling-timeout": minutes})
    assert item.handling_until is not None
    assert timedelta(0) < item.handling_until - office.clock.now() <= timedelta(days=366)


def test_a_lost_agent_who_may_not_use_workbins_leaves_the_item_in_its_queue(office: Office) -> None:
    office.apply(without(USE_WORKBINS))
    item = office.take(office.log_in("ann"))
    office.advance(40, alive=False)
    after = office.item(item.id)
    assert (after.state, after.queue, after.workbin) == (State.QUEUED, "claims", "")


def test_the_options_of_a_strategy_cannot_be_laid_or_lifted_by_hand(office: Office) -> None:
    strategies = {**site().strategies, "experts": replace(site().strategies["experts"], overrides=("careful",))}
    office.apply(site(strategies=strategies))
    ann = office.log_in("ann")
    item = office.take(ann)
    for value in ("", "lenient", None):
        with pytest.raises(BadInput, match="belongs to the routing"):
            office.do(ann, SetProperties(item=item.id, changes={"IW_OverrideOptions": value}))
    with pytest.raises(Refused, match="Choose a disposition"):
        office.do(ann, MarkDone(item=item.id))


def test_a_supervisor_edits_what_rests_anywhere_and_not_what_others_have(office: Office) -> None:
    office.apply(without(CASE_EDIT, PULL_SHARED))
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann).id
    edit = SetProperties(item=item, changes={"City": "Linz"})
    for agent in (ann, bob):
        with pytest.raises((NotAllowed, Stale)):
            office.do(agent, edit)
    office.do(ann, PlaceInWorkbin(item=item, workbin="team", owner="experts"))
    assert office.do(bob, edit).attached["City"] == "Linz"
    office.apply(without(CASE_EDIT, PULL_SHARED, MANAGEMENT_CASE_EDIT))
    with pytest.raises(NotAllowed):
        office.do(bob, SetProperties(item=item, changes={"City": "Wels"}))


def test_an_item_whose_queue_has_left_the_site_goes_to_one_that_it_knows(office: Office) -> None:
    office.apply(site(application_options={**OPTIONS, "workbin.claim.in-progress": ""}))
    ann = office.log_in("ann")
    item = office.take(ann, attached={"handling-timeout": 2}).id
    office.do(ann, PlaceInQueue(item=item, queue="shelf"))
    office.do(ann, Pull(item=item))
    office.do(ann, MarkDone(item=item))
    office.apply(replace(site(), queues={name: queue for name, queue in site().queues.items() if name != "shelf"}))
    office.do(ann, Reopen(item=item))
    assert office.do(ann, Close(item=item)).workbin == "in-progress"
    office.do(ann, Pull(item=item))
    office.advance(121)
    assert office.item(item).queue == "claims"


def test_an_item_whose_queues_have_all_left_the_site_is_marked_and_can_be_taken(office: Office) -> None:
    office.apply(site(application_options={**OPTIONS, "workbin.claim.in-progress": ""}))
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.do(ann, MarkDone(item=item))
    queues = {name: queue for name, queue in site().queues.items() if name != "claims"}
    office.apply(site(queues=queues, application_options={**OPTIONS, "workbin.claim.in-progress": ""}))
    office.do(ann, Reopen(item=item))
    office.do(ann, Close(item=item))
    office.step()
    assert office.item(item).error == "Routing: there is no queue “claims”."
    assert office.do(ann, Pull(item=item)).error == ""


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.dictionaries(st.text(), inner, max_size=3) | st.lists(inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["claims", "team", "in-progress", "bob", "experts", ""]) | st.text(st.characters())
TARGETS = st.builds(Target, type=st.sampled_from(TargetType), id=NAMES)
COMMANDS = st.one_of(
    st.builds(Accept, item=st.just("i"), ticket=NAMES, fence=st.integers()),
    st.builds(Reject, item=st.just("i"), ticket=NAMES),
    st.builds(Pull, item=NAMES),
    st.builds(PlaceInQueue, item=st.just("i"), queue=NAMES),
    st.builds(PlaceInWorkbin, item=st.just("i"), workbin=NAMES, owner=NAMES),
    st.builds(Transfer, item=st.just("i"), target=TARGETS, note=st.text(st.characters())),
    st.builds(CancelTransfer, item=st.just("i")),
    st.builds(SetProperties, item=st.just("i"), changes=st.dictionaries(NAMES, VALUES, max_size=3)),
    st.builds(SetDisposition, item=st.just("i"), value=NAMES),
    st.builds(AddNote, item=st.just("i"), text=st.text(st.characters())),
    st.builds(AssignContact, item=st.just("i"), contact=NAMES),
    st.builds(Hold, item=st.just("i"), until=st.none() | st.datetimes()),
    st.builds(Command, item=st.just("i")),
)


def test_whatever_a_command_holds_it_is_carried_out_or_refused_in_words(backend: Backend, office: Office) -> None:
    ann = office.log_in("ann")

    @backend.examples(150)
    @given(commands=st.lists(COMMANDS, min_size=1, max_size=6))
    def holds(commands: list[Command]) -> None:
        item = office.take(ann)
        for command in commands:
            before = office.item(item.id)
            try:
                after = ann.items.execute(replace(command, item=item.id if command.item == "i" else command.item))
            except WorkloomError:
                assert office.item(item.id) == before
            else:
                assert office.item(item.id) == after
        with office.engine.store.transaction() as transaction:  # so that the next example is offered its own
            last = office.item(item.id)
            done = replace(last, state=State.FINISHED, assigned_to="", session="", offer=None)
            transaction.items.save(done, before=last)

    holds()


def test_lists_within_lists_have_an_end_and_hold_what_attached_data_may_hold(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    fits: dict[str, Any] = {"Name": "Auer", "Years": {"2025": 3}}
    assert office.do(ann, SetProperties(item=item, changes={"Claims": fits})).attached["Claims"] == fits
    deep: dict[str, Any] = {}
    for _ in range(100):
        deep = {"in": deep}
    for unfit in (deep, {"Rate": 1.5}, {"Paid": True}, {"None": None}, {"List": [1]}, {"": "no name"}):
        with pytest.raises(BadInput):
            office.do(ann, SetProperties(item=item, changes={"Claims": unfit}))


def test_a_hold_says_its_end_with_its_time_zone(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    with pytest.raises(BadInput, match="time zone"):
        office.do(ann, Hold(item=item, until=datetime(2027, 1, 1)))  # noqa: DTZ001 - a client may send such

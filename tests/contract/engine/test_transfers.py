"""Transfers: direct to an agent, into a queue, and by routing."""

import pytest
from msgspec.structs import replace

from tests.contract.engine.office import Office, site
from workloom.domain.commands import CancelTransfer, MarkDone, PlaceInQueue, Reject, SetProperties, Transfer
from workloom.domain.errors import BadInput, NotFound, OfferGone, Refused, Stale
from workloom.domain.interaction import OfferKind, State
from workloom.domain.presence import Presence
from workloom.domain.sentences import Sentence
from workloom.domain.site import Site
from workloom.domain.targets import ROUTING_KEYS, Target, TargetType

TO_BOB = Target(type=TargetType.AGENT, id="bob")


def with_options(**options: object) -> Site:
    return site(application_options={**site().application_options, **options})


def test_the_sender_keeps_the_item_until_the_target_accepts(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann)
    office.do(ann, Transfer(item=item.id, target=TO_BOB, note="Needs an expert"))
    pending = office.item(item.id)
    assert (pending.assigned_to, pending.state) == ("ann", State.HANDLING)
    assert [(row.item.offer.kind, row.item.offer.note) for row in bob.items.offers() if row.item.offer] == [
        (OfferKind.TRANSFER, "Needs an expert")
    ]
    office.do(ann, SetProperties(item=item.id, changes={"Estimate": 1200}))
    after = office.accept(bob, item.id)
    assert (after.assigned_to, after.attached["Estimate"]) == ("bob", 1200)
    assert after.fence > item.fence
    with pytest.raises(Stale):
        office.do(ann, MarkDone(item=item.id))
    assert [note.text for note in bob.items.notes(item.id)] == ["Needs an expert"]
    assert office.kinds(item.id)[-2:] == ["accepted", "transferred"]


def test_a_declined_transfer_leaves_the_item_with_the_sender_and_says_so(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann)
    office.do(ann, Transfer(item=item.id, target=TO_BOB))
    offer = office.item(item.id).offer
    assert offer is not None
    office.do(bob, Reject(item=item.id, ticket=offer.ticket))
    after = office.item(item.id)
    assert (after.assigned_to, after.offer, after.fence) == ("ann", None, item.fence)
    told = [event for event in ann.events.after(0) if event.kind == "transfer-refused"]
    assert [(event.person, event.detail) for event in told] == [("ann", {"agent": "bob", "reason": "declined"})]
    assert office.do(ann, MarkDone(item=item.id)).is_finished


def test_a_transfer_that_nobody_answers_runs_out(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob")
    item = office.take(ann, requested_agent="ann")
    office.do(ann, Transfer(item=item.id, target=TO_BOB))
    office.advance(31)
    assert (office.item(item.id).assigned_to, office.item(item.id).offer) == ("ann", None)
    assert {channel.state for channel in bob.presence.session().channels} == {Presence.READY, Presence.NOT_READY}
    assert "transfer-refused" in office.kinds(item.id)


def test_a_canceled_transfer_cannot_be_accepted(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann)
    office.do(ann, Transfer(item=item.id, target=TO_BOB))
    with pytest.raises(Refused, match="Wait for the answer or cancel"):
        office.do(ann, MarkDone(item=item.id))
    office.do(ann, CancelTransfer(item=item.id))
    with pytest.raises(Refused):
        office.do(ann, CancelTransfer(item=item.id))
    assert bob.items.offers() == ()


def test_a_direct_offer_reaches_beyond_capacity_but_not_on_do_not_disturb(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob")
    for _ in range(2):
        office.take(bob, requested_agent="bob")
    item = office.take(ann, requested_agent="ann")
    bob.presence.set_state(Presence.DND)
    with pytest.raises(Refused, match="Bob is on do not disturb"):
        office.do(ann, Transfer(item=item.id, target=TO_BOB))
    bob.presence.set_state(Presence.READY)
    office.do(ann, Transfer(item=item.id, target=TO_BOB))
    office.accept(bob, item.id)
    assert len(bob.items.open_items()) == 3


@pytest.mark.parametrize(
    ("target", "error", "words"),
    [
        (TO_BOB, Refused, "logged off"),
        (Target(type=TargetType.AGENT, id="ann"), Refused, "with you already"),
        (Target(type=TargetType.AGENT, id="zoe"), NotFound, "no agent"),
        (Target(type=TargetType.GROUP, id="nobodies"), NotFound, "no agent group"),
        (Target(type=TargetType.QUEUE, id="nowhere"), NotFound, "no queue"),
        (Target(type=TargetType.QUEUE, id="fax-only"), Refused, "does not take claim items"),
        (Target(type=TargetType.SKILL, id="Legal>>3"), BadInput, "position"),
    ],
)
def test_a_target_that_cannot_be_is_refused_and_the_item_stays(
    office: Office, target: Target, error: type[Exception], words: str
) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    with pytest.raises(error, match=words):
        office.do(ann, Transfer(item=item.id, target=target))
    assert office.item(item.id) == item


def test_a_transfer_to_a_queue_places_the_item_there(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    after = office.do(ann, Transfer(item=item.id, target=Target(type=TargetType.QUEUE, id="shelf")))
    assert (after.state, after.queue, after.assigned_to) == (State.QUEUED, "shelf", "")


def test_a_group_is_reached_through_the_routing_queue_with_the_four_keys_until_somebody_accepts(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob")
    item = office.take(ann, requested_agent="ann")
    sent = office.do(ann, Transfer(item=item.id, target=Target(type=TargetType.GROUP, id="experts")))
    assert (sent.state, sent.queue, sent.assigned_to) == (State.QUEUED, "requests", "")
    assert [sent.attached[key] for key in ROUTING_KEYS] == ["ANN", "AgentGroup", "experts", "OneStepTransfer"]
    office.step()
    offered = office.item(item.id)
    assert offered.offer is not None
    assert (offered.offer.agent, set(ROUTING_KEYS) <= set(offered.attached)) == ("bob", True)
    after = office.accept(bob, item.id)
    assert not set(ROUTING_KEYS) & set(after.attached)


def test_a_skill_request_looks_for_the_skill_then_comes_back_to_the_sender_then_goes_to_the_queue(
    office: Office,
) -> None:
    ann, cid = office.log_in("ann"), office.log_in("cid")
    item = office.take(ann)
    office.do(ann, Transfer(item=item.id, target=Target(type=TargetType.SKILL, id="Legal>=3")))
    office.advance(55)
    assert office.item(item.id).state is State.QUEUED
    office.advance(10)
    back = office.item(item.id).offer
    assert back is not None
    assert back.agent == "ann"
    office.do(ann, Reject(item=item.id, ticket=back.ticket))
    office.advance(40)
    assert office.item(item.id).queue == "requests"
    ann.presence.set_state(Presence.NOT_READY)
    office.advance(60)
    assert office.item(item.id).state is State.QUEUED
    bob = office.log_in("bob")
    office.step()
    assert not set(ROUTING_KEYS) & set(office.accept(bob, item.id).attached)
    assert cid.items.offers() == ()


def test_without_a_routing_queue_groups_cannot_be_reached_and_the_reason_is_said(office: Office) -> None:
    office.apply(with_options(**{"intercommunication.claim.queue": ""}))
    ann = office.log_in("ann")
    item = office.take(ann)
    with pytest.raises(Refused, match=r"No routing queue is set for claims\. Ask your administrator\."):
        office.do(ann, Transfer(item=item.id, target=Target(type=TargetType.GROUP, id="experts")))


@pytest.mark.parametrize("kind", [TargetType.GROUP, TargetType.QUEUE])
def test_a_routing_queue_without_a_strategy_is_refused_and_the_sender_keeps_the_item(
    office: Office, kind: TargetType
) -> None:
    based = {"intercommunication.claim.routing-based-targets": ["InteractionQueue"]}
    office.apply(with_options(**based, **{"intercommunication.claim.queue": "shelf"}))
    ann = office.log_in("ann")
    item = office.take(ann)
    target = Target(type=kind, id="experts" if kind is TargetType.GROUP else "claims")
    with pytest.raises(Refused, match=r"The routing queue “The shelf” has no strategy\. .* The claim is still yours\."):
        office.do(ann, Transfer(item=item.id, target=target))
    assert office.item(item.id) == item


def test_accepting_an_item_that_its_source_holds_ends_the_hold_as_an_event(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob")
    item = office.take(ann, requested_agent="ann")
    with office.engine.store.transaction() as transaction:  # as the source's hold does, which leaves the agent the item
        transaction.items.save(replace(item, held_at=office.clock.now()), before=item)
    office.do(ann, Transfer(item=item.id, target=TO_BOB))
    assert office.item(item.id).is_held
    assert not office.accept(bob, item.id).is_held
    assert office.kinds(item.id)[-3:] == ["accepted", "transferred", "resumed"]


def test_agents_and_queues_go_by_routing_where_the_option_says_so(office: Office) -> None:
    office.apply(with_options(**{"intercommunication.claim.routing-based-targets": ["Agent", "InteractionQueue"]}))
    ann, bob = office.log_in("ann"), office.log_in("bob")
    item = office.take(ann, requested_agent="ann")
    sent = office.do(ann, Transfer(item=item.id, target=TO_BOB))
    assert (sent.queue, sent.attached["IW_RoutingBasedTargetId"]) == ("requests", "BOB")
    office.step()
    office.accept(bob, item.id)
    office.do(bob, Transfer(item=item.id, target=Target(type=TargetType.QUEUE, id="shelf")))
    office.step()
    after = office.item(item.id)
    assert (after.queue, after.state) == ("shelf", State.QUEUED)
    assert not set(ROUTING_KEYS) & set(after.attached)


def test_an_item_that_was_transferred_is_found_among_the_recent_targets(office: Office) -> None:
    ann, _ = office.log_in("ann"), office.log_in("bob")
    item, other = office.take(ann, requested_agent="ann"), office.take(ann, requested_agent="ann")
    office.do(ann, Transfer(item=item.id, target=Target(type=TargetType.QUEUE, id="shelf")))
    assert [row.target.id for row in ann.directory.recent(item=other.id)] == ["shelf"]


def test_a_ticket_is_good_once(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann)
    office.do(ann, Transfer(item=item.id, target=TO_BOB))
    ticket = office.item(item.id).offer
    assert ticket is not None
    office.accept(bob, item.id)
    office.do(bob, PlaceInQueue(item=item.id, queue="shelf"))
    with pytest.raises(OfferGone):
        office.do(bob, Reject(item=item.id, ticket=ticket.ticket))


def test_the_offer_of_a_strategy_has_its_own_time(office: Office) -> None:
    strategies = {**site().strategies, "experts": replace(site().strategies["experts"], offer_timeout=7)}
    office.apply(site(strategies=strategies))
    office.log_in("ann")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    assert (offer.deadline - offer.offered_at).total_seconds() == 7


def test_a_refusal_tells_what_it_is_made_of_so_that_it_can_be_said_in_another_language(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    with pytest.raises(Refused) as caught:
        office.do(ann, Transfer(item=item.id, target=TO_BOB))
    said = caught.value.sentence
    assert isinstance(said, Sentence)
    assert said.text == "{reason} The {kind:within} is still yours."
    assert said == str(caught.value)
    reason = said.values["reason"]
    assert isinstance(reason, Sentence)
    assert reason.text == "{name} is {reason}."
    assert str(reason.values["name"]) in said

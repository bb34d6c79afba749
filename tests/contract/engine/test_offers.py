"""Offers: made, answered, run out."""

import pytest

from tests.contract.backends import opened_office
from tests.contract.engine.office import OPTIONS, Office, site
from workloom.bootstrap.catalogue import installed_options
from workloom.domain.commands import Accept, Close, MarkDone, Pull, Reject
from workloom.domain.errors import NotAllowed, OfferGone, Refused, SessionEnded, Stale
from workloom.domain.interaction import Outcome, State
from workloom.domain.presence import Presence
from workloom.domain.privileges import CORE_PRIVILEGES, DECLINE
from workloom.domain.site import Role


def test_an_item_is_offered_to_a_ready_agent_and_accepted(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit()
    due = office.step()
    offer = office.item(item).offer
    assert offer is not None
    assert due == offer.deadline
    assert [row.item.id for row in ann.items.offers()] == [item]
    after = ann.items.execute(Accept(item=item, ticket=offer.ticket))
    assert (after.state, after.assigned_to, after.session) == (State.HANDLING, "ann", office.sessions["ann"])
    assert after.fence == 1
    assert after.delivered_at == office.clock.now()
    assert [mine.id for mine in ann.items.open_items()] == [item]
    assert ann.items.offers() == ()


def test_an_offer_that_runs_out_goes_back_at_its_age_and_makes_the_channel_not_ready(office: Office) -> None:
    ann = office.log_in("ann", "claim")
    item = office.submit()
    office.advance(29)
    assert office.item(item).state is State.OFFERED
    came = office.item(item).moved_to_queue_at
    office.advance(31)
    after = office.item(item)
    assert (after.state, after.offer, after.moved_to_queue_at) == (State.QUEUED, None, came)
    (channel,) = (channel for channel in ann.presence.session().channels if channel.is_on)
    assert (channel.state, channel.reason) == (Presence.NOT_READY, "Missed offer")
    assert office.kinds(item)[-1] == "offer-expired"


def test_the_channel_stays_ready_after_a_missed_offer_where_the_option_says_so(office: Office) -> None:
    base = site()
    office.apply(site(application_options={**base.application_options, "claim.missed-offer-not-ready": False}))
    ann = office.log_in("ann", "claim")
    office.submit()
    office.step()
    office.advance(31)
    assert [channel.state for channel in ann.presence.session().channels if channel.is_on] == [Presence.READY]


def test_a_late_accept_is_refused_even_before_the_dispatcher_has_seen_it(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    office.clock.advance(30)
    with pytest.raises(OfferGone, match="time to answer is over"):
        ann.items.execute(Accept(item=item, ticket=offer.ticket))
    assert office.item(item).state is State.OFFERED


def test_a_declined_item_goes_to_the_next_agent_and_keeps_its_age(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    first, second = (ann, "bob") if offer.agent == "ann" else (bob, "ann")
    came = office.item(item).moved_to_queue_at
    office.advance(5)
    first.items.execute(Reject(item=item, ticket=offer.ticket))
    office.step()
    after = office.item(item)
    assert after.offer is not None
    assert after.offer.agent == second
    assert after.moved_to_queue_at == came


def test_a_declined_item_comes_back_to_the_only_agent_after_a_pause(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    ann.items.execute(Reject(item=item, ticket=offer.ticket))
    office.advance(50)
    assert office.item(item).state is State.QUEUED
    office.advance(11)
    assert office.item(item).state is State.OFFERED


def test_declining_needs_its_privilege(office: Office) -> None:
    rights = tuple(privilege for privilege in CORE_PRIVILEGES if privilege != DECLINE)
    office.apply(site(roles={"agent": Role(name="agent", privileges=rights)}))
    ann = office.log_in("ann")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    with pytest.raises(NotAllowed) as raised:
        ann.items.execute(Reject(item=item, ticket=offer.ticket))
    assert raised.value.privilege == DECLINE


def test_another_agents_ticket_is_of_no_use(office: Office) -> None:
    office.log_in("ann")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    bob = office.log_in("bob")
    with pytest.raises(OfferGone):
        bob.items.execute(Accept(item=item, ticket=offer.ticket))


def test_capacity_counts_open_items_and_outstanding_offers(office: Office) -> None:
    ann = office.log_in("ann")
    items = [office.submit() for _ in range(4)]
    office.step()
    assert len(ann.items.offers()) == 2
    office.accept(ann, items[0])
    office.step()
    assert len(ann.items.offers()) == 1
    office.do(ann, MarkDone(item=items[0]))
    office.step()
    assert len(ann.items.offers()) == 2


def test_a_pull_is_not_limited_by_capacity_but_counts_afterwards(office: Office) -> None:
    ann = office.log_in("ann", ready=False)
    pulled = [office.submit(queue="shelf") for _ in range(3)]
    for item in pulled:
        office.do(ann, Pull(item=item))
    ann.presence.set_state(Presence.READY)
    office.submit()
    office.step()
    assert ann.items.offers() == ()
    for item in pulled[:2]:
        office.do(ann, Close(item=item))
    office.step()
    assert len(ann.items.offers()) == 1


def test_the_agent_who_let_go_of_an_item_cannot_write_to_it(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    office.do(ann, Close(item=item.id))
    other = office.log_in("bob", ready=False)
    office.do(other, Pull(item=item.id))
    with pytest.raises(Stale, match="Bob has it now"):
        office.do(ann, MarkDone(item=item.id))
    with pytest.raises(Stale, match="changed hands"):
        office.do(other, MarkDone(item=item.id, fence=item.fence))
    done = office.do(other, MarkDone(item=item.id, fence=office.item(item.id).fence))
    assert (done.state, done.outcome) == (State.FINISHED, Outcome.COMPLETED)


def test_a_second_login_of_a_person_takes_the_open_items_over_and_ends_the_first(office: Office) -> None:
    first = office.log_in("ann")
    item = office.take(first)
    second = office.log_in("ann")
    assert [mine.id for mine in second.items.open_items()] == [item.id]
    assert office.item(item.id).fence == item.fence + 1
    with pytest.raises(SessionEnded):
        office.do(first, MarkDone(item=item.id))
    assert office.do(second, MarkDone(item=item.id)).is_finished


@pytest.mark.parametrize(
    ("automatic", "may_reject", "refused"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_an_offer_that_is_accepted_by_itself_is_rejected_only_where_the_option_says_so(
    automatic: bool, may_reject: bool, refused: bool
) -> None:
    options = {
        **OPTIONS,
        "claim.auto-answer": automatic,
        "claim.auto-answer.timer": 5,
        "claim.auto-answer.enable-reject": may_reject,
    }
    office = opened_office(first_site=site(application_options=options), catalogue=installed_options())
    ann = office.log_in("ann")
    item = office.submit()
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    reject = Reject(item=item, ticket=offer.ticket)
    if refused:
        with pytest.raises(Refused, match="This claim is accepted by itself and cannot be rejected"):
            ann.items.execute(reject)
        assert office.item(item).state is State.OFFERED
    else:
        assert ann.items.execute(reject).state is State.QUEUED

"""An offer is written without the whole item; what is kept is what the decision on the whole item says."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.contract.engine.office import Office
from workloom.domain.errors import Stale
from workloom.domain.interaction import Interaction, Offer, State
from workloom.domain.moves_offers import offer_made, offered
from workloom.services.ports import Transaction
from workloom.services.ports_due import Reservation, Waiting

OFTEN = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
ATTACHED = st.none() | st.dictionaries(st.sampled_from(["City", "Straße", 'a"b\\\n']), st.text(max_size=5), max_size=2)


def offer_of(office: Office, agent: str = "ann") -> Offer:
    now = office.clock.now()
    return Offer(ticket=f"t-{agent}", agent=agent, session="s", offered_at=now, deadline=now + timedelta(seconds=30))


def waiting(transaction: Transaction, now: datetime, item: str, *, attached: bool = False) -> Waiting:
    """The item as routing reads it, from whatever place it waits in."""
    streams = transaction.due.streams(("waiting", "mine"))
    found = [
        each
        for stream in streams
        for each in transaction.due.waiting(stream, now, since=None, until=None, limit=99, attached=attached)
    ]
    (one,) = (each for each in found if each.id == item)
    return one


@OFTEN
@given(
    agent=st.sampled_from(["ann", 'o"neil\\', "Zoë"]),
    attached=ATTACHED,
    workbin=st.sampled_from(["", "waiting"]),
    seen_before=st.booleans(),
    priority=st.integers(0, 3),
)
def test_a_reserved_item_is_the_one_that_was_decided(
    office: Office, agent: str, attached: dict[str, str] | None, workbin: str, seen_before: bool, priority: int
) -> None:
    item, now = office.submit(priority=priority), office.clock.now()
    with office.engine.store.transaction(whole=True) as transaction:
        was = transaction.items.get(item)
        assert was is not None
        rests = replace(
            was,
            state=State.IN_WORKBIN if workbin else State.QUEUED,
            workbin=workbin,
            workbin_owner="ann" if workbin else "",
            delivered_at=now - timedelta(days=1) if seen_before else None,
        )
        transaction.items.save(rests, before=was)
    offer = offer_of(office, agent)
    with office.engine.store.transaction(whole=True) as transaction:
        one = waiting(transaction, now, item, attached=True)
        assert one == narrow(rests, one.row)
        transaction.items.reserve([Reservation(one, offer, attached)])
        transaction.events.append([offer_made(one, offer)])
        expected = offered(rests if attached is None else replace(rests, attached=attached), offer)
        assert transaction.items.get(item) == expected.item
    with office.engine.store.reading() as reader:
        assert reader.items.get(item) == expected.item
        assert [replace(event, sequence=0) for event in reader.events.of_item(item)[-1:]] == list(expected.events)
        assert item in [each.id for each in reader.items.offered_to(agent)]


def narrow(item: Interaction, row: int) -> Waiting:
    return Waiting(
        row,
        item.id,
        item.fence,
        item.priority,
        item.queue,
        item.workbin,
        item.workbin_owner,
        item.moved_to_queue_at,
        item.attached,
    )


@pytest.mark.parametrize("change", ["fence", "state", "offer", "row"])
def test_who_does_not_wait_any_more_is_not_offered_and_nothing_else_is(office: Office, change: str) -> None:
    items = (office.submit(), office.submit())
    with pytest.raises(Stale, match="changed hands"):
        reserve_after(office, change, *items)
    assert [office.item(each).state for each in items] == [State.QUEUED, State.QUEUED]


def reserve_after(office: Office, change: str, item: str, other: str) -> None:
    """Offer two items, of which one is not any more what it was when it was read."""
    with office.engine.store.transaction(whole=True) as transaction:
        one, two = (waiting(transaction, office.clock.now(), each) for each in (item, other))
        if change == "fence":
            one = replace(one, fence=one.fence + 1)
        elif change == "row":
            one = replace(one, row=one.row + 1000)
        else:
            was = transaction.items.get(item)
            assert was is not None
            away = replace(was, state=State.IN_WORKBIN if change == "offer" else State.HANDLING)
            transaction.items.save(replace(away, offer=offer_of(office) if change == "offer" else None), before=was)
        transaction.items.reserve([Reservation(two, offer_of(office)), Reservation(one, offer_of(office))])


@pytest.mark.parametrize("workbin", ["", "waiting"])
def test_behind_an_item_are_those_that_follow_it_in_the_order_of_routing(office: Office, workbin: str) -> None:
    now = office.clock.now()
    template = office.item(office.submit())
    with office.engine.store.transaction(whole=True) as transaction:
        state = State.IN_WORKBIN if workbin else State.QUEUED
        for number in range(24):
            since = now - timedelta(minutes=number % 3)
            other = replace(template, id=f"w{number}", priority=number % 4, state=state, workbin=workbin)
            transaction.items.insert(replace(other, placed_at=since, queue_since={"claims": since}))
        (stream,) = (each for each in transaction.due.streams(("waiting",)) if each.workbin == workbin)
        due = transaction.due
        every = due.waiting(stream, now, since=None, until=now, limit=99)
        assert [(-each.priority, each.moved_to_queue_at, each.row) for each in every] == sorted(
            (-each.priority, each.moved_to_queue_at, each.row) for each in every
        )
        assert [each.id for each in due.heads(stream, now, since=None, until=now, limit=99)] == [e.id for e in every]
        for place, each in enumerate(every):
            following = every[place + 1 : place + 6]
            assert due.waiting(stream, now, since=None, until=now, limit=5, behind=each) == following
            whole = transaction.items.get(each.id)
            found = due.heads(stream, now, since=None, until=now, limit=5, behind=whole)
            assert [item.id for item in found] == [item.id for item in following]

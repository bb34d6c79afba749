"""Who waits for whom: the commands of one agent, the ends of sessions, steps of the dispatcher, and nobody else."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from random import Random
from threading import Barrier
from typing import Any

import pytest
from msgspec.structs import replace

from tests.contract.engine.office import Office
from tests.server.postgres_store.threads import Beside
from workloom.adapters.postgres.connecting import PostgresSettings
from workloom.adapters.postgres.store import PostgresStore
from workloom.domain.commands import Accept, MarkDone, Pull, SetProperties, Transfer
from workloom.domain.errors import (
    OfferGone,
    Refused,
    SessionEnded,
    Stale,
    StorageConflict,
    StorageUnreachable,
    WorkloomError,
)
from workloom.domain.presence import Presence
from workloom.domain.targets import Target, TargetType
from workloom.services.again import again

TO_BOB = Target(type=TargetType.AGENT, id="bob")


@pytest.fixture
def office(store: PostgresStore) -> Iterator[Office]:
    """The usual office."""
    opened = Office(store)
    yield opened
    opened.close()


def holding(stack: ExitStack, office: Office, hold: Callable[[Any], object]) -> None:
    """A transaction that has read something and goes on until the stack is closed."""
    hold(stack.enter_context(office.engine.store.transaction()))


def test_commands_of_one_agent_follow_each_other_and_those_of_others_do_not_wait(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann)
    with ExitStack() as stack:
        holding(stack, office, lambda transaction: transaction.sessions.get(office.sessions["ann"]))
        change = Beside(lambda: office.do(ann, SetProperties(item=item.id, changes={"City": "Linz"})))
        assert bob.presence.set_state(Presence.DND).channels
        assert change.waits()
    assert change.end().attached["City"] == "Linz"


def test_a_sign_of_life_waits_for_no_command_and_for_no_step(office: Office) -> None:
    ann = office.log_in("ann")
    office.clock.advance(5)
    with ExitStack() as stack:
        holding(stack, office, lambda transaction: transaction.sessions.get(office.sessions["ann"]))
        Beside(ann.presence.heartbeat).end(5)
    office.clock.advance(5)
    with office.engine.store.transaction(whole=True) as step:
        step.sessions.all()
        Beside(ann.presence.heartbeat).end(5)
    assert ann.presence.session().last_seen_at == office.clock.now()


def test_a_step_of_the_dispatcher_runs_alone(office: Office) -> None:
    office.log_in("ann")
    item = office.submit()
    with ExitStack() as stack:
        holding(stack, office, lambda transaction: transaction.items.get(item))
        step = Beside(office.step)
        assert step.waits()
    step.end()
    with office.engine.store.transaction(whole=True) as whole:
        whole.documents.version()
        command = Beside(office.submit)
        assert command.waits()
    command.end()


def test_commands_beside_each_other_do_not_wait(office: Office) -> None:
    one, two = office.submit(), office.submit()
    with ExitStack() as stack:
        holding(stack, office, lambda transaction: transaction.items.get(one))
        holding(stack, office, lambda transaction: transaction.items.get(two))


def test_a_session_that_is_being_reached_does_not_end_before(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann)
    with ExitStack() as stack:
        holding(stack, office, lambda transaction: transaction.sessions.reached("bob"))
        end = Beside(bob.presence.log_off)
        assert end.waits()
    end.end()
    with pytest.raises(WorkloomError):
        office.do(ann, Transfer(item=item.id, target=TO_BOB))
    assert office.item(item.id).offer is None


def test_transfers_and_log_offs_at_the_same_time_leave_no_offer_to_nobody(office: Office) -> None:
    ann = office.log_in("ann")
    chance = Random(7)  # noqa: S311 - the same order at every run
    ends = {"offered": 0, "refused": 0}
    for _ in range(30):
        item = office.take(ann)
        bob = office.log_in("bob", ready=False)
        calls = [lambda: office.do(ann, Transfer(item=item.id, target=TO_BOB)), bob.presence.log_off]  # noqa: B023
        chance.shuffle(calls)
        outcomes = [Beside(lambda call=call: again(call)) for call in calls]  # type: ignore[misc]
        for outcome in outcomes:
            with suppress(Refused):
                outcome.end()
        after = office.item(item.id)
        assert after.offer is None
        assert after.assigned_to == "ann"
        ends["offered" if "transfer-offered" in office.kinds(item.id) else "refused"] += 1
        office.do(ann, MarkDone(item=item.id))
    assert ends["offered"], ends


def test_of_two_who_pull_the_same_item_one_gets_it(office: Office) -> None:
    agents = [office.log_in(name, ready=False) for name in ("ann", "bob", "cid")]
    for _ in range(10):
        item = office.submit(queue="shelf")
        pulls = [Beside(lambda agent=agent: office.do(agent, Pull(item=item))) for agent in agents]  # type: ignore[misc]  # noqa: B023
        owners = []
        for pull in pulls:
            with suppress(Refused):
                owners.append(pull.end().assigned_to)
        assert owners == [office.item(item).assigned_to]
        assert office.kinds(item).count("pulled") == 1


def test_the_same_command_sent_twice_at_a_time_is_done_once(office: Office) -> None:
    ann = office.log_in("ann")
    for number in range(10):
        item = office.submit()
        office.step()
        offer = office.item(item).offer
        assert offer is not None
        accept = Accept(item=item, ticket=offer.ticket)
        twice = [Beside(lambda: ann.items.execute(accept, key=f"key {number}")) for _ in range(2)]  # noqa: B023
        first, second = (each.end() for each in twice)
        assert first == second == office.item(item)
        office.do(ann, MarkDone(item=item))


def test_two_logins_of_one_person_at_a_time_leave_one_session(office: Office) -> None:
    for _ in range(5):
        logins = [Beside(lambda: again(lambda: office.log_in("ann"))) for _ in range(2)]
        services = [login.end() for login in logins]
        alive = 0
        for each in services:
            with suppress(SessionEnded):
                alive += each.presence.session().person == "ann"
        assert alive == 1


def test_two_who_wait_for_each_other_are_told_apart_and_both_find_their_way(office: Office) -> None:
    one, two = office.submit(), office.submit()
    store = office.engine.store
    given_up: list[str] = []

    def change(first: str, second: str) -> None:
        try:
            with store.transaction() as transaction:
                assert transaction.items.get(first)
                if not given_up:
                    both_have_one.wait(20)
                assert transaction.items.get(second)
        except StorageConflict:
            given_up.append(first)
            raise

    both_have_one = Barrier(2)
    both = [Beside(lambda: again(lambda: change(one, two))), Beside(lambda: again(lambda: change(two, one)))]
    for each in both:
        each.end()
    assert given_up


def test_a_record_that_is_not_the_one_any_more_is_refused_and_nothing_of_it_is_kept(office: Office) -> None:
    item = office.submit()
    before = office.item(item)
    newer = replace(before, fence=before.fence + 1)
    with office.engine.store.transaction() as transaction:
        transaction.items.save(newer, before=before)
    other = office.submit()
    events = office.kinds(other)
    with pytest.raises(Stale), office.engine.store.transaction() as transaction:  # noqa: PT012
        transaction.items.save(replace(office.item(other), priority=7), before=office.item(other))
        transaction.items.save(replace(before, priority=7), before=before)
        transaction.preferences.put("ann", "x", b"1")
    assert office.item(other).priority == 0
    assert office.kinds(other) == events
    assert office.item(item) == newer
    with office.engine.store.reading() as reader:
        assert reader.preferences.get("ann", "x") is None


def test_a_client_that_is_cut_off_lets_go_of_its_locks(database: str) -> None:
    store = PostgresStore(database, PostgresSettings(idle=0.4))
    office = Office(store)
    item = office.submit()
    with pytest.raises(StorageUnreachable), store.transaction() as transaction:  # noqa: PT012
        assert transaction.items.get(item)
        command = Beside(lambda: office.engine.store.transaction().__enter__().items.get(item))
        assert command.end(5) is not None  # it waited no longer than that
        transaction.items.open_of("ann")
    office.close()


def test_an_offer_that_runs_out_beside_its_accept_goes_one_way_only(office: Office) -> None:
    ann = office.log_in("ann")
    for _ in range(10):
        item = office.submit()
        office.step()
        offer = office.item(item).offer
        assert offer is not None
        office.clock.move_to(offer.deadline)
        ann.presence.heartbeat()
        accept = Beside(lambda: office.do(ann, Accept(item=item, ticket=offer.ticket)))  # noqa: B023
        Beside(office.step).end()
        try:
            taken = accept.end()
        except OfferGone:
            assert "offer-expired" in office.kinds(item)
            office.do(ann, Pull(item=item))
            ann.presence.set_state(Presence.READY)
        else:
            assert office.item(item) == taken
            assert "offer-expired" not in office.kinds(item)
        office.do(ann, MarkDone(item=item))

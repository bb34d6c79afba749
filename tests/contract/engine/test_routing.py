"""Routing on a real store: fair, within capacity, never stuck behind one item, poison aside."""

from time import perf_counter

from msgspec.structs import replace

from tests.contract.engine.office import Office, person, site
from workloom.domain.commands import MarkDone, PlaceInQueue
from workloom.domain.interaction import State
from workloom.domain.site import Queue, RoutingStep, Strategy


def offered(office: Office, items: list[str]) -> list[str]:
    return [item for item in items if office.item(item).state is State.OFFERED]


def test_the_most_urgent_then_the_oldest_item_comes_first(office: Office) -> None:
    old = office.submit()
    office.clock.advance(60)
    urgent, young = office.submit(priority=5), office.submit()
    office.log_in("ann")
    office.step()
    assert offered(office, [old, urgent, young]) == [old, urgent]


def test_queues_compete_by_priority_and_age(office: Office) -> None:
    low = [office.submit(priority=1) for _ in range(2)]
    high = [office.submit(queue="requests", priority=2) for _ in range(2)]
    office.log_in("ann")
    office.step()
    assert offered(office, [*low, *high]) == high


def test_no_idle_agent_waits_behind_a_blocked_head(office: Office) -> None:
    for _ in range(50):
        office.submit(priority=9, requested_agent="zoe")
        office.submit(priority=8, media_type="fax", queue="fax-only")
        office.submit(priority=7, requested_skill="Law>=9")
    strategies = {**site().strategies, "experts": replace(site().strategies["experts"], requested_timeout=3600)}
    office.apply(site(strategies=strategies))
    free = office.submit(priority=1)
    office.log_in("ann")
    office.step()
    assert office.item(free).state is State.OFFERED


def test_the_step_costs_little_with_ten_thousand_items_waiting(office: Office) -> None:
    now = office.clock.now()
    template = office.item(office.submit())
    with office.engine.store.transaction() as transaction:
        for number in range(10_000):
            priority = number % 7
            transaction.items.insert(replace(template, id=f"w{number}", priority=priority, placed_at=now))
    office.step()
    begin = perf_counter()
    office.step()
    nobody = perf_counter() - begin
    office.log_in("ann")
    begin = perf_counter()
    office.step()
    somebody = perf_counter() - begin
    assert len(offered(office, [f"w{number}" for number in range(6, 10_000, 7)])) == 2
    assert nobody < 1.0
    assert somebody < 5.0


def test_a_queue_whose_strategy_is_missing_marks_its_items_and_a_new_site_tries_them_again(office: Office) -> None:
    base = site()
    broken = {**base.queues, "claims": Queue(name="claims", strategy="gone")}
    office.apply(site(queues=broken))
    ann = office.log_in("ann")
    item, fine = office.submit(), office.submit(queue="requests")
    office.step()
    assert "there is no strategy “gone”" in office.item(item).error
    assert (office.item(item).state, office.item(fine).state) == (State.QUEUED, State.OFFERED)
    assert office.kinds(item)[-1] == "routing-failed"
    assert any(event.kind == "routing-failed" for event in ann.events.after(0))
    office.apply(base)
    office.step()
    assert (office.item(item).state, office.item(item).error) == (State.OFFERED, "")


def test_an_unreadable_skill_expression_stops_its_item_and_no_other(office: Office) -> None:
    office.log_in("ann")
    poison, fine = office.submit(priority=9, requested_skill="Legal>>"), office.submit()
    office.step()
    assert office.item(poison).error.startswith("Routing: ")
    assert office.item(fine).state is State.OFFERED


def test_an_item_with_an_error_can_be_moved_by_a_person(office: Office) -> None:
    ann = office.log_in("ann")
    poison = office.submit(requested_skill="Legal>>")
    office.step()
    moved = office.do(ann, PlaceInQueue(item=poison, queue="shelf"))
    assert (moved.error, moved.queue) == ("", "shelf")


def test_the_longest_idle_agent_gets_the_item(office: Office) -> None:
    ann = office.log_in("ann")
    office.clock.advance(10)
    office.log_in("bob")
    first = office.take(ann)
    office.clock.advance(10)
    office.do(ann, MarkDone(item=first.id))
    second = office.submit()
    office.step()
    offer = office.item(second).offer
    assert offer is not None
    assert offer.agent == "bob"


def test_a_strategy_of_a_workbin_offers_what_rests_there(office: Office) -> None:
    base = site()
    team = replace(base.workbins["team"], strategy="anyone")
    office.apply(site(workbins={**base.workbins, "team": team}))
    ann = office.log_in("ann", "claim")
    item = office.take(ann).id
    from workloom.domain.commands import PlaceInWorkbin, Reject

    office.do(ann, PlaceInWorkbin(item=item, workbin="team", owner="experts"))
    office.step()
    offer = office.item(item).offer
    assert offer is not None
    office.do(ann, Reject(item=item, ticket=offer.ticket))
    after = office.item(item)
    assert (after.state, after.workbin, after.workbin_owner) == (State.IN_WORKBIN, "team", "experts")


def test_whoever_may_not_use_the_channel_gets_no_offer(office: Office) -> None:
    office.apply(site(persons={**site().persons, "ann": person("ann", "experts", roles=())}))
    plan = office.backend.authenticate("ann", "open sesame")
    assert plan.channels == ()
    office.backend.log_in(plan.ticket)
    item = office.submit()
    office.step()
    assert office.item(item).state is State.QUEUED


def test_a_step_with_replace_drops_the_earlier_targets(office: Office) -> None:
    steps = (RoutingStep(agents=("ann",)), RoutingStep(agents=("cid",), after=30, replace=True))
    office.apply(site(strategies={**site().strategies, "experts": Strategy(name="experts", steps=steps)}))
    old = [office.submit() for _ in range(3)]
    office.clock.advance(31)
    young = office.submit()
    office.log_in("ann")
    office.step()
    assert (offered(office, old), office.item(young).state) == ([], State.OFFERED)
    office.log_in("cid")
    office.step()
    assert offered(office, old) == old[:2]

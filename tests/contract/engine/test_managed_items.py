"""The task list of supervisors: items are found wherever they are, and one or many are changed with a report."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.contract.engine.office import Office, site
from workloom.domain.commands import (
    Cancel,
    Complete,
    Hold,
    ManagementCommand,
    PlaceInQueue,
    Restart,
    Resume,
    SetProperties,
)
from workloom.domain.errors import BadInput, NotAllowed, NotFound, Refused, Stale, WorkloomError
from workloom.domain.interaction import Interaction, Outcome, State
from workloom.domain.privileges import (
    MANAGEMENT_CASE_EDIT,
    MANAGEMENT_FINISH,
    MANAGEMENT_RESTART,
    MANAGEMENT_TO_QUEUE,
    MANAGEMENT_USE,
)
from workloom.domain.site import Client
from workloom.services.managed_items import BATCH, ItemList, ManagedItems
from workloom.services.principals import Who

ALL = (MANAGEMENT_USE, MANAGEMENT_FINISH, MANAGEMENT_RESTART, MANAGEMENT_CASE_EDIT, MANAGEMENT_TO_QUEUE)
BOT = Who(client="bot")
NEEDS: tuple[tuple[str, Callable[[str], ManagementCommand]], ...] = (
    (MANAGEMENT_USE, lambda item: Hold(item=item)),
    (MANAGEMENT_USE, lambda item: Resume(item=item)),
    (MANAGEMENT_FINISH, lambda item: Complete(item=item)),
    (MANAGEMENT_FINISH, lambda item: Cancel(item=item)),
    (MANAGEMENT_RESTART, lambda item: Restart(item=item)),
    (MANAGEMENT_TO_QUEUE, lambda item: PlaceInQueue(item=item, queue="shelf")),
    (MANAGEMENT_CASE_EDIT, lambda item: SetProperties(item=item, changes={"City": "Wien"})),
)


@pytest.fixture
def items(office: Office) -> ManagedItems:
    allow(office, *ALL)
    return office.engine.managed_items


def allow(office: Office, *privileges: str) -> None:
    office.apply(site(clients={"bot": Client(name="bot", privileges=privileges)}))


@pytest.mark.parametrize(
    ("command", "kind", "outcome"), [(Complete, "done", "completed"), (Cancel, "canceled", "canceled")]
)
def test_finishing_an_item_takes_it_from_its_agent_and_says_who_did_it(
    office: Office, items: ManagedItems, command: type[Complete | Cancel], kind: str, outcome: str
) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    after = items.carry_out(BOT, command(item=item.id))
    assert (after.state, after.outcome, after.assigned_to) == (State.FINISHED, Outcome(outcome), "")
    assert after.fence == item.fence + 1
    revoked, done = office.events(item.id)[-2:]
    assert (revoked.kind.value, revoked.person, revoked.detail) == ("revoked", "ann", {"reason": kind})
    assert (done.kind.value, done.actor, done.person) == (kind, "client:bot", "ann")
    assert items.get(BOT, item.id).where.endswith(" by you")


def test_canceling_an_offered_item_takes_the_offer_back(office: Office, items: ManagedItems) -> None:
    office.log_in("ann")
    item = office.submit()
    office.step()
    assert items.carry_out(BOT, Cancel(item=item)).abandoned_at is not None
    assert office.kinds(item)[-2:] == ["revoked", "canceled"]


def test_a_restarted_item_waits_in_its_queue_at_its_old_age(office: Office, items: ManagedItems) -> None:
    item = office.submit(queue="shelf")
    since = office.item(item).moved_to_queue_at
    items.carry_out(BOT, Complete(item=item))
    office.advance(60)
    with pytest.raises(Refused, match="done"):
        items.carry_out(BOT, Hold(item=item))
    after = items.carry_out(BOT, Restart(item=item))
    assert (after.state, after.outcome, after.completed_at) == (State.QUEUED, Outcome.NONE, None)
    assert after.moved_to_queue_at == since
    with pytest.raises(Refused, match="nothing to restart"):
        items.carry_out(BOT, Restart(item=item))


@pytest.mark.parametrize(("privilege", "make"), NEEDS)
def test_each_operation_needs_its_privilege(
    office: Office, privilege: str, make: Callable[[str], ManagementCommand]
) -> None:
    allow(office, *(each for each in ALL if each != privilege))
    item = office.submit(queue="shelf")
    before = office.item(item)
    with pytest.raises(NotAllowed) as error:
        office.engine.managed_items.carry_out(BOT, make(item))
    assert error.value.privilege == privilege
    assert office.item(item) == before


def test_nothing_is_found_or_told_without_the_privilege(office: Office) -> None:
    allow(office)
    item = office.submit()
    reading: list[Callable[[ManagedItems], object]] = [
        lambda items: items.get(BOT, item),
        lambda items: items.history(BOT, item),
        lambda items: items.find(BOT, item),
        lambda items: items.page(BOT, ItemList()),
        lambda items: items.carry_out_all(BOT, [item], lambda each: Hold(item=each)),
    ]
    for read in reading:
        with pytest.raises(NotAllowed):
            read(office.engine.managed_items)


def test_an_item_of_another_tenant_is_neither_found_nor_changed(office: Office, items: ManagedItems) -> None:
    item = "item-of-another"
    foreign = replace(office.item(office.submit()), id=item, tenant="another", queue="shelf")
    with office.engine.store.transaction() as transaction:
        transaction.items.insert(foreign)
    assert items.find(BOT, item) == ()
    assert item not in {row.item.id for row in items.page(BOT, ItemList()).rows}
    for call in (lambda: items.get(BOT, item), lambda: items.carry_out(BOT, Hold(item=item))):
        with pytest.raises(NotFound):
            call()


def test_the_same_key_gives_the_same_answer_and_another_command_under_it_is_refused(
    office: Office, items: ManagedItems
) -> None:
    item = office.submit()
    first = items.carry_out(BOT, Hold(item=item), key="k")
    assert items.carry_out(BOT, Hold(item=item), key="k") == first
    assert office.kinds(item).count("held") == 1
    with pytest.raises(BadInput, match="another request"):
        items.carry_out(BOT, Resume(item=item), key="k")


def test_an_old_fence_is_refused(office: Office, items: ManagedItems) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    with pytest.raises(Stale, match=f"its version is {item.fence}, not 0"):
        items.carry_out(BOT, Complete(item=item.id), fence=0)
    assert items.carry_out(BOT, Complete(item=item.id), fence=item.fence).is_finished


def test_many_items_are_changed_and_those_that_cannot_be_are_reported(office: Office, items: ManagedItems) -> None:
    many = [office.submit(queue="shelf") for _ in range(BATCH + 5)]
    items.carry_out(BOT, Complete(item=many[2]))
    wanted = [*many[: BATCH + 2], "ghost"]
    results = items.carry_out_all(BOT, wanted, lambda item: Cancel(item=item))
    failed = {at: type(each).__name__ for at, each in enumerate(results) if isinstance(each, WorkloomError)}
    assert failed == {2: "Finished", BATCH + 2: "NotFound"}
    assert sum(isinstance(each, Interaction) for each in results) == BATCH + 1
    assert office.item(many[-1]).state is State.QUEUED


def test_an_item_is_found_by_its_numbers_and_its_history_is_told(office: Office, items: ManagedItems) -> None:
    item = office.submit(external_id="P-4711", subject="Burst pipe", queue="shelf")
    items.carry_out(BOT, Hold(item=item))
    (found,) = items.find(BOT, item)
    assert (found.item.id, found.where) == (item, "Queue “The shelf”, held")
    assert items.find(BOT, "P-0") == ()
    page = items.page(BOT, ItemList(text="burst"))
    assert ([row.item.id for row in page.rows], page.total) == ([item], 1)
    assert [event.kind.value for event in items.history(BOT, item).events] == ["submitted", "held"]


def test_a_supervisor_does_the_same_with_a_session(office: Office) -> None:
    office.log_in("bob")
    item = office.submit(queue="shelf")
    bob = Who(session=office.sessions["bob"])
    assert office.engine.managed_items.carry_out(bob, Cancel(item=item)).outcome is Outcome.CANCELED
    assert office.events(item)[-1].actor == "bob"

"""Commands: once per key, by one owner, within the caller's rights of this moment."""

from threading import Barrier, Thread

import pytest
from msgspec.structs import replace

from tests.contract.engine.office import Office, site, without
from workloom.domain.commands import (
    AddNote,
    AssignContact,
    Close,
    Command,
    Hold,
    MarkDone,
    MarkRead,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    Reopen,
    SetDisposition,
    SetProperties,
    Transfer,
)
from workloom.domain.errors import BadInput, Finished, NotAllowed, NotFound, Refused, WorkloomError
from workloom.domain.interaction import Interaction, Outcome, State
from workloom.domain.pages import HistoryQuery, HistoryScope
from workloom.domain.privileges import (
    CASE_ADD,
    CASE_DELETE,
    CASE_EDIT,
    CONTACT_HISTORY,
    CORE_PRIVILEGES,
    INTERACTION_SEARCH,
    MARK_DONE,
    MOVE_TO_QUEUE,
    MOVE_TO_WORKBIN,
    MY_HISTORY,
    ONE_STEP_TRANSFER,
    PULL_FROM_QUEUE,
    PULL_NOT_OWNED,
    SET_DISPOSITION,
    USE_CHANNEL,
    USE_TEAM_WORKBINS,
    USE_WORKBINS,
)
from workloom.domain.site import AttributeValue, BusinessAttribute
from workloom.domain.site import Transaction as OptionList
from workloom.domain.targets import Target, TargetType
from workloom.services.backend import AgentServices


def test_the_same_key_gives_the_same_answer_and_changes_nothing_more(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    command = AddNote(item=item, text="Once")
    first = ann.items.execute(command, key="k1")
    events = office.kinds(item)
    assert ann.items.execute(command, key="k1") == first
    assert office.kinds(item) == events
    assert len(ann.items.notes(item)) == 1
    ann.items.execute(MarkDone(item=item), key="k2")
    assert ann.items.execute(MarkDone(item=item), key="k2").is_finished
    assert office.kinds(item).count("done") == 1
    with pytest.raises(Finished):
        ann.items.execute(MarkDone(item=item), key="k3")


def test_a_key_cannot_be_used_for_another_command_and_is_each_persons_own(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    mine, his = office.take(ann).id, office.submit(queue="shelf")
    ann.items.execute(AddNote(item=mine, text="One"), key="k")
    with pytest.raises(BadInput, match="another request"):
        ann.items.execute(AddNote(item=mine, text="Two"), key="k")
    assert bob.items.execute(Pull(item=his), key="k").assigned_to == "bob"


def test_keys_are_forgotten_after_a_day(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit(queue="shelf")
    ann.items.execute(Pull(item=item), key="k")
    with office.engine.store.transaction() as transaction:
        assert transaction.keys.get("ann", "k") is not None
    office.clock.advance(25 * 3600)
    office.step()
    with office.engine.store.transaction() as transaction:
        assert transaction.keys.get("ann", "k") is None


def test_two_racing_agents_never_both_get_the_item(office: Office) -> None:
    agents = {name: office.log_in(name, ready=False) for name in ("ann", "bob", "cid")}
    for _ in range(10):
        item = office.submit(queue="shelf")
        winners = race(agents, Pull(item=item))
        assert len(winners) == 1
        assert office.item(item).assigned_to == winners[0]
        assert office.kinds(item).count("pulled") == 1


def race(agents: dict[str, AgentServices], command: Command) -> list[str]:
    start, winners = Barrier(len(agents)), []

    def run(name: str) -> None:
        start.wait()
        try:
            agents[name].items.execute(command)
        except Refused:
            return
        winners.append(name)

    threads = [Thread(target=run, args=(name,)) for name in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return winners


@pytest.mark.parametrize(
    ("privilege", "command"),
    [
        (MARK_DONE, MarkDone(item="item-1")),
        (MOVE_TO_QUEUE, PlaceInQueue(item="item-1", queue="shelf")),
        (MOVE_TO_WORKBIN, PlaceInWorkbin(item="item-1", workbin="waiting")),
        (USE_WORKBINS, PlaceInWorkbin(item="item-1", workbin="waiting")),
        (ONE_STEP_TRANSFER, Transfer(item="item-1", target=Target(type=TargetType.QUEUE, id="shelf"))),
        (SET_DISPOSITION, SetDisposition(item="item-1", value="refused")),
        (CASE_ADD, SetProperties(item="item-1", changes={"Estimate": 1})),
        (CASE_EDIT, SetProperties(item="item-1", changes={"City": "Wien"})),
        (CASE_DELETE, SetProperties(item="item-1", changes={"Extra": None})),
        (USE_CHANNEL, MarkDone(item="item-1")),
    ],
)
def test_a_privilege_that_was_taken_away_is_missing_at_the_next_command(
    office: Office, privilege: str, command: Command
) -> None:
    ann = office.log_in("ann")
    item = office.take(ann, attached={"Extra": "x"})
    assert item.id == "item-1"
    office.apply(without(privilege))
    with pytest.raises(NotAllowed) as raised:
        office.do(ann, command)
    assert raised.value.privilege in (privilege, USE_CHANNEL)
    assert office.item(item.id) == item


def test_whoever_has_an_item_can_always_let_go_of_it(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.apply(without(*CORE_PRIVILEGES))
    assert office.do(ann, Close(item=item)).state is State.QUEUED


def test_close_saves_into_the_in_progress_workbin(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    after = office.do(ann, Close(item=item))
    assert (after.workbin, after.workbin_owner, after.unread) == ("in-progress", "ann", False)
    assert office.do(ann, Pull(item=item)).assigned_to == "ann"


def test_an_item_that_a_colleague_leaves_in_the_teams_workbin_is_unread_until_read(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann).id
    after = office.do(ann, PlaceInWorkbin(item=item, workbin="team", owner="experts"))
    assert (after.workbin_owner, after.unread) == ("experts", True)
    assert not office.do(bob, MarkRead(item=item)).unread
    assert office.do(bob, MarkDone(item=item)).outcome is Outcome.COMPLETED


def test_pulling_from_a_workbin_of_somebody_else_needs_its_privilege(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.do(ann, Close(item=item))
    office.apply(without(PULL_NOT_OWNED, USE_TEAM_WORKBINS))
    bob = office.log_in("bob")
    with pytest.raises(NotAllowed) as raised:
        office.do(bob, Pull(item=item))
    assert raised.value.privilege == PULL_NOT_OWNED
    assert office.do(ann, Pull(item=item)).assigned_to == "ann"


def test_pulling_from_a_queue_needs_its_privilege(office: Office) -> None:
    office.apply(without(PULL_FROM_QUEUE))
    ann = office.log_in("ann", ready=False)
    item = office.submit(queue="shelf")
    with pytest.raises(NotAllowed):
        office.do(ann, Pull(item=item))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"Policy": "P-1"}, "Policy"),
        ({"Estimate": "much"}, "Estimate"),
        ({"City": ""}, "City"),
        ({"City": None}, "City"),
        ({"IW_RoutingBasedTargetId": "BOB"}, "IW_RoutingBasedTargetId"),
        ({"": "x"}, "name"),
    ],
)
def test_case_data_is_checked_by_the_service(office: Office, changes: dict[str, str | None], where: str) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    with pytest.raises(BadInput) as raised:
        office.do(ann, SetProperties(item=item.id, changes={"Free": "text", **changes}))
    assert raised.value.where == where
    assert office.item(item.id).attached == item.attached


def test_changes_of_case_data_are_kept_with_old_and_new_value(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann, attached={"Extra": "x"}).id
    office.do(ann, SetProperties(item=item, changes={"City": "Linz", "Estimate": 7, "Extra": None}))
    event = ann.items.path(item)[-1]
    assert event.detail == {"changes": {"City": ["Graz", "Linz"], "Estimate": [None, 7], "Extra": ["x", None]}}
    before = office.kinds(item)
    office.do(ann, SetProperties(item=item, changes={"City": "Linz"}))
    assert office.kinds(item) == before


def test_a_mandatory_disposition_and_required_fields_are_checked_at_done(office: Office) -> None:
    office.apply(site(application_options={**site().application_options, "interaction.disposition.is-mandatory": True}))
    ann = office.log_in("ann")
    item = office.take(ann, attached={"City": ""}).id
    with pytest.raises(Refused, match="Choose a disposition"):
        office.do(ann, MarkDone(item=item))
    for folder_or_unknown in ("pay", "nonsense"):
        with pytest.raises(BadInput):
            office.do(ann, SetDisposition(item=item, value=folder_or_unknown))
    office.do(ann, SetDisposition(item=item, value="in-full"))
    with pytest.raises(BadInput, match="Needed before Done: City"):
        office.do(ann, MarkDone(item=item))
    office.do(ann, SetProperties(item=item, changes={"City": "Graz"}))
    assert office.do(ann, MarkDone(item=item)).disposition == "in-full"


def test_a_strategys_override_makes_the_disposition_mandatory_for_its_items_only(office: Office) -> None:
    strategies = {**site().strategies, "experts": replace(site().strategies["experts"], overrides=("careful",))}
    office.apply(site(strategies=strategies))
    ann = office.log_in("ann")
    routed = office.take(ann).id
    pulled = office.do(ann, Pull(item=office.submit(queue="shelf"))).id
    with pytest.raises(Refused, match="Choose a disposition"):
        office.do(ann, MarkDone(item=routed))
    assert office.do(ann, MarkDone(item=pulled)).is_finished


def test_lists_call_a_disposition_as_the_attribute_of_the_items_strategy_does(office: Office) -> None:
    name = "interaction.disposition.value-business-attribute"
    ends = {"claim-ends": "Refused by us", "other-ends": "Turned down"}
    made = {
        each: BusinessAttribute(name=each, values=(AttributeValue(name="no", values=(leaf,)),))
        for each, title in ends.items()
        for leaf in (AttributeValue(name="refused", title=title),)
    }
    changed = {
        "strategies": {**site().strategies, "experts": replace(site().strategies["experts"], overrides=("claims",))},
        "transactions": {"claims": OptionList(name="claims", options={name: "claim-ends"})},
        "business_attributes": {**site().business_attributes, **made},
        "application_options": {**site().application_options, name: "other-ends"},
    }
    office.apply(site(**changed))
    ann = office.log_in("ann")
    routed, pulled = office.take(ann).id, office.do(ann, Pull(item=office.submit(queue="shelf"))).id
    for item in (routed, pulled):
        assert ann.items.get(item).disposition == ""
        office.do(ann, SetDisposition(item=item, value="refused"))
        office.do(ann, MarkDone(item=item))
    rows = {row.item.id: row for row in ann.history.search(HistoryQuery(scope=HistoryScope.MINE)).rows}
    assert {row.item.disposition for row in rows.values()} == {"refused"}
    assert (rows[routed].disposition, rows[pulled].disposition) == ("Refused by us", "Turned down")
    office.apply(site(**{**changed, "business_attributes": site().business_attributes}))
    assert ann.items.get(routed).disposition == "refused"


def test_reopening_brings_the_item_to_the_caller_and_keeps_the_first_completion(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    done = office.do(ann, MarkDone(item=item))
    assert done.completed_at is not None
    office.advance(60)
    again = office.do(ann, Reopen(item=item))
    assert (again.state, again.assigned_to, again.completed_at) == (State.HANDLING, "ann", None)
    event = ann.items.path(item)[-1]
    assert event.detail["completed_at"] == done.completed_at.isoformat()
    with pytest.raises(Refused):
        office.do(ann, Reopen(item=item))


def test_reopening_needs_a_history_and_my_history_only_reaches_own_items(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann).id
    office.do(ann, MarkDone(item=item))
    office.apply(without(CONTACT_HISTORY, INTERACTION_SEARCH))
    with pytest.raises(NotAllowed):
        office.do(bob, Reopen(item=item))
    assert office.do(ann, Reopen(item=item)).assigned_to == "ann"
    office.do(ann, MarkDone(item=item))
    office.apply(without(CONTACT_HISTORY, INTERACTION_SEARCH, MY_HISTORY))
    with pytest.raises(NotAllowed):
        office.do(ann, Reopen(item=item))


def test_nothing_but_a_reopen_or_a_late_note_touches_a_finished_item(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.do(ann, MarkDone(item=item))
    finished = office.item(item)
    commands: list[Command] = [
        Pull(item=item),
        Close(item=item),
        MarkDone(item=item),
        Hold(item=item),
        PlaceInQueue(item=item, queue="shelf"),
        PlaceInWorkbin(item=item, workbin="waiting"),
        SetProperties(item=item, changes={"City": "Linz"}),
        SetDisposition(item=item, value="refused"),
        AssignContact(item=item, contact=""),
        MarkRead(item=item),
        Transfer(item=item, target=Target(type=TargetType.QUEUE, id="shelf")),
    ]
    for command in commands:
        with pytest.raises(Finished):
            office.do(ann, command)
    office.do(ann, AddNote(item=item, text="Paid on Monday"))
    assert office.item(item) == finished


def test_what_does_not_exist_is_said(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    unknown: list[Command] = [
        Pull(item="item-404"),
        PlaceInQueue(item=item, queue="nowhere"),
        PlaceInWorkbin(item=item, workbin="nowhere"),
        AssignContact(item=item, contact="contact-404"),
    ]
    for command in unknown:
        with pytest.raises(NotFound):
            office.do(ann, command)
    with pytest.raises(BadInput):
        office.do(ann, AddNote(item=item, text="  "))


def test_an_item_is_seen_only_by_those_who_may(office: Office) -> None:
    office.apply(
        without(CONTACT_HISTORY, INTERACTION_SEARCH, MY_HISTORY, "Interaction Management - Can Use", PULL_FROM_QUEUE)
    )
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann).id

    def sees(agent: AgentServices) -> list[bool]:
        return [
            can(lambda: agent.items.get(item)),
            can(lambda: agent.items.notes(item)),
            can(lambda: agent.items.path(item)),
        ]

    assert sees(ann) == [True] * 3
    assert sees(bob) == [False] * 3
    assert [event for event in bob.events.after(0) if event.item == item] == []


def can(call: object) -> bool:
    assert callable(call)
    try:
        call()
    except WorkloomError:
        return False
    return True


def test_an_answer_survives_what_happens_to_the_item_afterwards(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    answer: Interaction = ann.items.execute(Close(item=item), key="close")
    office.do(ann, Pull(item=item))
    assert ann.items.execute(Close(item=item), key="close") == answer
    assert office.item(item).state is State.HANDLING

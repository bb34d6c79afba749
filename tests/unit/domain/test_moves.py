"""The table of legal moves: every command in every situation of an item."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from workloom.domain.commands import (
    Accept,
    AddNote,
    AssignContact,
    CancelTransfer,
    Close,
    Command,
    Hold,
    MarkDone,
    MarkRead,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    Reject,
    Reopen,
    Resume,
    SetDisposition,
    SetProperties,
    Transfer,
)
from workloom.domain.core_options import core_catalogue
from workloom.domain.errors import Finished, NotAllowed, OfferGone, Refused, Stale, WorkloomError
from workloom.domain.interaction import Interaction, Offer, OfferKind, Outcome, State
from workloom.domain.moves import decide
from workloom.domain.moves_base import Circumstances
from workloom.domain.moves_offers import offered
from workloom.domain.option_layers import effective_options
from workloom.domain.privileges import (
    CORE_PRIVILEGES,
    MANAGEMENT_CASE_EDIT,
    MANAGEMENT_TO_QUEUE,
    MANAGEMENT_TO_WORKBIN,
    MANAGEMENT_USE,
)
from workloom.domain.resting import Viewer
from workloom.domain.site import MediaType, Person, Queue, Site, Workbin
from workloom.domain.targets import Target, TargetType

NOW = datetime(2026, 11, 20, 13, 41, tzinfo=UTC)
ANN = Person(name="ann", employee_id="1", first_name="Ann")
BOB = Person(name="bob", employee_id="2", first_name="Bob")
SITE = Site(
    persons={"ann": ANN, "bob": BOB},
    media_types={"claim": MediaType(name="claim", title="Claims", singular="Claim")},
    queues={"claims": Queue(name="claims"), "shelf": Queue(name="shelf")},
    workbins={"drawer": Workbin(name="drawer")},
    application_options={"workbin.claim.in-progress": "drawer"},
)
AGENT = frozenset(CORE_PRIVILEGES) - {
    MANAGEMENT_USE,
    MANAGEMENT_TO_QUEUE,
    MANAGEMENT_TO_WORKBIN,
    MANAGEMENT_CASE_EDIT,
}
SUPERVISOR = frozenset(CORE_PRIVILEGES)


def offer(agent: str, kind: OfferKind = OfferKind.ROUTING) -> Offer:
    sender = "ann" if kind is OfferKind.TRANSFER and agent != "ann" else "bob"
    return Offer(
        ticket="t",
        agent=agent,
        session=f"{agent}-1",
        offered_at=NOW,
        deadline=NOW + timedelta(seconds=30),
        kind=kind,
        sender=sender if kind is OfferKind.TRANSFER else "",
    )


def item(state: State, **more: object) -> Interaction:
    values: dict[str, object] = {"attached": {"City": "Graz"}, "fence": 4, **more}
    return Interaction(
        id="i",
        tenant="default",
        media_type="claim",
        queue="claims",
        state=state,
        received_at=NOW,
        submitted_at=NOW,
        placed_at=NOW,
        queue_since={"claims": NOW},
        **values,  # type: ignore[arg-type]
    )


SITUATIONS = {
    "queued": item(State.QUEUED),
    "held": item(State.QUEUED, held_at=NOW),
    "in my workbin": item(State.IN_WORKBIN, workbin="drawer", workbin_owner="ann", unread=True),
    "in bob's workbin": item(State.IN_WORKBIN, workbin="drawer", workbin_owner="bob"),
    "offered to me": item(State.OFFERED, offer=offer("ann")),
    "offered to bob": item(State.OFFERED, offer=offer("bob")),
    "mine": item(State.HANDLING, assigned_to="ann", session="ann-1"),
    "mine elsewhere": item(State.HANDLING, assigned_to="ann", session="ann-0"),
    "mine, offered to bob": item(
        State.HANDLING, assigned_to="ann", session="ann-1", offer=offer("bob", OfferKind.TRANSFER)
    ),
    "bob's": item(State.HANDLING, assigned_to="bob", session="bob-1"),
    "bob's, offered to me": item(
        State.HANDLING, assigned_to="bob", session="bob-1", offer=offer("ann", OfferKind.TRANSFER)
    ),
    "done": item(State.FINISHED, outcome=Outcome.COMPLETED, completed_at=NOW),
}
RESTING = ("queued", "held", "in my workbin", "in bob's workbin")
OFFERED = ("offered to me", "offered to bob")
WITH_BOB = ("bob's", "bob's, offered to me")
NOT_MINE = (*RESTING, *OFFERED, *WITH_BOB, "mine elsewhere")
COMMANDS: dict[str, Command] = {
    "accept": Accept(item="i", ticket="t"),
    "reject": Reject(item="i", ticket="t"),
    "pull": Pull(item="i"),
    "to queue": PlaceInQueue(item="i", queue="shelf"),
    "to workbin": PlaceInWorkbin(item="i", workbin="drawer"),
    "close": Close(item="i"),
    "transfer": Transfer(item="i", target=Target(type=TargetType.QUEUE, id="shelf")),
    "cancel transfer": CancelTransfer(item="i"),
    "properties": SetProperties(item="i", changes={"City": "Linz"}),
    "disposition": SetDisposition(item="i", value="paid"),
    "note": AddNote(item="i", text="Called"),
    "contact": AssignContact(item="i", contact="c"),
    "read": MarkRead(item="i"),
    "done": MarkDone(item="i"),
    "reopen": Reopen(item="i"),
    "hold": Hold(item="i"),
    "resume": Resume(item="i"),
}
Expected = State | type[WorkloomError]


def expect(legal: dict[str, Expected], *refusals: tuple[type[WorkloomError], tuple[str, ...]]) -> dict[str, Expected]:
    row: dict[str, Expected] = dict.fromkeys(SITUATIONS, Finished)
    for error, names in refusals:
        row.update(dict.fromkeys(names, error))
    return {**row, **legal}


OWNED: dict[str, Expected] = {"mine": State.HANDLING, "mine, offered to bob": State.HANDLING}
MY_WORKBIN: dict[str, Expected] = {"in my workbin": State.IN_WORKBIN, "in bob's workbin": State.IN_WORKBIN}
ELSEWHERE = (
    (Refused, (*OFFERED, "queued", "held")),
    (Stale, (*WITH_BOB, "mine elsewhere")),
)
PENDING: tuple[type[WorkloomError], tuple[str, ...]] = (Refused, ("mine, offered to bob",))
TABLE: dict[str, dict[str, Expected]] = {
    "accept": expect(
        {"offered to me": State.HANDLING, "bob's, offered to me": State.HANDLING}, (OfferGone, tuple(SITUATIONS))
    ),
    "reject": expect(
        {"offered to me": State.QUEUED, "bob's, offered to me": State.HANDLING}, (OfferGone, tuple(SITUATIONS))
    ),
    "pull": expect(
        dict.fromkeys(RESTING, State.HANDLING),
        (Refused, (*OFFERED, *WITH_BOB, "mine", "mine elsewhere", "mine, offered to bob")),
    ),
    "to queue": expect(dict.fromkeys(("mine", "in my workbin", "in bob's workbin"), State.QUEUED), *ELSEWHERE, PENDING),
    "to workbin": expect(
        dict.fromkeys(("mine", "in my workbin", "in bob's workbin"), State.IN_WORKBIN), *ELSEWHERE, PENDING
    ),
    "close": expect({"mine": State.IN_WORKBIN}, (Stale, NOT_MINE), PENDING),
    "transfer": expect({"mine": State.QUEUED}, (Stale, NOT_MINE), PENDING),
    "cancel transfer": expect({"mine, offered to bob": State.HANDLING}, (Stale, NOT_MINE), (Refused, ("mine",))),
    "properties": expect({**OWNED, **MY_WORKBIN}, *ELSEWHERE),
    "disposition": expect({**OWNED, **MY_WORKBIN}, *ELSEWHERE),
    "note": {
        **{name: situation.state for name, situation in SITUATIONS.items()},
        **dict.fromkeys((*OFFERED, *WITH_BOB, "done"), NotAllowed),
    },
    "contact": expect({**OWNED, **MY_WORKBIN}, *ELSEWHERE),
    "read": expect({**OWNED, **MY_WORKBIN}, *ELSEWHERE),
    "done": expect(dict.fromkeys(("mine", "in my workbin", "in bob's workbin"), State.FINISHED), *ELSEWHERE, PENDING),
    "reopen": {**dict.fromkeys(SITUATIONS, Refused), "done": State.HANDLING},
    "hold": expect({}, *ELSEWHERE, PENDING, (NotAllowed, ("mine", "in my workbin", "in bob's workbin"))),
    "resume": expect({}, (NotAllowed, tuple(name for name in SITUATIONS if name != "done"))),
}


def circumstances(privileges: frozenset[str] = AGENT, now: datetime = NOW) -> Circumstances:
    numbers = count(1)
    return Circumstances(
        now=now,
        site=SITE,
        viewer=Viewer(person=ANN, privileges=privileges),
        session="ann-1",
        options=effective_options(core_catalogue(), SITE, "ann"),
        new_id=lambda kind: f"{kind}-{next(numbers)}",
    )


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_in_each_situation_does_what_the_table_says(command: str, situation: str) -> None:
    before, expected = SITUATIONS[situation], TABLE[command][situation]
    if isinstance(expected, State):
        decision = decide(before, COMMANDS[command], circumstances())
        assert decision.item.state is expected
        assert all(event.item == "i" and event.at == NOW for event in decision.events)
    else:
        with pytest.raises(expected) as raised:
            decide(before, COMMANDS[command], circumstances())
        assert str(raised.value).endswith(".")


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("privileges", [AGENT, SUPERVISOR])
def test_the_fence_rises_exactly_when_the_owner_changes_and_every_change_leaves_an_event(
    command: str, situation: str, privileges: frozenset[str]
) -> None:
    before = SITUATIONS[situation]
    try:
        decision = decide(before, COMMANDS[command], circumstances(privileges))
    except WorkloomError:
        return
    after = decision.item
    changed_hands = (before.assigned_to, before.session) != (after.assigned_to, after.session)
    assert (after.fence > before.fence) == changed_hands
    assert after.fence >= before.fence
    untimed = [
        Interaction(**{name: getattr(each, name) for name in each.__struct_fields__ if name != "handling_until"})
        for each in (before, after)
    ]
    assert bool(decision.events) == (untimed[0] != untimed[1] or bool(decision.notes))


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_fence_is_refused_in_any_situation(command: str, situation: str) -> None:
    from msgspec.structs import replace

    stale = replace(COMMANDS[command], fence=3)
    with pytest.raises(Stale):
        decide(SITUATIONS[situation], stale, circumstances(SUPERVISOR))


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("command", COMMANDS)
def test_whoever_owns_an_item_is_party_in_a_session_and_nobody_owns_what_rests(command: str, situation: str) -> None:
    try:
        after = decide(SITUATIONS[situation], COMMANDS[command], circumstances(SUPERVISOR)).item
    except WorkloomError:
        return
    assert bool(after.assigned_to) == (after.state is State.HANDLING)
    assert bool(after.session) == bool(after.assigned_to)
    assert bool(after.handling_until) <= bool(after.assigned_to)
    assert (after.state is State.IN_WORKBIN) <= bool(after.workbin and after.workbin_owner)
    assert bool(after.workbin) <= (after.state in (State.IN_WORKBIN, State.OFFERED))
    assert (after.state is State.OFFERED) <= (after.offer is not None)
    assert (after.outcome is not Outcome.NONE) == after.is_finished


def test_a_supervisor_moves_and_holds_what_rests_in_a_queue() -> None:
    queued = SITUATIONS["queued"]
    assert decide(queued, COMMANDS["to queue"], circumstances(SUPERVISOR)).item.queue == "shelf"
    assert decide(queued, COMMANDS["to workbin"], circumstances(SUPERVISOR)).item.workbin == "drawer"
    held = decide(queued, COMMANDS["hold"], circumstances(SUPERVISOR)).item
    assert (held.is_held, held.state) == (True, State.QUEUED)
    assert not decide(held, COMMANDS["resume"], circumstances(SUPERVISOR)).item.is_held


def test_the_age_in_a_queue_is_that_of_the_first_time_there() -> None:
    mine = SITUATIONS["mine"]
    later = NOW + timedelta(hours=1)
    away = decide(mine, COMMANDS["to queue"], circumstances(now=later)).item
    assert away.moved_to_queue_at == later
    taken = decide(away, Pull(item="i"), circumstances(now=later)).item
    back = decide(taken, PlaceInQueue(item="i", queue="claims"), circumstances(now=later)).item
    assert (back.moved_to_queue_at, back.placed_at) == (NOW, later)


def test_the_first_delivery_is_kept() -> None:
    first = offered(SITUATIONS["queued"], offer("ann")).item
    assert first.delivered_at == NOW
    back = decide(first, COMMANDS["reject"], circumstances()).item
    assert set(back.refusals) == {"ann"}
    again = offered(back, Offer(ticket="u", agent="bob", session="bob-1", offered_at=NOW + timedelta(1), deadline=NOW))
    assert again.item.delivered_at == NOW


@pytest.mark.parametrize("situation", [name for name in SITUATIONS if name not in RESTING])
def test_only_what_rests_can_be_offered(situation: str) -> None:
    with pytest.raises(Refused):
        offered(SITUATIONS[situation], offer("ann"))

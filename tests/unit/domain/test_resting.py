"""Where an item rests in words, and who may open it there."""

from datetime import UTC, datetime, timedelta

import pytest

from workloom.domain.interaction import Interaction, Offer, Outcome, State
from workloom.domain.options import OptionSet, OptionSource
from workloom.domain.pages import ItemRow
from workloom.domain.privileges import PULL_FROM_QUEUE, PULL_NOT_OWNED, PULL_SHARED, USE_CHANNEL, USE_WORKBINS
from workloom.domain.resting import (
    Openness,
    Viewer,
    is_shared_with,
    may_open,
    may_open_from_history,
    rests_since,
    team_of,
    where_it_rests,
)
from workloom.domain.site import AgentGroup, CapturePoint, MediaType, Person, Place, Queue, Site, Workbin

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LENA = Person(name="lena", employee_id="E1", first_name="Lena", last_name="Hofer", groups=("Household team",))
JONAS = Person(name="jonas", employee_id="E2", first_name="Jonas", last_name="Brandt", groups=("Claims experts",))
SITE = Site(
    persons={person.name: person for person in (LENA, JONAS)},
    groups={
        "Household team": AgentGroup(name="Household team", leads=("jonas",)),
        "Claims experts": AgentGroup(name="Claims experts"),
    },
    places={
        "Desk 4-117": Place(name="Desk 4-117", group="Floor 4"),
        "Desk 2-040": Place(name="Desk 2-040", group="Floor 2"),
    },
    media_types={"claim": MediaType(name="claim", title="Claims", singular="Claim")},
    queues={"experts": Queue(name="experts", title="Claims – Experts")},
    workbins={
        "waiting": Workbin(name="waiting", title="Waiting for documents"),
        "team": Workbin(name="team", title="Team", owner="agent-group"),
        "desk": Workbin(name="desk", title="Desk", owner="place"),
        "floor": Workbin(name="floor", title="Floor", owner="place-group"),
    },
    capture_points={"scan": CapturePoint(name="scan", title="Scan room")},
)


def item(state: State = State.QUEUED, **fields: object) -> Interaction:
    given = {"queue": "experts", **fields}
    return Interaction(
        id="1",
        tenant="default",
        media_type="claim",
        state=state,
        received_at=NOW,
        submitted_at=NOW,
        placed_at=NOW,
        **given,  # type: ignore[arg-type]
    )


def lena(*privileges: str) -> Viewer:
    return Viewer(person=LENA, place="Desk 4-117", privileges=frozenset({USE_CHANNEL, *privileges}))


def in_workbin(workbin: str, owner: str) -> Interaction:
    return item(State.IN_WORKBIN, workbin=workbin, workbin_owner=owner)


@pytest.mark.parametrize(
    ("it", "finished_by", "words"),
    [
        (item(), "", "Queue “Claims – Experts”"),
        (item(held_at=NOW), "", "Queue “Claims – Experts”, held"),
        (in_workbin("waiting", "lena"), "", "Your workbin “Waiting for documents”"),
        (in_workbin("waiting", "jonas"), "", "Workbin “Waiting for documents”, Jonas Brandt"),
        (in_workbin("team", "Household team"), "", "Workbin “Team”, Household team"),
        (item(State.HANDLING, assigned_to="lena"), "", "With you"),
        (item(State.HANDLING, assigned_to="jonas"), "", "With Jonas Brandt"),
        (item(State.HANDLING, assigned_to="left-the-firm"), "", "With left-the-firm"),
        (item(State.FINISHED, outcome=Outcome.COMPLETED), "jonas", "Done by Jonas Brandt"),
        (item(State.FINISHED, outcome=Outcome.COMPLETED), "lena", "Done by you"),
        (item(State.FINISHED, outcome=Outcome.CANCELED), "source:scan", "Canceled by the source “Scan room”"),
        (item(State.FINISHED, outcome=Outcome.COMPLETED), "", "Done"),
    ],
)
def test_where_an_item_rests_is_said_in_words(it: Interaction, finished_by: str, words: str) -> None:
    assert where_it_rests(it, SITE, lena(), finished_by) == words


def test_an_offer_says_to_whom() -> None:
    offer = Offer(ticket="t", agent="jonas", session="s", offered_at=NOW, deadline=NOW)
    offered = item(State.OFFERED, offer=offer)
    assert where_it_rests(offered, SITE, lena()) == "Offered to Jonas Brandt"
    assert may_open(offered, SITE, lena(PULL_FROM_QUEUE)).reason == "It is offered to Jonas Brandt at this moment."


def test_the_time_in_a_queue_counts_from_the_first_arrival_there() -> None:
    came = NOW - timedelta(minutes=38)
    returned = item(queue_since={"experts": came})
    row = ItemRow(item=returned, where=where_it_rests(returned, SITE, lena()), since=rests_since(returned))
    assert row.where_at(NOW) == "Queue “Claims – Experts”, 38 min"


def test_the_time_in_a_workbin_is_not_said() -> None:
    assert rests_since(in_workbin("waiting", "lena")) is None


@pytest.mark.parametrize(
    ("it", "privilege", "reason"),
    [
        (item(), PULL_FROM_QUEUE, "You may not open items from queues."),
        (in_workbin("waiting", "lena"), USE_WORKBINS, "You may not use workbins."),
        (in_workbin("team", "Household team"), PULL_SHARED, "You may not open items from shared workbins."),
        (in_workbin("desk", "Desk 4-117"), PULL_SHARED, "You may not open items from shared workbins."),
        (in_workbin("floor", "Floor 4"), PULL_SHARED, "You may not open items from shared workbins."),
        (
            in_workbin("waiting", "jonas"),
            PULL_NOT_OWNED,
            "You may not open items from workbins of other people. Ask Jonas Brandt to transfer it.",
        ),
        (
            in_workbin("team", "Claims experts"),
            PULL_NOT_OWNED,
            "You may not open items from workbins of other groups and places.",
        ),
        (
            in_workbin("desk", "Desk 2-040"),
            PULL_NOT_OWNED,
            "You may not open items from workbins of other groups and places.",
        ),
    ],
)
def test_opening_needs_the_privilege_for_the_place(it: Interaction, privilege: str, reason: str) -> None:
    every_other = {USE_WORKBINS, PULL_FROM_QUEUE, PULL_SHARED, PULL_NOT_OWNED} - {privilege}
    refused = may_open(it, SITE, lena(*every_other))
    assert (refused.can_open, refused.reason, refused.privilege) == (False, reason, privilege)
    assert may_open(it, SITE, lena(privilege)).can_open


def test_no_privilege_for_a_place_counts_without_the_channel() -> None:
    viewer = Viewer(person=LENA, privileges=frozenset({PULL_FROM_QUEUE}))
    assert may_open(item(), SITE, viewer).privilege == USE_CHANNEL


def test_an_item_that_somebody_has_open_stays_there() -> None:
    everything = lena(USE_WORKBINS, PULL_FROM_QUEUE, PULL_SHARED, PULL_NOT_OWNED)
    assert may_open(item(State.HANDLING, assigned_to="jonas"), SITE, everything).reason == "Jonas Brandt has it open."
    assert may_open(item(State.HANDLING, assigned_to="lena"), SITE, everything).reason == "You have it open."


def test_the_history_opens_only_where_the_option_says_so() -> None:
    viewer = lena(PULL_FROM_QUEUE)

    def opens(enabled: bool) -> Openness:
        source = OptionSource(value=enabled, layer="Application")
        options = OptionSet({"claim.pull-from-history-isenabled": source})
        return may_open_from_history(item(), SITE, viewer, options)

    assert opens(True).can_open
    off = opens(False)
    assert off.reason == "Opening from the history is switched off for claims."


def test_without_a_place_no_workbin_of_a_place_is_shared() -> None:
    nowhere = Viewer(person=LENA)
    assert not is_shared_with(SITE, "desk", "Desk 4-117", nowhere)
    assert not is_shared_with(SITE, "floor", "Floor 4", nowhere)


def test_a_lead_has_the_members_of_the_led_groups_as_team() -> None:
    assert team_of(SITE, "jonas") == (LENA,)
    assert team_of(SITE, "lena") == ()

"""What lists promise, the service does: a row that can be opened opens, a possible target takes the item."""

from collections.abc import Mapping

import pytest

from tests.contract.reading_site import Office, in_workbin, item, office, person, site
from workloom.domain.commands import PlaceInWorkbin, Pull, Transfer
from workloom.domain.errors import NotAllowed, Refused
from workloom.domain.interaction import State
from workloom.domain.pages import HistoryQuery, HistoryScope, WorkbinQuery
from workloom.domain.presence import Presence
from workloom.domain.privileges import (
    CONTACT_HISTORY,
    INTERACTION_SEARCH,
    MANAGEMENT_USE,
    MY_HISTORY,
    PULL_FROM_QUEUE,
    PULL_NOT_OWNED,
    PULL_SHARED,
    USE_TEAM_WORKBINS,
    USE_WORKBINS,
)
from workloom.domain.routing_request import request_of
from workloom.domain.targets import TargetRow, TargetType

RESTING = (
    item("queued"),
    in_workbin("own"),
    in_workbin("shared", "checks", "Claims experts"),
    in_workbin("of-the-place", "desk", "Desk lena"),
    in_workbin("of-jonas", owner="jonas"),
    in_workbin("of-another-group", "checks", "Large losses"),
)


@pytest.mark.parametrize("missing", ["", PULL_FROM_QUEUE, PULL_SHARED, PULL_NOT_OWNED, USE_WORKBINS])
def test_a_row_can_be_opened_exactly_when_the_pull_succeeds(missing: str) -> None:
    desk = office(site(without=[missing]))
    desk.add(*RESTING)
    rows = desk.history().search(HistoryQuery(scope=HistoryScope.ALL)).rows
    assert len(rows) == len(RESTING)
    for row in rows:
        if row.can_open:
            assert desk.items().execute(Pull(item=row.item.id)).assigned_to == "lena"
        else:
            with pytest.raises(NotAllowed) as error:
                desk.items().execute(Pull(item=row.item.id))
            assert str(error.value) == row.closed_reason


@pytest.mark.parametrize("enabled", [True, False])
def test_a_history_opens_an_item_exactly_when_its_row_says_so(enabled: bool) -> None:
    desk = office(site(options={"claim.pull-from-history-isenabled": enabled}))
    desk.add(*RESTING)
    for row in desk.history().search(HistoryQuery(scope=HistoryScope.ALL)).rows:
        assert row.can_open is enabled
        pull = Pull(item=row.item.id, from_history=True)
        if enabled:
            assert desk.items().execute(pull).assigned_to == "lena"
        else:
            with pytest.raises(Refused, match="Opening from the history is switched off for claims"):
                desk.items().execute(pull)


def test_an_option_that_is_switched_off_counts_for_a_row_that_was_shown_before() -> None:
    desk = office()
    desk.add(item("1"))
    (row,) = desk.history().search(HistoryQuery(scope=HistoryScope.ALL)).rows
    assert row.can_open
    desk.apply(site(options={"claim.pull-from-history-isenabled": False}))
    with pytest.raises(Refused, match="switched off"):
        desk.items().execute(Pull(item="1", from_history=True))
    assert desk.items().execute(Pull(item="1")).assigned_to == "lena"


def test_what_a_workbin_lists_can_be_read_also_where_it_cannot_be_opened() -> None:
    no_history = [CONTACT_HISTORY, INTERACTION_SEARCH, MY_HISTORY, MANAGEMENT_USE]
    desk = office(site(without=[PULL_NOT_OWNED, PULL_SHARED, *no_history]))
    desk.add(
        in_workbin("1", owner="jonas"), in_workbin("2", "checks", "Claims experts"), in_workbin("3", owner="samira")
    )
    for address in (("waiting", "jonas"), ("checks", "Claims experts")):
        (row,) = desk.workbins().page(WorkbinQuery(workbin=address[0], owner=address[1])).rows
        assert not row.can_open
        assert desk.items().get(row.item.id) == row
    with pytest.raises(NotAllowed):
        desk.items().get("3")


OFF = person("nora", "Nora", "Novak", "Claims experts")
NOT_ALLOWED = person("otto", "Otto", "Maier", roles=())


def transferring(options: Mapping[str, object]) -> Office:
    """Jonas is not ready, Samira does not want to be disturbed, Nora and Tamara are off, Otto may do nothing."""
    desk = office(site(options=options, people=(OFF, NOT_ALLOWED)))
    desk.log_in("jonas", Presence.NOT_READY)
    desk.log_in("samira", Presence.DND)
    desk.add(item("1", State.HANDLING, assigned_to="lena", session="lena"))
    return desk


def targets(options: Mapping[str, object]) -> tuple[TargetRow, ...]:
    directory = transferring(options).directory()
    return (*directory.search("", item="1"), *directory.search("Greek>=1", item="1"))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"intercommunication.claim.queue": ""},
        {"intercommunication.claim.queue": "freight"},
        {"intercommunication.claim.routing-based-targets": "Agent,InteractionQueue"},
        {
            "intercommunication.claim.routing-based-targets": "Agent,InteractionQueue",
            "intercommunication.claim.queue": "",
        },
        {
            "intercommunication.claim.routing-based-targets": "Agent,InteractionQueue",
            "intercommunication.claim.routing-based-actions": [],
        },
    ],
)
def test_the_transfer_takes_exactly_the_targets_that_are_shown_as_possible(options: Mapping[str, object]) -> None:
    rows = targets(options)
    assert {row.target.type for row in rows} == set(TargetType)
    for row in rows:
        desk = transferring(options)
        command = Transfer(item="1", target=row.target)
        if row.reason:
            with pytest.raises(Refused):
                desk.items().execute(command)
            continue
        after = desk.items().execute(command)
        assert (request_of(after) is not None) == row.by_routing
        assert [recent.target for recent in desk.directory().recent(item="1")] == [row.target]


def test_by_routing_an_agent_is_reached_whose_desktop_is_off_and_nobody_who_may_not_work() -> None:
    based = {"intercommunication.claim.routing-based-targets": "Agent"}
    people = {row.target.id: row for row in targets(based) if row.target.type is TargetType.AGENT}
    assert {name for name, row in people.items() if row.reason == ""} == {"jonas", "samira", "tamara", "nora"}
    assert (people["nora"].status, people["otto"].reason) == ("Logged off", "May not work on items")
    direct = {row.target.id: row.reason for row in targets({}) if row.target.type is TargetType.AGENT}
    assert direct["nora"] == "Logged off, cannot take an offer"


@pytest.mark.parametrize("missing", ["", USE_TEAM_WORKBINS])
def test_every_workbin_that_is_shown_for_an_item_takes_it(missing: str) -> None:
    places = office(site(without=[missing]))
    places.add(item("1", State.HANDLING, assigned_to="lena", session="lena"))
    nodes = places.workbins().places_for("1")
    assert nodes
    for node in nodes:
        desk = office(site(without=[missing]))
        desk.add(item("1", State.HANDLING, assigned_to="lena", session="lena"))
        after = desk.items().execute(PlaceInWorkbin(item="1", workbin=node.workbin, owner=node.owner))
        assert (after.workbin, after.workbin_owner) == (node.workbin, node.owner)

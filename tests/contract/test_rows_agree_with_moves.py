"""What lists promise, the service does: a row that can be opened opens, a possible target takes the item."""

from collections.abc import Mapping

import pytest

from tests.contract.reading_site import Office, in_workbin, item, office, site
from workloom.domain.commands import PlaceInWorkbin, Pull, Transfer
from workloom.domain.errors import NotAllowed, Refused
from workloom.domain.interaction import State
from workloom.domain.pages import HistoryQuery, HistoryScope
from workloom.domain.presence import Presence
from workloom.domain.privileges import PULL_FROM_QUEUE, PULL_NOT_OWNED, PULL_SHARED, USE_TEAM_WORKBINS, USE_WORKBINS
from workloom.domain.routing_request import request_of
from workloom.domain.targets import TargetRow, TargetType
from workloom.services.work_items import AgentWorkItems

RESTING = (
    item("queued"),
    in_workbin("own"),
    in_workbin("shared", "checks", "Claims experts"),
    in_workbin("of-the-place", "desk", "Desk lena"),
    in_workbin("of-jonas", owner="jonas"),
    in_workbin("of-another-group", "checks", "Large losses"),
)


def work_items(desk: Office) -> AgentWorkItems:
    return AgentWorkItems(desk.store, desk.callers("lena"), desk.clock, desk.ids)


@pytest.mark.parametrize("missing", ["", PULL_FROM_QUEUE, PULL_SHARED, PULL_NOT_OWNED, USE_WORKBINS])
def test_a_row_can_be_opened_exactly_when_the_pull_succeeds(missing: str) -> None:
    desk = office(site(without=[missing]))
    desk.add(*RESTING)
    rows = desk.history().search(HistoryQuery(scope=HistoryScope.ALL)).rows
    assert len(rows) == len(RESTING)
    for row in rows:
        if row.can_open:
            assert work_items(desk).execute(Pull(item=row.item.id)).assigned_to == "lena"
        else:
            with pytest.raises(NotAllowed) as error:
                work_items(desk).execute(Pull(item=row.item.id))
            assert str(error.value) == row.closed_reason


def transferring(options: Mapping[str, object]) -> Office:
    desk = office(site(options=options))
    desk.log_in("jonas", Presence.NOT_READY)
    desk.log_in("samira", Presence.DND)
    desk.add(item("1", State.HANDLING, assigned_to="lena", session="lena"))
    return desk


def targets(options: Mapping[str, object]) -> tuple[TargetRow, ...]:
    return transferring(options).directory().search("", item="1")


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
    ],
)
def test_the_transfer_takes_every_target_that_is_shown_as_possible(options: Mapping[str, object]) -> None:
    rows = targets(options)
    assert {row.target.type for row in rows} == set(TargetType)
    for row in rows:
        desk = transferring(options)
        command = Transfer(item="1", target=row.target)
        if not row.reason:
            after = work_items(desk).execute(command)
            assert (request_of(after) is not None) == row.by_routing
            assert [recent.target for recent in desk.directory().recent(item="1")] == [row.target]
        elif not row.by_routing:
            with pytest.raises(Refused):
                work_items(desk).execute(command)


@pytest.mark.parametrize("missing", ["", USE_TEAM_WORKBINS])
def test_every_workbin_that_is_shown_for_an_item_takes_it(missing: str) -> None:
    places = office(site(without=[missing]))
    places.add(item("1", State.HANDLING, assigned_to="lena", session="lena"))
    nodes = places.workbins().places_for("1")
    assert nodes
    for node in nodes:
        desk = office(site(without=[missing]))
        desk.add(item("1", State.HANDLING, assigned_to="lena", session="lena"))
        after = work_items(desk).execute(PlaceInWorkbin(item="1", workbin=node.workbin, owner=node.owner))
        assert (after.workbin, after.workbin_owner) == (node.workbin, node.owner)

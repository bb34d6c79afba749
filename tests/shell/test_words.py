"""What the shell says: of open items, of channels at the login, of what limits the work."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from workloom.api.services import LinkState
from workloom.domain.capacity import at_once
from workloom.domain.interaction import Interaction, WorkItemAttributes
from workloom.domain.options import OptionSet
from workloom.domain.pages import ItemRow
from workloom.domain.presence import MISSED_OFFER, ChannelChoice, ChannelStatus, Presence, Session
from workloom.domain.site import Capacity, CapacityRule, MediaType, Person, Timers
from workloom.shell.knowledge import Knowledge
from workloom.shell.letting_go import due
from workloom.shell.login.channels import detail
from workloom.shell.window.item_words import in_full, item_words
from workloom.shell.window.limits import limit_of
from workloom.shell.window.offline_words import nothing_lost, trying_again

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
KINDS = (
    MediaType(name="claim", title="Claims", singular="Claim"),
    MediaType(name="form", title="Forms", singular="Form"),
)


def test_the_time_without_a_connection_is_said_as_the_design_has_it() -> None:
    link = LinkState(connected=False, attempt=3, next_try=107.2)
    assert trying_again(link, 100.0) == "Trying again in 8 s, attempt 3."
    assert trying_again(link, 107.2) == "Trying again, attempt 3."
    assert nothing_lost(0, 1) == "Nothing is lost: 1 draft is kept on this computer."
    assert nothing_lost(2, 2) == "Nothing is lost: 2 actions wait here and 2 drafts are kept on this computer."


def test_open_items_are_let_go_before_the_service_gives_them_away() -> None:
    item = Interaction(id="1", tenant="", media_type="claim", received_at=NOW, submitted_at=NOW, placed_at=NOW)
    mine = replace(known({}), open_rows=(ItemRow(item=item),))
    grace = mine.timers.lost_agent
    assert due(mine, 100.0, NOW, 100.0 + grace - 2.1) == ()
    assert due(mine, 100.0, NOW, 100.0 + grace - 1.9) == ("1",)
    short = replace(mine, timers=Timers(lost_agent=2.0))
    assert due(short, 100.0, NOW, 101.7) == ()
    assert due(short, 100.0, NOW, 101.9) == ("1",)
    ending = replace(mine, open_rows=(ItemRow(item=replace(item, handling_until=NOW + timedelta(seconds=1))),))
    assert due(ending, 100.0, NOW, 100.0) == ("1",)


def test_an_open_item_is_said_as_the_design_has_it() -> None:
    item = Interaction(
        id="1",
        tenant="",
        media_type="claim",
        priority=4000,
        received_at=NOW,
        submitted_at=NOW,
        placed_at=NOW,
        attached={"Subject": "Hit and run, parked car"},
        attributes=WorkItemAttributes(due_at=NOW + timedelta(minutes=18)),
    )
    row = ItemRow(item=item, contact="Tomasz Wieczorek")
    words = item_words(row, "Claim", NOW, new=False, position=(3, 3), zone=UTC)
    assert words.spoken == "Claim, Hit and run, parked car, Tomasz Wieczorek, urgent, due in 18 minutes, item 3 of 3"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("due in 1 h 12 min", "due in 1 hour 12 minutes"),
        ("overdue 3 d", "overdue 3 days"),
        ("today 16:00", "today 16:00"),
    ],
)
def test_durations_are_said_in_full(shown: str, said: str) -> None:
    assert in_full(shown) == said


def known(capacity: dict[str, int], **states: tuple[Presence, str]) -> Knowledge:
    """What is known of an agent with these channels."""
    channels = tuple(
        ChannelStatus(media_type=kind, state=state, reason=reason, since=NOW)
        for kind, (state, reason) in states.items()
    )
    session = Session(id="s", person="lena", logged_in_at=NOW, last_seen_at=NOW, idle_since=NOW, channels=channels)
    return Knowledge(
        me=Person(name="lena", employee_id="E-1001"),
        session=session,
        privileges=frozenset(),
        options=OptionSet({}),
        problems=(),
        media_types=KINDS,
        capacity=capacity,
    )


def test_a_missing_capacity_rule_is_said_to_whom_it_concerns() -> None:
    limit = limit_of(known({"claim": 5}, claim=(Presence.READY, ""), form=(Presence.READY, "")))
    assert limit is not None
    assert limit.title == "Forms are held back."
    assert limit.text == "No capacity rule allows you forms. Ask your administrator."
    assert limit.get_ready == ()


def test_a_channel_that_went_not_ready_by_itself_is_said_with_the_way_back() -> None:
    limit = limit_of(known({"claim": 5}, claim=(Presence.NOT_READY, MISSED_OFFER)))
    assert limit is not None
    assert limit.title == "You are not ready on Claims."
    assert limit.get_ready == ("claim",)


@pytest.mark.parametrize("state", [Presence.NOT_READY, Presence.AFTER_WORK, Presence.DND, Presence.LOGGED_OFF])
def test_what_agents_chose_themselves_is_no_banner(state: Presence) -> None:
    assert limit_of(known({"claim": 5}, claim=(state, "Lunch"), form=(state, ""))) is None


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Capacity(media_type="claim", maximum=5), "Up to 5 items at once"),
        (Capacity(media_type="claim", maximum=1), "Up to 1 item at once"),
        (Capacity(media_type="form", maximum=5), "No capacity rule, nothing is offered"),
    ],
)
def test_the_login_says_how_much_a_channel_may_bring(rule: Capacity, said: str) -> None:
    most = at_once(CapacityRule(name="standard", capacities=(rule,)), "claim")
    assert detail(ChannelChoice(media_type="claim", title="Claims", at_once=most)) == said


def test_no_channel_brings_more_than_the_rule_allows_over_all() -> None:
    rule = CapacityRule(name="trainee", total=2, capacities=(Capacity(media_type="claim", maximum=5),))
    assert at_once(rule, "claim") == 2

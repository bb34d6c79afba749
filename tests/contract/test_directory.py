"""The target search as an agent sees it, on a real store."""

from datetime import timedelta

import pytest

from tests.contract.reading_site import NOW, Office, item, office, person, site
from workloom.domain.errors import NotAllowed, NotFound, Refused
from workloom.domain.interaction import State
from workloom.domain.presence import Presence
from workloom.domain.privileges import TARGETS_FAVOURITES, TARGETS_USE
from workloom.domain.targets import Target, TargetRow, TargetType
from workloom.services.favourites import remember_recent

AGENT, GROUP, SKILL, QUEUE = TargetType.AGENT, TargetType.GROUP, TargetType.SKILL, TargetType.QUEUE
NO_ROUTING = "No routing queue is set for claims. Ask your administrator."


def working(desk: Office | None = None) -> Office:
    """The office where Lena has a claim open."""
    desk = desk or office()
    desk.add(item("1", State.HANDLING, assigned_to="lena"))
    return desk


def found(desk: Office, text: str = "", *kinds: TargetType) -> dict[str, TargetRow]:
    return {row.target.id: row for row in desk.directory().search(text, item="1", kinds=kinds)}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("la", {"tamara", "Large losses", '"Language: Latvian">=1', "Latvian>=1", "late"}),
        ("lang tam", {"tamara"}),
        ("exp", {"experts", "Claims experts"}),
        ("amara", set()),
        ("haddad", {"samira"}),
        ("SAMIRA", {"samira"}),
    ],
)
def test_words_are_matched_by_their_beginnings_anywhere_in_the_name(text: str, ids: set[str]) -> None:
    assert set(found(working(), text)) == ids


def test_accents_and_case_do_not_matter() -> None:
    desk = working(office(site(people=[person("zoe", "Zoë", "Müller-Lüdenscheidt")])))
    assert set(found(desk, "zoe ludens")) == {"zoe"}
    assert set(found(desk, "MÜLL")) == {"zoe"}


def test_the_caller_and_people_who_may_not_work_are_no_targets() -> None:
    desk = working(office(site(people=[person("gone", "Gone", "Person", enabled=False)])))
    assert set(found(desk, "", AGENT)) == {"jonas", "samira", "tamara"}


def test_people_show_presence_load_groups_and_place() -> None:
    desk = working()
    desk.log_in("tamara")
    desk.log_in("jonas", Presence.NOT_READY, reason="Lunch")
    desk.add(item("2", State.HANDLING, assigned_to="tamara"), item("3", State.HANDLING, assigned_to="tamara"))
    people = found(desk, "", AGENT)
    tamara = people["tamara"]
    assert (tamara.title, tamara.detail, tamara.status, tamara.presence, tamara.reason) == (
        "Tamara Lang",
        "Claims experts · Desk tamara",
        "Ready · 2 of 5 items",
        Presence.READY,
        "",
    )
    assert people["jonas"].status == "Not ready · Lunch"


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (Presence.READY, ""),
        (Presence.NOT_READY, ""),
        (Presence.AFTER_WORK, ""),
        (Presence.DND, "Do not disturb, cannot take an offer"),
        (None, "Logged off, cannot take an offer"),
    ],
)
def test_an_agent_can_be_reached_unless_logged_off_or_on_do_not_disturb(state: Presence | None, reason: str) -> None:
    desk = working()
    if state:
        desk.log_in("jonas", state)
    row = found(desk, "jonas")["jonas"]
    assert (row.reason, row.by_routing) == (reason, False)


def test_an_agent_who_is_on_other_channels_only_is_offered_directly_but_is_not_ready_for_routing() -> None:
    desk = working()
    desk.log_in("jonas", on=["invoice"])
    rows = found(desk)
    assert (rows["jonas"].status, rows["jonas"].reason) == ("Ready · not on claims", "")
    assert rows["Household team"].status == "0 ready"


def test_an_agent_who_is_logged_in_on_no_channel_is_said_to_be_there_and_is_offered_directly() -> None:
    desk = working()
    desk.log_in("jonas", on=[])
    row = found(desk, "jonas")["jonas"]
    assert (row.presence, row.status, row.reason) == (Presence.NOT_READY, "Logged in, on no channel", "")


def test_an_agent_without_the_channel_privilege_cannot_take_an_offer() -> None:
    desk = working(office(site(people=[person("zoe", "Zoe", "Ray", roles=())])))
    desk.log_in("zoe")
    assert found(desk, "zoe")["zoe"].reason == "May not work on items"


def test_groups_and_skills_count_who_is_ready_besides_the_caller() -> None:
    desk = working()
    desk.log_in("tamara")
    desk.log_in("samira", Presence.DND)
    desk.log_in("jonas")
    rows = found(desk)
    assert (rows["Claims experts"].detail, rows["Claims experts"].status) == ("Group · 3 people", "1 ready")
    german = rows["German>=1"]
    assert (german.title, german.detail, german.status) == ("German ≥ 1", "Skill · 2 people", "1 ready")


def test_queues_show_how_many_wait_and_for_how_long() -> None:
    desk = working()
    for number, minutes in enumerate((11, 4, 1)):
        came = NOW - timedelta(minutes=minutes)
        desk.add(item(f"w{number}", queue="late", queue_since={"late": came}))
    row = found(desk, "late", QUEUE)["late"]
    assert (row.title, row.detail, row.status) == ("Claims – Late reports", "Queue · oldest 11 min", "3 waiting")
    assert found(desk, "experts", QUEUE)["experts"].status == "0 waiting"


def test_a_queue_for_other_media_types_is_impossible() -> None:
    assert found(working(), "freight")["freight"].reason == "This queue takes no claims."


def test_groups_and_skills_go_by_routing_and_need_its_queue() -> None:
    rows = found(working())
    assert rows["Large losses"].by_routing
    assert rows["Large losses"].reason == ""
    rows = found(working(office(site(options={"intercommunication.claim.queue": ""}))))
    assert {rows[name].reason for name in ("Large losses", "German>=1")} == {NO_ROUTING}
    assert rows["late"].reason == ""


def test_the_option_sends_agents_and_queues_by_routing_too() -> None:
    based = {"intercommunication.claim.routing-based-targets": "Agent,InteractionQueue"}
    desk = working(office(site(options=based)))
    desk.log_in("jonas")
    rows = found(desk)
    assert rows["jonas"].by_routing
    assert rows["late"].by_routing
    desk.apply(site(options={**based, "intercommunication.claim.queue": ""}))
    assert {found(desk)[name].reason for name in ("jonas", "late")} == {NO_ROUTING}


def test_agents_are_direct_where_transfers_do_not_go_by_routing() -> None:
    options = {
        "intercommunication.claim.routing-based-actions": [],
        "intercommunication.claim.routing-based-targets": "Agent",
    }
    desk = working(office(site(options=options)))
    desk.log_in("jonas")
    rows = found(desk)
    assert (rows["jonas"].by_routing, rows["jonas"].reason) == (False, "")
    assert rows["Large losses"].by_routing


def test_a_routing_queue_without_a_strategy_takes_no_request() -> None:
    based = {"intercommunication.claim.routing-based-targets": "InteractionQueue"}
    rows = found(working(office(site(options={**based, "intercommunication.claim.queue": "late"}))))
    for name in ("Large losses", "experts"):
        assert rows[name].reason == (
            "The routing queue “Claims – Late reports” has no strategy. Ask your administrator."
        )


def test_a_routing_queue_for_other_media_types_takes_no_request() -> None:
    rows = found(working(office(site(options={"intercommunication.claim.queue": "freight"}))))
    assert rows["Large losses"].reason == "The routing queue takes no claims. Ask your administrator."


def test_a_typed_skill_expression_is_a_target() -> None:
    desk = working()
    desk.log_in("jonas")
    row = found(desk, "German>=3 & Latvian>1")["German>=3 & Latvian>1"]
    assert (row.title, row.detail, row.status) == ("German ≥ 3 & Latvian > 1", "Skill · 1 person", "1 ready")


def test_an_expression_that_is_still_being_typed_is_no_target() -> None:
    assert set(found(working(), "German>=")) == {"German>=1"}


def test_a_skill_that_nobody_has_is_named() -> None:
    (row,) = found(working(), "Greek>=1").values()
    assert row.reason == "Nobody has a skill that is called “Greek”."


def test_possible_targets_come_first() -> None:
    desk = working()
    desk.log_in("tamara")
    rows = desk.directory().search("", item="1")
    impossible = [bool(row.reason) for row in rows]
    assert impossible == sorted(impossible)
    assert rows[0].target.id == "tamara"


def test_only_the_kinds_that_are_asked_for_and_shown_are_found() -> None:
    desk = working()
    assert {row.target.type for row in found(desk, "", GROUP, QUEUE).values()} == {GROUP, QUEUE}
    desk.apply(site(options={"teamcommunicator.list-filter-showing": "All,Agent,AgentGroup"}))
    assert {row.target.type for row in found(desk).values()} == {AGENT, GROUP}
    assert found(desk, "", QUEUE) == {}


def test_the_number_of_rows_is_limited_and_leaves_a_share_to_each_kind() -> None:
    crowd = [person(f"p{number}", "Anna", f"Person {number}") for number in range(30)]
    desk = working(office(site(people=crowd, options={"teamcommunicator.max-suggestion-size": 12})))
    for each in crowd:
        desk.log_in(each.name)
    rows = desk.directory().search("", item="1", limit=50)
    assert len(rows) == 12
    assert {row.target.type for row in rows} == set(TargetType)
    assert len(desk.directory().search("", item="1", limit=3)) == 3


def test_without_an_item_nothing_is_impossible() -> None:
    desk = office(site(options={"intercommunication.claim.queue": ""}))
    assert {row.reason for row in desk.directory().search("", item="")} == {""}


def test_an_unknown_item_is_not_found() -> None:
    with pytest.raises(NotFound):
        office().directory().search("", item="unknown")


def test_the_search_needs_its_privilege() -> None:
    directory = office(site(without=[TARGETS_USE])).directory()
    with pytest.raises(NotAllowed):
        directory.search("", item="")
    with pytest.raises(NotAllowed):
        directory.recent(item="")
    with pytest.raises(NotAllowed):
        directory.favourites(item="")


def favourites(desk: Office) -> list[str]:
    return [row.target.id for row in desk.directory().favourites(item="1")]


def test_favourites_are_kept_marked_and_dropped() -> None:
    desk = working()
    losses = found(desk, "large")["Large losses"]
    desk.directory().set_favourite(losses, favourite=True)
    desk.directory().set_favourite(losses, favourite=True)
    assert favourites(desk) == ["Large losses"]
    assert found(desk, "large")["Large losses"].favourite
    desk.log_in("jonas")
    assert desk.directory("jonas").favourites(item="1") == ()
    desk.directory().set_favourite(losses, favourite=False)
    assert favourites(desk) == []


def test_favourites_of_everybody_cannot_be_dropped() -> None:
    everybody = {"teamcommunicator.corporate-favorites": "AgentGroup:Large losses,Agent:nobody"}
    desk = working(office(site(options=everybody)))
    assert favourites(desk) == ["Large losses"]
    with pytest.raises(Refused, match="set for everybody"):
        desk.directory().set_favourite(found(desk, "large")["Large losses"], favourite=False)


def test_changing_favourites_needs_its_privilege() -> None:
    desk = working(office(site(without=[TARGETS_FAVOURITES])))
    with pytest.raises(NotAllowed):
        desk.directory().set_favourite(found(desk, "large")["Large losses"], favourite=True)


def test_there_are_no_more_favourites_than_allowed() -> None:
    desk = working(office(site(options={"teamcommunicator.max-favorites-size": 1})))
    rows = found(desk)
    desk.directory().set_favourite(rows["Large losses"], favourite=True)
    with pytest.raises(Refused, match="You have as many favourites as are allowed, 1"):
        desk.directory().set_favourite(rows["late"], favourite=True)


def test_a_favourite_that_left_the_site_is_not_shown() -> None:
    desk = working(office(site(people=[person("zoe", "Zoe", "Ray")])))
    desk.directory().set_favourite(found(desk, "zoe")["zoe"], favourite=True)
    desk.apply(site())
    assert favourites(desk) == []


def use(desk: Office, target: Target) -> None:
    with desk.store.transaction() as transaction:
        remember_recent(transaction, "lena", target, desk.callers("lena").of(transaction).options())


def test_recent_targets_come_newest_first_each_once_and_no_more_than_allowed() -> None:
    desk = working(office(site(options={"teamcommunicator.recent-max-records": 2})))
    for target in (("jonas", AGENT), ("late", QUEUE), ("jonas", AGENT), ("Large losses", GROUP)):
        use(desk, Target(id=target[0], type=target[1]))
    assert [row.target.id for row in desk.directory().recent(item="1")] == ["Large losses", "jonas"]


def test_a_preference_that_cannot_be_read_is_begun_anew() -> None:
    desk = working()
    with desk.store.transaction() as transaction:
        transaction.preferences.put("lena", "targets.favourites", b'{"of": "another version"}')
    assert favourites(desk) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [("AgentGroup : Large losses", ["Large losses"]), ("AgentGroup:Large losses,Team:nobody", []), ("AgentGroup:", [])],
)
def test_favourites_of_everybody_have_a_kind_and_a_name_or_none_is_used(given: str, kept: list[str]) -> None:
    assert favourites(working(office(site(options={"teamcommunicator.corporate-favorites": given})))) == kept

"""Workbins as an agent sees them, on a real store."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.contract.reading_site import NOW, Office, in_workbin, item, office, person, site
from workloom.domain.errors import BadInput, NotAllowed, NotFound, SessionEnded
from workloom.domain.interaction import State
from workloom.domain.pages import Sort, WorkbinQuery
from workloom.domain.privileges import MOVE_TO_WORKBIN, PULL_SHARED, USE_CHANNEL, USE_TEAM_WORKBINS, USE_WORKBINS
from workloom.services.workbins import end_of_day

TODAY_ENDS = end_of_day(NOW, None)
"""On this machine."""
WAITING = WorkbinQuery(workbin="waiting", owner="lena")


def addresses(desk: Office, section: str, session: str = "lena") -> list[tuple[str, str]]:
    return [(node.workbin, node.owner) for node in desk.workbins(session).tree() if node.section == section]


def names(desk: Office, query: WorkbinQuery) -> list[str]:
    return [row.item.id for row in desk.workbins().page(query).rows]


def test_my_workbins_are_those_that_options_name_and_those_that_hold_items() -> None:
    desk = office()
    assert addresses(desk, "my") == [("in-progress", "lena"), ("waiting", "lena")]
    desk.add(in_workbin("1", "old"))
    assert addresses(desk, "my") == [("in-progress", "lena"), ("waiting", "lena"), ("old", "lena")]


def test_my_workbins_stand_in_the_order_of_the_site_behind_the_one_in_progress() -> None:
    desk = office(
        site(
            options={
                "workbin.claim.in-progress": "waiting",
                "workbin.claim.waiting": "in-progress",
                "workbin.claim.a-nickname": "old",
                "workbin.invoice.in-progress": "",
            }
        )
    )
    assert [workbin for workbin, _ in addresses(desk, "my")] == ["waiting", "in-progress", "old"]


def test_shared_workbins_are_those_of_my_groups_and_my_place() -> None:
    assert addresses(office(), "shared") == [
        ("household", "Household team"),
        ("checks", "Household team"),
        ("checks", "Claims experts"),
        ("desk", "Desk lena"),
        ("floor", "Floor 4"),
    ]


def test_a_shared_workbin_is_titled_so_that_two_are_told_apart() -> None:
    titles = [node.title for node in office().workbins().tree() if node.section == "shared"]
    assert titles == [
        "Household team",
        "Checks, Household team",
        "Checks, Claims experts",
        "Desk lena",
        "Floor 4",
    ]


def test_a_lead_sees_the_workbins_of_the_members_of_the_led_group() -> None:
    desk = office()
    assert addresses(desk, "team") == [("in-progress", "jonas"), ("waiting", "jonas")]
    desk.log_in("jonas")
    assert addresses(desk, "team", "jonas") == []


def test_without_the_team_privilege_a_lead_sees_no_team() -> None:
    desk = office(site(without=[USE_TEAM_WORKBINS]))
    desk.add(in_workbin("1", owner="jonas"))
    assert addresses(desk, "team") == []
    with pytest.raises(NotAllowed):
        desk.workbins().page(replace(WAITING, owner="jonas"))


def test_the_tree_counts_items_and_unread_ones() -> None:
    desk = office()
    desk.add(
        in_workbin("1", unread=True),
        in_workbin("2"),
        in_workbin("3", owner="jonas"),
        in_workbin("4", "checks", "Claims experts", unread=True),
        in_workbin("5", owner="samira", unread=True),
        item("6", State.HANDLING, assigned_to="lena"),
    )
    counts = {(node.workbin, node.owner): (node.total, node.unread) for node in desk.workbins().tree() if node.total}
    assert counts == {("waiting", "lena"): (2, 1), ("waiting", "jonas"): (1, 0), ("checks", "Claims experts"): (1, 1)}


@pytest.mark.parametrize("missing", [USE_WORKBINS, USE_CHANNEL])
def test_workbins_need_their_privilege_and_the_channel(missing: str) -> None:
    desk = office(site(without=[missing]))
    with pytest.raises(NotAllowed, match="You may not use workbins"):
        desk.workbins().tree()
    with pytest.raises(NotAllowed, match="You may not use workbins"):
        desk.workbins().page(WAITING)


def test_a_privilege_that_is_withdrawn_counts_at_the_next_call() -> None:
    desk = office()
    workbins = desk.workbins()
    assert workbins.tree()
    desk.apply(site(without=[USE_WORKBINS]))
    with pytest.raises(NotAllowed):
        workbins.tree()


def test_a_session_that_has_ended_reads_nothing() -> None:
    desk = office()
    workbins = desk.workbins()
    with desk.store.transaction() as transaction:
        transaction.sessions.delete("lena")
    with pytest.raises(SessionEnded):
        workbins.tree()


@pytest.mark.parametrize(
    ("workbin", "owner"),
    [("in-progress", "samira"), ("waiting", "tamara"), ("household", "Large losses"), ("desk", "Desk jonas")],
)
def test_the_page_of_a_workbin_of_others_is_refused(workbin: str, owner: str) -> None:
    with pytest.raises(NotAllowed):
        office().workbins().page(WorkbinQuery(workbin=workbin, owner=owner))


def test_an_unknown_workbin_is_not_found() -> None:
    with pytest.raises(NotFound):
        office().workbins().page(WorkbinQuery(workbin="nowhere", owner="Claims experts"))


def test_a_page_shows_contact_and_place_and_whether_the_item_can_be_opened() -> None:
    desk = office()
    desk.contact("c1", "Marta", "Lindqvist")
    desk.add(in_workbin("1", contact_id="c1"))
    (row,) = desk.workbins().page(WAITING).rows
    assert (row.contact, row.where, row.can_open) == ("Marta Lindqvist", "Your workbin “Waiting for documents”", True)


def test_opening_from_a_shared_workbin_needs_its_privilege() -> None:
    desk = office(site(without=[PULL_SHARED]))
    desk.add(in_workbin("1", "checks", "Claims experts"))
    (row,) = desk.workbins().page(WorkbinQuery(workbin="checks", owner="Claims experts")).rows
    assert (row.can_open, row.closed_reason) == (False, "You may not open items from shared workbins.")


def several(desk: Office) -> None:
    desk.contact("c1", "Marta", "Lindqvist")
    desk.contact("c2", "Anna", "Weber")
    desk.add(
        in_workbin("1", subject="Water damage", priority=1000, contact_id="c1", external_id="B-2", unread=True),
        in_workbin(
            "2",
            subject="bicycle theft",
            priority=3000,
            contact_id="c2",
            external_id="A-9",
            received_at=NOW - timedelta(hours=3),
            due_at=TODAY_ENDS - timedelta(seconds=1),
        ),
        in_workbin(
            "3",
            subject="Storm",
            priority=2000,
            external_id="C-1",
            received_at=NOW - timedelta(hours=2),
            due_at=NOW - timedelta(days=1),
            unread=True,
        ),
        in_workbin("4", subject="Other", received_at=NOW - timedelta(hours=4), due_at=TODAY_ENDS + timedelta(hours=1)),
    )


@pytest.mark.parametrize(
    ("key", "ascending"),
    [
        ("received", "4231"),
        ("from", "2134"),
        ("subject", "2431"),
        ("number", "2134"),
        ("priority", "4132"),
        ("due", "3241"),
    ],
)
def test_pages_are_sorted_by_each_column(key: str, ascending: str) -> None:
    desk = office()
    several(desk)
    found = names(desk, replace(WAITING, sort=Sort(key=key, descending=False)))
    assert "".join(found) == ascending
    empty = {"from": 2, "due": 1}.get(key, 0)
    filled = ascending[: len(ascending) - empty]
    backwards = "".join(names(desk, replace(WAITING, sort=Sort(key=key, descending=True))))
    assert backwards[: len(filled)] == filled[::-1]


def test_rows_without_a_value_come_last_in_both_directions() -> None:
    desk = office()
    several(desk)
    assert names(desk, replace(WAITING, sort=Sort(key="due", descending=True)))[-1] == "1"
    assert set(names(desk, replace(WAITING, sort=Sort(key="from", descending=True)))[-2:]) == {"3", "4"}


def test_equal_rows_keep_their_order_over_the_pages() -> None:
    desk = office()
    desk.add(*(in_workbin(f"{number:02}", priority=5) for number in range(25)))
    by_priority = replace(WAITING, sort=Sort(key="priority", descending=True), limit=10)
    seen = [name for offset in (0, 10, 20) for name in names(desk, replace(by_priority, offset=offset))]
    assert len(seen) == 25 == len(set(seen))


def test_an_unknown_sort_key_or_filter_is_named() -> None:
    with pytest.raises(BadInput, match="colour"):
        office().workbins().page(replace(WAITING, sort=Sort(key="colour")))
    with pytest.raises(BadInput, match="yesterday"):
        office().workbins().page(replace(WAITING, only="yesterday"))


def test_filters_leave_unread_items_and_those_due_until_the_end_of_today() -> None:
    desk = office()
    several(desk)
    assert set(names(desk, replace(WAITING, only="unread"))) == {"1", "3"}
    assert set(names(desk, replace(WAITING, only="due-today"))) == {"2", "3"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("wat", "1"), ("DAMAGE wat", "1"), ("anna", "2"), ("c-1", "3"), ("nothing", ""), ("  ", "1234"), ('"*(', "1234")],
)
def test_the_text_filter_finds_word_beginnings_in_subject_number_and_contact(text: str, found: str) -> None:
    desk = office()
    several(desk)
    page = desk.workbins().page(replace(WAITING, text=text))
    assert sorted(row.item.id for row in page.rows) == list(found)
    assert page.total == len(found)


def test_a_list_holds_no_more_than_its_option_says() -> None:
    desk = office(site(options={"workbin.claim.waiting.max-results": 7}))
    desk.add(*(in_workbin(str(number)) for number in range(10)))
    page = desk.workbins().page(replace(WAITING, limit=100))
    assert (len(page.rows), page.total) == (7, 7)
    assert len(desk.workbins().page(replace(WAITING, offset=5, limit=100)).rows) == 2


def test_a_page_says_where_items_stand_in_the_whole_list() -> None:
    desk = office(site(options={"workbin.claim.waiting.max-results": 7}))
    desk.add(*(in_workbin(str(number), priority=number) for number in range(9)), in_workbin("jonas", owner="jonas"))
    wanted = replace(WAITING, limit=2, find=("6", "3", "0", "jonas", "nobody"))
    upwards = desk.workbins().page(replace(wanted, sort=Sort(key="priority", descending=False)))
    assert ([row.item.id for row in upwards.rows], upwards.places) == (["0", "1"], {"0": 0, "3": 3, "6": 6})
    downwards = desk.workbins().page(replace(wanted, sort=Sort(key="priority", descending=True)))
    assert downwards.places == {"6": 2, "3": 5}, "0 stands behind the most that the list holds"


def test_an_item_goes_into_workbins_of_its_media_type_and_not_where_it_rests() -> None:
    desk = office()
    desk.add(in_workbin("1"), in_workbin("2", "in-progress", media_type="invoice"))
    claim = {(node.workbin, node.owner) for node in desk.workbins().places_for("1")}
    invoice = {(node.workbin, node.owner) for node in desk.workbins().places_for("2")}
    assert {("in-progress", "lena"), ("checks", "Claims experts"), ("waiting", "jonas")} <= claim
    assert ("waiting", "lena") not in claim
    assert {workbin for workbin, _ in invoice} == {"in-progress", "household", "checks", "desk", "floor"}
    assert ("in-progress", "lena") not in invoice


def test_an_own_workbin_that_no_option_names_takes_nothing() -> None:
    desk = office()
    desk.add(in_workbin("1", "old"), in_workbin("2"))
    assert ("old", "lena") in addresses(desk, "my")
    assert "old" not in {node.workbin for node in desk.workbins().places_for("2")}


def test_no_place_is_offered_without_the_privilege_nor_for_a_finished_item() -> None:
    desk = office()
    desk.add(in_workbin("1"), item("2", State.FINISHED))
    assert desk.workbins().places_for("2") == ()
    desk.apply(site(without=[MOVE_TO_WORKBIN]))
    assert desk.workbins().places_for("1") == ()
    with pytest.raises(NotFound):
        desk.workbins().places_for("unknown")


def test_a_workbin_that_the_site_no_longer_has_stays_in_sight_while_it_holds_items() -> None:
    desk = office()
    desk.add(in_workbin("1", "removed-from-the-site"))
    assert ("removed-from-the-site", "lena") in addresses(desk, "my")
    assert names(desk, WorkbinQuery(workbin="removed-from-the-site", owner="lena")) == ["1"]


def test_team_members_are_in_the_order_of_the_site() -> None:
    desk = office(site(people=[person("tomasz", "Tomasz", "Nowak", "Household team")]))
    owners = [node.owner_title for node in desk.workbins().tree() if node.section == "team"]
    assert owners == ["Jonas Brandt", "Jonas Brandt", "Tomasz Nowak", "Tomasz Nowak"]

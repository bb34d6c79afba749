"""What the lists of workbins say, without widgets."""

from datetime import UTC, datetime

import pytest

from workloom.api import OptionSet, OptionSource, OptionValue, WorkbinNode
from workloom_workbin import lists


def node(workbin: str, *, section: str = "my", total: int = 0, unread: int = 0, owner: str = "lena") -> WorkbinNode:
    return WorkbinNode(
        workbin=workbin,
        owner=owner,
        owner_kind="agent",
        owner_title=owner.capitalize(),
        title=workbin.capitalize(),
        section=section,
        total=total,
        unread=unread,
    )


def options(**values: OptionValue) -> OptionSet:
    return OptionSet(
        {
            name.replace("__", ".").replace("_", "-"): OptionSource(value=value, layer="Application")
            for name, value in values.items()
        }
    )


@pytest.mark.parametrize(
    ("shown", "total", "filtered", "said"),
    [
        (9, 9, False, "9 of 9 shown"),
        (2, 9, True, "2 of 9 shown"),
        (500, 1204, False, "500 of 1,204 shown, the most that this list holds. Filter it to find others."),
    ],
)
def test_the_footer_says_how_much_is_shown_and_when_the_list_is_capped(
    shown: int, total: int, filtered: bool, said: str
) -> None:
    assert lists.shown_text(shown, node("waiting", total=total), filtered=filtered) == said


def test_the_first_own_workbin_with_something_in_it_is_open_at_first() -> None:
    nodes = (node("in-progress"), node("waiting", total=2), node("team", section="shared", total=9))
    assert lists.first_shown(nodes) is nodes[1]
    assert lists.first_shown(nodes[:1]) is nodes[0]
    assert lists.first_shown(()) is None


def test_parents_carry_totals_only_and_people_of_the_team_come_closed() -> None:
    team = (node("waiting", section="team", owner="jonas", total=2, unread=1), node("later", section="team", total=3))
    (section,) = lists.tree_nodes(team)
    assert (section.text, section.total, section.unread, section.selectable) == ("My team", 5, 0, False)
    assert [(member.text, member.total, member.unread, member.expanded) for member in section.nodes] == [
        ("Jonas", 2, 0, False),
        ("Lena", 3, 0, False),
    ]
    assert [leaf.id for member in section.nodes for leaf in member.nodes] == ["jonas@waiting", "lena@later"]


def test_columns_follow_the_option_of_the_workbin() -> None:
    chosen = options(workbin__claim__waiting="waiting", workbin__claim__waiting__displayed_columns=("Number", "Due"))
    assert [column.name for column in lists.columns_of(chosen, "waiting")] == ["Number", "Due"]
    assert tuple(column.name for column in lists.columns_of(chosen, "other")) == lists.DEFAULT_COLUMNS


@pytest.mark.parametrize("name", ["auto-update", "quick-access"])
def test_one_media_type_that_says_no_counts_for_the_workbin(name: str) -> None:
    says = lists.refreshes_itself if name == "auto-update" else lists.in_quick_access
    values: dict[str, OptionValue] = {
        "workbin__claim__later": "later",
        "workbin__fax__later": "later",
        f"workbin__claim__later__{name}": True,
        f"workbin__fax__later__{name}": False,
    }
    assert not says(options(**values), "later")
    assert says(options(**values), "other")


def test_the_time_of_the_last_refresh_is_local() -> None:
    at = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
    assert lists.refreshed(at, by_itself=False) == f"Refreshed {at.astimezone():%H:%M}"

"""Options of workbins and privileges for them, honoured on a real desktop."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHeaderView, QMenu

from tests.plugins.workbin.desks import Desk, OpenDesk, with_options, without
from tests.plugins.workbin.viewing import NEWEST_FIRST, WAITING, open_waiting, shown
from workloom.api import PlaceInWorkbin, Pull, State, privileges
from workloom.shell.kit.table import Table
from workloom_workbin.views.main import WorkbinView


def titles(view: WorkbinView) -> list[str]:
    """Titles of the columns on show, from left to right."""
    table = view.items.table
    assert isinstance(table, Table)
    header = table.horizontalHeader()
    assert isinstance(header, QHeaderView)
    columns = sorted(range(header.count()), key=header.visualIndex)
    return [table.column_at(column).title for column in columns if not header.isSectionHidden(column)]


def menu_of_move(desk: Desk, view: WorkbinView) -> list[str]:
    """What Move to workbin offers for the current row."""
    desk.press(view.items.table.widget, Qt.Key.Key_B)
    desk.wait(lambda: desk.driver.window.findChild(QMenu, "workbins"))
    menu = desk.driver.window.findChild(QMenu, "workbins")
    assert menu is not None
    offered = [action.text() for action in menu.actions()]
    menu.close()
    return offered


def test_columns_are_those_of_the_option(open_desk: OpenDesk) -> None:
    desk = open_desk(change=with_options(workbin__claim__waiting__displayed_columns=["Subject", "Number", "Priority"]))
    assert titles(open_waiting(desk)) == ["Subject", "Number", "Priority"]


def test_columns_that_are_set_beside_the_open_desktop_are_shown_at_once(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    assert titles(view) == ["From", "Subject", "Received", "Due", "Priority"]
    desk.configure(with_options(workbin__claim__waiting__displayed_columns=["Subject", "Age"]))
    desk.wait(lambda: titles(view) == ["Subject", "Age"])
    table = view.items.table
    assert isinstance(table, Table)
    desk.wait(lambda: (row := table.row_at(0)) is not None and "Age" in row.cells)


def test_a_workbin_without_quick_access_is_not_offered_by_move(open_desk: OpenDesk) -> None:
    desk = open_desk(change=with_options(workbin__claim__in_progress__quick_access=False))
    view = open_waiting(desk)
    desk.press(view.items.table.widget, Qt.Key.Key_J)
    offered = menu_of_move(desk, view)
    assert "Call back this week" in offered
    assert "In progress" not in offered
    assert view.tree.current() == WAITING, "it still stands in the explorer and can be opened from"


def test_a_list_holds_no_more_than_its_option_says_and_says_so(open_desk: OpenDesk) -> None:
    limits = {f"workbin__{kind}__waiting__max_results": 3 for kind in ("claim", "invoice", "incident")}
    desk = open_desk(change=with_options(**limits))
    view = open_waiting(desk, expected=3)
    assert shown(view) == NEWEST_FIRST[:3]
    desk.wait(lambda: desk.text("workbin.shown", view).startswith("3 of 7 shown, the most that this list holds."))


def test_a_list_that_does_not_refresh_by_itself_waits_for_the_person(open_desk: OpenDesk) -> None:
    desk = open_desk(change=with_options(workbin__claim__waiting__auto_update=False))
    view = open_waiting(desk)
    desk.does("samira", Pull(item=desk.items[NEWEST_FIRST[6]]))
    desk.wait(lambda: desk.text("workbin.count", view).startswith("6 items"))
    assert shown(view) == NEWEST_FIRST, "counts follow, the list waits"
    desk.click("Refresh", view)
    desk.wait(lambda: shown(view) == NEWEST_FIRST[:6])


def test_closing_an_open_item_saves_it_to_the_workbin_in_progress(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    item = desk.items[NEWEST_FIRST[0]]
    desk.press(view.items.table.widget, Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_item() == item)
    desk.driver.window.activateWindow()
    desk.wait(desk.driver.window.isActiveWindow)
    desk.press(desk.driver.window, Qt.Key.Key_W, control=True)
    services = desk.desk.session.services
    desk.wait(lambda: services.items.get(item).item.state is State.IN_WORKBIN)
    rests = services.items.get(item).item
    assert (rests.workbin, rests.workbin_owner, rests.unread) == ("in-progress", "lena", False)


@pytest.mark.parametrize("missing", [privileges.PULL_SHARED, privileges.PULL_NOT_OWNED])
def test_what_may_not_be_opened_can_be_read_and_says_why(open_desk: OpenDesk, missing: str) -> None:
    desk = open_desk(change=without(missing))
    item, services = desk.items[NEWEST_FIRST[0]], desk.desk.session.services
    services.items.execute(Pull(item=item))
    services.items.execute(PlaceInWorkbin(item=item, workbin="in-progress", owner="jonas"))
    view = desk.view("workbin.workbins", WorkbinView)
    desk.wait(view.tree.current)
    shared = missing == privileges.PULL_SHARED
    view.tree.choose("Household team@household-team" if shared else "jonas@in-progress")
    desk.wait(lambda: len(shown(view)) == (3 if shared else 1))
    reason = "from shared workbins" if shared else "from workbins of other people. Ask Jonas Brandt to transfer it"
    desk.wait(lambda: reason in desk.text("details.reason", view))
    desk.press(view.items.table.widget, Qt.Key.Key_Return)
    desk.wait(lambda: any(reason in notice.text for notice in desk.notices()))
    assert desk.shown_item() == ""


def test_a_privilege_that_is_withdrawn_takes_the_open_view_away_and_is_no_fault(open_desk: OpenDesk) -> None:
    desk = open_desk()
    open_waiting(desk)
    desk.configure(without(privileges.USE_WORKBINS))
    desk.wait(lambda: desk.views() == ["My history", "Search items"])
    desk.does("samira", Pull(item=desk.items["Parquet, second appraisal"]))
    desk.driver.qtbot.wait(500)
    assert [notice.title for notice in desk.notices()] == []


def test_a_shared_workbin_can_be_worked_by_everybody_in_the_group(open_desk: OpenDesk) -> None:
    desk = open_desk(user="jonas")
    view = desk.view("workbin.workbins", WorkbinView)
    desk.wait(view.tree.current)
    view.tree.choose("Household team@household-team")
    desk.wait(lambda: shown(view) == ["Roof, part 1", "Roof, part 2", "Roof, part 3"])
    desk.press(view.items.table.widget, Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_item() == desk.items["Roof, part 1"])


def test_what_a_colleague_puts_there_is_new_until_it_was_looked_at(open_desk: OpenDesk) -> None:
    desk = open_desk(user="jonas")
    view = desk.view("workbin.workbins", WorkbinView)
    desk.wait(view.tree.current)
    item = desk.items["Parquet, second appraisal"]
    desk.does("tomasz", Pull(item=item), PlaceInWorkbin(item=item, workbin="household-team", owner="Household team"))
    desk.wait(lambda: shown_count(view, "Household team") == (4, 4))
    view.tree.choose("Household team@household-team")
    desk.wait(lambda: shown_count(view, "Household team") == (4, 3))


def shown_count(view: WorkbinView, title: str) -> tuple[int, int]:
    """Total and unread count of a workbin in the tree."""
    found = [node for node in view.nodes if node.title == title]
    return (found[0].total, found[0].unread) if found else (0, 0)

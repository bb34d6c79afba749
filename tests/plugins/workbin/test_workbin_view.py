"""The view of workbins on a real desktop: what it shows, what follows by itself, what can be done with rows."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton

from tests.plugins.workbin.desks import OpenDesk, with_options, without
from tests.plugins.workbin.viewing import NEWEST_FIRST, open_waiting, shown
from workloom.api import MarkDone, PlaceInWorkbin, Pull, SetDisposition, State, privileges
from workloom.shell.kit.tree import Tree


def test_the_tree_counts_own_shared_and_team_workbins(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    assert isinstance(view.tree, Tree)
    model = view.tree.model()
    assert model is not None
    sections = [model.index(row, 0) for row in range(model.rowCount())]
    said = {
        section.data(): [model.index(row, 0, section).data() for row in range(model.rowCount(section))]
        for section in sections
    }
    assert said == {
        "My workbins": ["In progress", "Waiting for documents", "Call back this week"],
        "Shared": ["Household team", view.tree.model().index(1, 0, sections[1]).data()],  # type: ignore[union-attr]
        "My team": ["Jonas Brandt", "Tomasz Nowak", "Lars Andersen", "Klara Lauterbach"],
    }
    assert not view.tree.isExpanded(model.index(0, 0, sections[2]))
    waiting = model.index(1, 0, sections[0]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert waiting == "Waiting for documents, 2 new of 7"


def test_a_workbin_lists_its_items_newest_first_with_its_counts(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    assert shown(view) == NEWEST_FIRST
    assert desk.text("workbin.title", view) == "Waiting for documents"
    desk.wait(lambda: desk.text("workbin.shown", view) == "7 of 7 shown")
    assert desk.text("workbin.count", view) == "7 items, 2 new"
    assert desk.text("workbin.refreshed", view).endswith("refreshes by itself")


def test_filters_narrow_the_list_and_can_be_cleared(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    desk.click("New 2", view)
    desk.wait(lambda: shown(view) == NEWEST_FIRST[:2])
    assert desk.text("workbin.shown", view) == "2 of 7 shown"
    desk.press(view, Qt.Key.Key_F, control=True)
    desk.write(view.items.head.search.widget, "zebra")
    desk.wait(lambda: desk.is_empty(view, "No item matches"))
    desk.click("Clear filters", view)
    desk.wait(lambda: shown(view) == NEWEST_FIRST)


def test_the_filter_says_what_it_is_for_where_there_is_room_in_any_text_size(open_desk: OpenDesk) -> None:
    desk = open_desk(width=1280)
    view = open_waiting(desk)
    field = view.items.head.search.widget
    assert isinstance(field, QLineEdit)

    def is_whole(field: QLineEdit) -> bool:
        words = field.fontMetrics().horizontalAdvance(field.placeholderText())
        return words < field.width() - field.textMargins().right() - field.height()  # which the magnifier has

    desk.wait(lambda: is_whole(field))
    desk.driver.desktop.process.appearance.larger(10)
    desk.wait(lambda: field.width() > 320 and is_whole(field))


def test_an_empty_workbin_says_so(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    view.tree.choose("lena@callback")
    desk.wait(lambda: desk.is_empty(view, "Nothing in Call back this week"))


def test_details_say_where_the_item_comes_from_and_who_put_it_there(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    desk.wait(lambda: desk.text("panel.title", view) == NEWEST_FIRST[0])
    facts = view.details.panel.facts()  # type: ignore[attr-defined]
    assert (facts["Placed by"], facts["Came from"], facts["Segment"]) == ("Samira Haddad", "AP – Freight", "Gold")
    assert facts["Rests in"].startswith("Your workbin “Waiting for documents”, ")
    words = [label.text() for label in view.details.panel.widget.findChildren(QLabel)]
    assert "Delivery note is missing. Supplier sends it today, then it can be paid." in words


def test_looking_at_an_item_for_a_second_takes_its_mark_away(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    item = desk.items[NEWEST_FIRST[0]]
    services = desk.desk.session.services
    assert services.items.get(item).item.unread
    desk.wait(lambda: not services.items.get(item).item.unread)
    desk.wait(lambda: desk.text("workbin.count", view) == "7 items, 1 new")


def test_enter_opens_the_current_item(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    desk.press(view.items.table.widget, Qt.Key.Key_J)
    desk.press(view.items.table.widget, Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_item() == desk.items[NEWEST_FIRST[1]])
    assert desk.desk.session.services.items.get(desk.shown_item()).item.state is State.HANDLING


def test_the_menu_of_workbins_that_a_key_opens_hangs_at_its_button(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    desk.press(view.items.table.widget, Qt.Key.Key_Return)
    desk.wait(desk.shown_item)
    window = desk.driver.window

    def buttons() -> list[QPushButton]:
        named = [each for each in window.findChildren(QPushButton) if each.accessibleName() == "Move to workbin"]
        return [each for each in named if each.isVisible()]

    desk.wait(buttons)
    window.activateWindow()
    desk.wait(window.isActiveWindow)
    (move,) = buttons()
    below = move.mapToGlobal(move.rect().bottomLeft()).y()  # where it is now: what is still read may move it
    desk.press(window, Qt.Key.Key_B, control=True)
    desk.wait(lambda: window.findChild(QMenu, "workbins"))
    menu = window.findChild(QMenu, "workbins")
    assert menu is not None
    assert abs(menu.y() - below) <= 8
    menu.close()


def test_an_item_that_a_colleague_took_meanwhile_is_refused_in_the_words_of_the_service(open_desk: OpenDesk) -> None:
    desk = open_desk(change=with_options(workbin__claim__waiting__auto_update=False))
    view = open_waiting(desk)
    desk.does("samira", Pull(item=desk.items[NEWEST_FIRST[0]]))
    desk.press(view.items.table.widget, Qt.Key.Key_Return)
    desk.wait(lambda: any("Samira Haddad has it open." in notice.text for notice in desk.notices()))
    assert desk.shown_item() == ""
    assert shown(view) == NEWEST_FIRST
    desk.click("Refresh", view)
    desk.wait(lambda: shown(view) == NEWEST_FIRST[1:])


def test_a_refresh_keeps_the_current_row(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    for _step in range(3):
        desk.press(view.items.table.widget, Qt.Key.Key_J)
    kept = desk.items[NEWEST_FIRST[3]]
    assert view.items.table.current() == kept
    other = desk.items["Parquet, second appraisal"]
    desk.does("samira", Pull(item=other), PlaceInWorkbin(item=other, workbin="waiting", owner="lena"))
    desk.wait(lambda: len(shown(view)) == 8)
    assert view.items.table.current() == kept
    desk.wait(lambda: desk.text("workbin.count", view).startswith("8 items"))


def test_ticked_rows_bring_the_actions_that_they_share(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    table = view.items.table.widget
    assert not view.items.selection.isVisible()
    for key in (Qt.Key.Key_X, Qt.Key.Key_J, Qt.Key.Key_X):
        desk.press(table, key)
    assert desk.text("selection.count", view) == "2 selected"
    offered = [button.text() for button in view.items.selection.findChildren(QPushButton) if button.isVisible()]
    assert offered == ["Open", "Done", "Move to workbin", "Move to queue"]
    desk.press(table, Qt.Key.Key_B)
    desk.choose_in_menu("workbins", "In progress")
    desk.wait(lambda: len(shown(view)) == 5)
    assert not view.items.selection.isVisible()
    moved = next(notice for notice in desk.notices() if notice.title == "Moved to workbin In progress")
    assert (moved.text, moved.action) == ("2 items", "Undo")
    assert moved.run is not None
    moved.run()
    desk.wait(lambda: shown(view) == NEWEST_FIRST)


def test_escape_clears_the_selection(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    table = view.items.table.widget
    desk.press(table, Qt.Key.Key_A, control=True)
    assert desk.text("selection.count", view) == "All 7 selected"
    desk.press(table, Qt.Key.Key_Escape)
    assert not view.items.selection.isVisible()


def test_done_by_key_finishes_the_current_item(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    item = desk.items[NEWEST_FIRST[0]]
    services = desk.desk.session.services
    services.items.execute(SetDisposition(item=item, value="paid-full"))
    desk.wait(lambda: view.items.table.current() == item)
    desk.press(view.items.table.widget, Qt.Key.Key_E)
    desk.wait(lambda: services.items.get(item).item.is_finished)
    desk.wait(lambda: shown(view) == NEWEST_FIRST[1:])


def test_a_narrow_view_offers_the_workbins_in_a_drop_down(open_desk: OpenDesk) -> None:
    desk = open_desk(width=1024)
    view = open_waiting(desk)
    drop = view.findChild(QPushButton, "workbin.drop-down")
    assert drop is not None
    assert (drop.isVisible(), drop.text()) == (True, "Waiting for documents")
    assert not view.tree.widget.isVisible()
    assert view.details.panel.widget.y() >= view.items.height()
    drop.click()
    desk.wait(lambda: len(desk.driver.window.findChildren(Tree)) == 2)
    popup = next(tree for tree in desk.driver.window.findChildren(Tree) if tree is not view.tree)
    popup.choose("Household team@household-team")
    desk.wait(lambda: drop.text() == "Household team")
    desk.wait(lambda: shown(view) == ["Roof, part 1", "Roof, part 2", "Roof, part 3"])


def test_without_the_privilege_there_are_no_workbins(open_desk: OpenDesk) -> None:
    desk = open_desk(change=without(privileges.USE_WORKBINS))
    assert "Workbins" not in desk.views()


def test_without_the_privilege_to_move_there_is_no_move(open_desk: OpenDesk) -> None:
    desk = open_desk(change=without(privileges.MOVE_TO_WORKBIN))
    assert "Workbins" in desk.views()
    assert desk.desk.registries.action("workbin.move-to-workbin") is None


def test_an_item_that_was_finished_elsewhere_leaves_the_list(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    item = desk.items[NEWEST_FIRST[6]]
    desk.does("samira", Pull(item=item), SetDisposition(item=item, value="solved"), MarkDone(item=item))
    desk.wait(lambda: shown(view) == NEWEST_FIRST[:6])

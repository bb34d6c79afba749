"""The keys of lists on the real view of workbins, and sorting and refreshing under them."""

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QCursor
from PyQt6.QtWidgets import QMenu

from tests.plugins.workbin.desks import Desk, OpenDesk
from tests.plugins.workbin.viewing import NEWEST_FIRST, open_waiting, shown
from workloom.api import Interaction, PlaceInWorkbin, Pull, SetDisposition, State
from workloom.shell.kit.table import Table
from workloom_workbin.views.main import WorkbinView


def table_of(view: WorkbinView) -> Table:
    assert isinstance(view.items.table, Table)
    return view.items.table


def now(desk: Desk, subject: str) -> Interaction:
    """The item as the service has it."""
    return desk.desk.session.services.items.get(desk.items[subject]).item


def test_e_finishes_all_ticked_items(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    for subject in NEWEST_FIRST[:2]:
        desk.desk.session.services.items.execute(SetDisposition(item=desk.items[subject], value="solved"))
    for key in (Qt.Key.Key_X, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_E):
        desk.press(table_of(view), key)
    desk.wait(lambda: all(now(desk, subject).is_finished for subject in NEWEST_FIRST[:2]))
    desk.wait(lambda: shown(view) == NEWEST_FIRST[2:])
    assert view.items.table.current() == desk.items[NEWEST_FIRST[2]]


def test_u_moves_the_current_item_to_a_queue(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    desk.press(table_of(view), Qt.Key.Key_U)
    desk.wait(lambda: desk.driver.window.findChildren(QMenu))
    menu = desk.driver.window.findChildren(QMenu)[-1]
    entry = next(action for action in menu.actions() if action.text() == "AP – Freight")
    entry.trigger()
    menu.close()
    desk.wait(lambda: now(desk, NEWEST_FIRST[0]).state is State.QUEUED)
    assert now(desk, NEWEST_FIRST[0]).queue == "ap-freight"
    desk.wait(lambda: shown(view) == NEWEST_FIRST[1:])


def test_b_moves_the_current_item_to_a_workbin(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    desk.press(table_of(view), Qt.Key.Key_J)
    desk.press(table_of(view), Qt.Key.Key_B)
    desk.choose_in_menu("workbins", "In progress")
    desk.wait(lambda: now(desk, NEWEST_FIRST[1]).workbin == "in-progress")
    desk.wait(lambda: shown(view) == [NEWEST_FIRST[0], *NEWEST_FIRST[2:]])


def test_enter_opens_all_ticked_items_and_shows_the_first(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    desk.press(table_of(view), Qt.Key.Key_Down)
    for _row in range(2):
        table = table_of(view)
        desk.press(table, Qt.Key.Key_X)
        desk.press(table, Qt.Key.Key_J)
    desk.press(table_of(view), Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_item() == desk.items[NEWEST_FIRST[1]])
    desk.wait(lambda: all(now(desk, subject).state is State.HANDLING for subject in NEWEST_FIRST[1:3]))


def test_letters_are_text_in_the_filter(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    search = view.items.head.search.widget
    search.setFocus()
    desk.write(search, "ebuxj")
    assert view.items.head.search.text() == "ebuxj"
    assert not view.items.selection.isVisible()
    desk.wait(lambda: desk.is_empty(view, "No item matches"))


def test_sorting_keeps_the_current_item_and_its_details(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    for _step in range(2):
        desk.press(table_of(view), Qt.Key.Key_J)
    kept = NEWEST_FIRST[2]
    desk.wait(lambda: desk.text("panel.title", view) == kept)
    desk.press(table_of(view), Qt.Key.Key_X)
    header = table_of(view).horizontalHeader()
    assert header is not None
    subject = next(place for place in range(header.count()) if table_of(view).column_at(place).title == "Subject")
    header.sectionClicked.emit(subject)
    desk.wait(lambda: shown(view) == sorted(NEWEST_FIRST))
    assert view.items.table.current() == desk.items[kept]
    assert view.items.table.selected() == (desk.items[kept],)
    assert desk.text("panel.title", view) == kept
    header.sectionClicked.emit(subject)
    desk.wait(lambda: shown(view) == sorted(NEWEST_FIRST, reverse=True))
    assert view.items.table.current() == desk.items[kept]


def test_the_row_under_the_pointer_stays_where_it_is_when_the_bar_comes_and_goes(open_desk: OpenDesk) -> None:
    desk = open_desk(width=1024)
    view = open_waiting(desk)
    table = table_of(view)

    def third_row() -> int:
        viewport = table.viewport()
        assert viewport is not None
        return viewport.mapTo(view, QPoint(0, table.rowViewportPosition(2))).y()

    desk.press(table, Qt.Key.Key_J)
    desk.press(table, Qt.Key.Key_J)
    QCursor.setPos(table.mapToGlobal(table.rect().center()))
    before = third_row()
    desk.press(table, Qt.Key.Key_X)
    desk.wait(view.items.selection.isVisible)
    assert third_row() == before
    desk.press(table, Qt.Key.Key_Escape)
    assert not view.items.selection.isVisible()
    assert third_row() == before
    QCursor.setPos(view.mapToGlobal(QPoint(-1, -1)))
    desk.press(table, Qt.Key.Key_X)
    assert third_row() > before, "by keyboard, with the pointer elsewhere, no row is scrolled out of sight"


def test_ticks_of_items_that_a_colleague_took_are_gone(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    for key in (Qt.Key.Key_X, Qt.Key.Key_J, Qt.Key.Key_X):
        desk.press(table_of(view), key)
    desk.does("samira", Pull(item=desk.items[NEWEST_FIRST[0]]))
    desk.wait(lambda: desk.text("selection.count", view) == "1 selected")
    assert view.items.table.selected() == (desk.items[NEWEST_FIRST[1]],)


def test_the_tree_stays_closed_where_the_keyboard_closed_it(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_waiting(desk)
    tree = view.tree.widget
    for key in (Qt.Key.Key_K, Qt.Key.Key_K, Qt.Key.Key_Left):
        desk.press(tree, key)
    model = tree.model()  # type: ignore[attr-defined]
    assert not tree.isExpanded(model.index(0, 0))  # type: ignore[attr-defined]
    other = desk.items["Parquet, second appraisal"]
    desk.does("samira", Pull(item=other), PlaceInWorkbin(item=other, workbin="waiting", owner="lena"))
    desk.wait(lambda: next(node.total for node in view.nodes if node.workbin == "waiting") == 8)
    assert not tree.isExpanded(model.index(0, 0))  # type: ignore[attr-defined]
    assert tree.currentIndex() == model.index(0, 0)  # type: ignore[attr-defined]
    desk.press(tree, Qt.Key.Key_Return)
    assert tree.isExpanded(model.index(0, 0))  # type: ignore[attr-defined]

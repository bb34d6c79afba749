"""A list reads what is looked at, keeps its current row by id, and works by keyboard."""

from PyQt6.QtCore import QEvent, QPointF, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QApplication

from tests.shell.kit.listing import TOTAL, MakeListing
from tests.shell.kit.samples import item_row
from workloom.shell.kit.table_model import PAGE


def test_only_what_is_looked_at_is_read(listing: MakeListing) -> None:
    long = listing(TOTAL)
    model = long.view.model()
    assert model is not None
    assert model.rowCount() == TOTAL
    assert sum(request.limit for request in long.asked) <= 400
    long.asked.clear()
    long.view.scrollToBottom()
    long.answer()
    assert any(request.offset <= TOTAL - 1 < request.offset + request.limit for request in long.asked)
    assert model.index(TOTAL - 1, 1).data() == item_row(TOTAL - 1).cells["subject"].text
    assert sum(request.limit for request in long.asked) <= 400


def test_the_whole_row_under_the_pointer_is_marked(listing: MakeListing) -> None:
    some = listing()
    viewport = some.view.viewport()
    assert viewport is not None

    def grounds() -> set[str]:
        image = viewport.grab().toImage()
        middle = some.view.rowViewportPosition(3) + 4
        return {image.pixelColor(some.view.columnViewportPosition(column) + 6, middle).name() for column in range(3)}

    (before,) = grounds()
    point = QPointF(300, some.view.rowViewportPosition(3) + 8)
    kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
    QApplication.sendEvent(viewport, QMouseEvent(kind, point, point, none, none, Qt.KeyboardModifier.NoModifier))
    (under,) = grounds()
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert (under != before, grounds()) == (True, {before})


def test_a_page_that_has_not_come_is_asked_for_once(listing: MakeListing) -> None:
    long = listing(TOTAL)
    long.asked.clear()
    long.view.scrollToBottom()
    for _ in range(5):
        QApplication.processEvents()
        long.view.viewport().repaint()  # type: ignore[union-attr]
    assert len(long.asked) == len({request.offset for request in long.asked}) > 0


def test_a_letter_that_is_no_key_does_not_go_to_the_row_that_begins_with_it(listing: MakeListing) -> None:
    some = listing()
    some.press(Qt.Key.Key_J)
    at = some.table.current()
    some.press(Qt.Key.Key_P)
    assert any(row.cells["from"].text.startswith("P") for row in some.rows)
    assert some.table.current() == at


def test_a_refresh_keeps_the_current_row_and_the_ticks_by_id(listing: MakeListing) -> None:
    some = listing()
    told: list[str] = []
    some.press(Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_X)
    some.table.on_current(told.append)
    assert some.table.current() == "item-2"
    some.rows.insert(0, item_row(100))
    some.total += 1
    some.table.refresh()
    some.answer()
    assert some.table.current() == "item-2"
    assert some.table.selected() == ("item-2",)
    assert some.view.currentIndex().row() == 3
    assert told == []


def test_when_the_current_row_has_gone_its_neighbour_takes_over(listing: MakeListing) -> None:
    some = listing()
    some.press(Qt.Key.Key_J, Qt.Key.Key_J)
    del some.rows[2]
    some.total -= 1
    some.table.refresh()
    some.answer()
    assert some.table.current() == "item-3"


def test_when_all_rows_have_gone_nothing_is_current_or_ticked(listing: MakeListing) -> None:
    some = listing()
    told: list[str] = []
    some.table.on_current(told.append)
    some.press(Qt.Key.Key_X)
    some.rows, some.total = [], 0
    some.table.refresh()
    some.answer()
    assert some.table.current() == ""
    assert some.table.selected() == ()
    assert told == [""]


def test_another_list_begins_at_the_top_without_ticks(listing: MakeListing) -> None:
    some = listing()
    some.press(Qt.Key.Key_J, Qt.Key.Key_X)
    some.asked.clear()
    some.rows = [item_row(place) for place in range(50, 55)]
    some.total = 5
    some.table.reset_rows()
    some.answer()
    assert some.asked[0].offset == 0
    assert some.table.selected() == ()
    assert some.table.current() == "item-50"


def test_j_k_home_end_and_the_arrows_move(listing: MakeListing) -> None:
    some = listing()
    places = []
    for key in (
        Qt.Key.Key_J,
        Qt.Key.Key_Down,
        Qt.Key.Key_K,
        Qt.Key.Key_End,
        Qt.Key.Key_J,
        Qt.Key.Key_Home,
        Qt.Key.Key_Up,
    ):
        some.press(key)
        places.append(some.table.current())
    assert places == ["item-1", "item-2", "item-1", "item-8", "item-8", "item-0", "item-0"]


def test_enter_opens_the_current_row(listing: MakeListing) -> None:
    some = listing()
    opened: list[str] = []
    some.table.on_open(opened.append)
    some.press(Qt.Key.Key_J, Qt.Key.Key_Return)
    assert opened == ["item-1"]


def test_x_and_space_tick_and_escape_unticks(listing: MakeListing) -> None:
    some = listing()
    told: list[tuple[str, ...]] = []
    some.table.on_selection(told.append)
    some.press(Qt.Key.Key_X, Qt.Key.Key_J, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Escape)
    assert told == [("item-0",), ("item-0", "item-1"), ("item-0",), ()]


def test_shift_down_extends_and_ctrl_a_takes_all(listing: MakeListing) -> None:
    some = listing()
    some.press(Qt.Key.Key_Down, Qt.Key.Key_Down, shift=True)
    assert some.table.selected() == ("item-0", "item-1", "item-2")
    some.press(Qt.Key.Key_A, ctrl=True)
    assert len(some.table.selected()) == 9


def test_ticked_rows_are_told_in_the_order_of_the_list(listing: MakeListing) -> None:
    some = listing()
    some.press(Qt.Key.Key_End, Qt.Key.Key_X, Qt.Key.Key_Home, Qt.Key.Key_X)
    assert some.table.selected() == ("item-0", "item-8")


def test_a_list_without_ticks_has_none(listing: MakeListing) -> None:
    some = listing(checkable=False)
    some.press(Qt.Key.Key_X, Qt.Key.Key_Space)
    some.press(Qt.Key.Key_A, ctrl=True)
    assert some.table.selected() == ()


def test_a_letter_of_the_list_works_alone_and_not_with_ctrl(listing: MakeListing) -> None:
    some = listing()
    done: list[str] = []
    some.table.on_key("E", lambda: done.append(some.table.current()))
    some.press(Qt.Key.Key_E)
    some.press(Qt.Key.Key_E, ctrl=True)
    assert done == ["item-0"]


def test_sorting_asks_for_the_first_page_in_that_order(listing: MakeListing) -> None:
    some = listing()
    some.asked.clear()
    some.table.sort_by("due", descending=False)
    some.answer()
    assert {(request.sort, request.descending) for request in some.asked} == {("due", False)}
    assert some.asked[0].offset == 0


def test_rows_and_header_have_the_heights_of_the_design(listing: MakeListing) -> None:
    some = listing()
    header = some.view.horizontalHeader()
    assert header is not None
    assert some.view.rowHeight(0) == 36
    assert header.height() == 32
    assert header.sectionsMovable()


def test_a_width_that_the_person_chose_outlives_a_resize(listing: MakeListing) -> None:
    some = listing()
    header = some.view.horizontalHeader()
    assert header is not None
    header.resizeSection(3, 160)
    some.table.widget.resize(900, 420)
    QApplication.processEvents()
    assert header.sectionSize(3) == 160


def test_all_rows_are_ticked_those_never_looked_at_too_page_by_page(listing: MakeListing) -> None:
    long = listing()
    long.change([item_row(place) for place in range(PAGE * 5 + 7)])
    long.table.refresh()
    long.answer()
    told: list[int] = []
    long.table.on_selection(lambda rows: told.append(len(rows)))
    before = len(long.asked)
    long.press(Qt.Key.Key_A, ctrl=True)
    while len(long.table.selected()) < long.total:
        asked = len(long.open)
        long.answer()
        assert asked <= 1, "one page at a time"
    assert long.table.selected() == tuple(row.id for row in long.rows)
    assert told == sorted(told)
    assert len(long.asked) - before <= 6
    long.press(Qt.Key.Key_Escape)
    assert long.table.selected() == ()


def test_more_rows_than_are_held_stay_ticked_in_their_order(listing: MakeListing) -> None:
    long = listing(TOTAL)
    long.press(Qt.Key.Key_A, ctrl=True)
    for _ in range(30):
        long.answer()
    assert len(long.table.selected()) == TOTAL
    assert long.table.selected()[:2] == ("item-0", "item-1")
    assert long.table.selected()[-1] == f"item-{TOTAL - 1}"


def test_who_takes_a_tick_away_while_all_are_being_ticked_ends_that(listing: MakeListing) -> None:
    long = listing(TOTAL)
    long.press(Qt.Key.Key_J)
    long.press(Qt.Key.Key_A, ctrl=True)
    long.press(Qt.Key.Key_X)
    ticked = len(long.table.selected())
    for _ in range(3):
        long.answer()
    assert len(long.table.selected()) == ticked < TOTAL


def test_a_list_that_is_shown_anew_is_not_ticked_by_what_was_wanted_of_the_one_before(listing: MakeListing) -> None:
    long = listing(TOTAL)
    long.press(Qt.Key.Key_A, ctrl=True)
    long.table.reset_rows()
    long.answer()
    assert long.table.selected() == ()


def test_all_are_ticked_also_when_the_order_is_another_one_meanwhile(listing: MakeListing) -> None:
    long = listing()
    long.change([item_row(place) for place in range(PAGE * 4)])
    long.table.refresh()
    long.answer()
    long.press(Qt.Key.Key_A, ctrl=True)
    long.rows.reverse()
    long.table.sort_by("subject", True)
    for _ in range(3):
        long.answer()
    assert long.table.selected() == tuple(row.id for row in long.rows)

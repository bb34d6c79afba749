"""The current row and the ticks of a list stay by id, and an older answer never replaces a newer one."""

from msgspec.structs import replace
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from tests.shell.kit.listing import TOTAL, Listing, MakeListing
from tests.shell.kit.samples import item_row
from workloom.api.ui import Row


def renamed(row: Row, text: str) -> Row:
    return replace(row, cells={**row.cells, "subject": replace(row.cells["subject"], text=text)})


def rows(*places: int) -> list[Row]:
    return [item_row(place) for place in places]


def first(listing: Listing, count: int = 3) -> list[object]:
    model = listing.view.model()
    assert model is not None
    return [str(model.index(place, 1).data()).rpartition(" ")[2] for place in range(min(count, model.rowCount()))]


def sort_backwards(listing: Listing) -> None:
    listing.rows.reverse()
    listing.table.sort_by("received", descending=False)
    listing.answer()


def test_sorting_keeps_the_current_row_and_the_ticks(listing: MakeListing) -> None:
    some = listing()
    told: list[str] = []
    some.press(Qt.Key.Key_J, Qt.Key.Key_X)
    some.table.on_current(told.append)
    sort_backwards(some)
    assert (some.table.current(), some.view.currentIndex().row()) == ("item-1", 7)
    assert some.table.selected() == ("item-1",)
    assert told == []


def test_sorting_keeps_a_current_row_that_goes_to_another_page(listing: MakeListing) -> None:
    long = listing(950)
    long.press(Qt.Key.Key_J, Qt.Key.Key_J)
    sort_backwards(long)
    assert (long.table.current(), long.view.currentIndex().row()) == ("item-2", 947)
    assert long.view.viewport().rect().contains(long.view.visualRect(long.view.currentIndex()))  # type: ignore[union-attr]
    long.press(Qt.Key.Key_J)
    long.answer()
    assert long.table.current() == "item-1"


def test_a_list_in_which_nobody_moved_is_seen_from_its_top_after_sorting(listing: MakeListing) -> None:
    long = listing(950)
    sort_backwards(long)
    bar = long.view.verticalScrollBar()
    assert bar is not None
    assert (long.table.current(), bar.value()) == ("item-0", 0)


def test_an_answer_in_an_older_order_never_replaces_a_newer_one(listing: MakeListing) -> None:
    some = listing()
    some.table.sort_by("due", descending=False)
    QApplication.processEvents()
    (older,) = some.open
    some.open = []
    some.table.sort_by("due", descending=True)
    QApplication.processEvents()
    (newer,) = some.open
    newer.answer(rows(3, 2, 1), 3)
    older.answer(rows(1, 2, 3), 3)
    assert (newer.is_open, older.is_open) == (False, False)
    assert first(some) == ["3", "2", "1"]


def test_a_refresh_while_one_is_on_its_way_is_asked_for_when_that_has_come(listing: MakeListing) -> None:
    some = listing()
    some.asked.clear()
    for _event in range(5):
        some.table.refresh()
        QApplication.processEvents()
    assert len(some.asked) == 1
    some.asked[0].answer(rows(0, 1, 2), 3)
    assert first(some) == ["0", "1", "2"]
    QApplication.processEvents()
    some.asked[0].answer(rows(7), 1)
    some.asked[1].answer(rows(1, 2), 2)
    QApplication.processEvents()
    assert (first(some), len(some.asked)) == (["1", "2"], 2)


def test_an_answer_about_another_list_is_dropped(listing: MakeListing) -> None:
    some = listing()
    some.table.refresh()
    QApplication.processEvents()
    (older,) = some.open
    some.table.reset_rows()
    older.answer(rows(7), 1)
    assert first(some) == []


def test_the_last_row_stays_current_when_one_above_it_goes(listing: MakeListing) -> None:
    some = listing()
    told: list[str] = []
    some.press(Qt.Key.Key_End)
    some.table.on_current(told.append)
    some.change(some.rows[1:])
    some.table.refresh()
    some.answer()
    assert (some.table.current(), some.view.currentIndex().row(), told) == ("item-8", 7, [])


def test_a_row_stays_current_when_new_ones_push_it_onto_the_next_page(listing: MakeListing) -> None:
    long = listing(300)
    for _step in range(49):
        long.press(Qt.Key.Key_J)
    assert long.table.current() == "item-49"
    long.change(rows(*range(400, 405), *range(300)))
    long.table.refresh()
    long.answer()
    assert (long.table.current(), long.view.currentIndex().row()) == ("item-49", 54)


def test_in_a_list_that_was_scrolled_the_current_row_stays_where_it_is_on_screen(listing: MakeListing) -> None:
    long = listing(300)
    for _step in range(30):
        long.press(Qt.Key.Key_J)
    before = long.top
    long.change(rows(400, 401, *range(300)))
    long.table.refresh()
    long.answer()
    assert (long.table.current(), long.top) == ("item-30", before)


def test_when_a_row_has_left_a_long_list_the_one_in_its_place_is_current(listing: MakeListing) -> None:
    long = listing(300)
    for _step in range(150):
        long.press(Qt.Key.Key_J)
        long.answer()
    assert long.table.current() == "item-150"
    long.change([row for row in long.rows if row.id != "item-150"])
    long.table.refresh()
    long.answer()
    assert long.table.current() == "item-151"


def test_when_several_rows_go_at_once_the_next_one_that_is_left_is_current(listing: MakeListing) -> None:
    some = listing()
    some.press(Qt.Key.Key_J, Qt.Key.Key_J)
    some.change([row for row in some.rows if row.id not in ("item-0", "item-1", "item-2", "item-3")])
    some.table.refresh()
    some.answer()
    assert some.table.current() == "item-4"
    some.press(Qt.Key.Key_End)
    some.change(some.rows[:2])
    some.table.refresh()
    some.answer()
    assert some.table.current() == "item-5"


def test_ticks_of_rows_that_left_go_and_those_of_rows_elsewhere_stay(listing: MakeListing) -> None:
    long = listing(900)
    long.press(Qt.Key.Key_X, Qt.Key.Key_J, Qt.Key.Key_X)
    gone, moved = long.rows[0], long.rows[1]
    long.change([row for row in long.rows if row not in (gone, moved)] + [moved])
    long.table.refresh()
    long.answer()
    assert long.table.selected() == (moved.id,)


def test_going_to_the_end_of_a_long_list_waits_for_its_last_row(listing: MakeListing) -> None:
    long = listing(TOTAL)
    opened: list[str] = []
    long.table.on_open(opened.append)
    long.press(Qt.Key.Key_End, Qt.Key.Key_Return)
    assert (long.table.current(), opened) == ("", [])
    long.answer()
    assert long.table.current() == f"item-{TOTAL - 1}"


def test_a_page_that_could_not_be_read_is_asked_for_again_when_it_is_looked_at(listing: MakeListing) -> None:
    some = listing()
    some.table.refresh()
    QApplication.processEvents()
    (request,) = some.open
    some.open = []
    request.failed()
    assert first(some) == ["0", "1", "2"]
    some.change(rows(5, 6))
    some.view.viewport().repaint()  # type: ignore[union-attr]
    some.answer()
    assert first(some) == ["5", "6"]


def test_a_row_is_chosen_wherever_it_stands_and_the_first_where_it_is_not_there(listing: MakeListing) -> None:
    long = listing(950)
    long.answer()
    told: list[str] = []
    long.table.on_current(told.append)
    long.table.choose("item-700")
    long.answer()
    assert (long.table.current(), long.view.currentIndex().row()) == ("item-700", 700)
    assert long.view.viewport().rect().contains(long.view.visualRect(long.view.currentIndex()))  # type: ignore[union-attr]
    assert told == ["item-700"]
    long.table.choose("item-9999")
    long.answer()
    assert long.table.current() == "item-0"


def test_a_row_is_said_anew_where_it_stands_and_only_what_changed_is_drawn(listing: MakeListing) -> None:
    some = listing(8)
    some.answer()
    model = some.view.model()
    assert model is not None
    drawn: list[tuple[int, int, int, int]] = []
    model.dataChanged.connect(lambda a, b: drawn.append((a.row(), a.column(), b.row(), b.column())))
    asked = len(some.asked)
    row, gone = renamed(some.rows[3], "Another subject"), renamed(item_row(700), "Of another list")
    some.table.renew([some.rows[2], row, gone])
    (cell,) = drawn
    assert cell[:2] == cell[2:]
    assert model.index(*cell[:2]).data() == "Another subject"
    assert len(some.asked) == asked

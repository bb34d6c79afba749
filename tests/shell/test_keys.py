"""Keys: what each does, the way of F6 and Tab through the window, and changing them."""

from collections.abc import Callable

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QTableView, QWidget

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from tests.shell.test_desk import accept, ready
from workloom.api import Notice, Presence
from workloom.shell.desk import AgentDesk
from workloom.shell.key_dialog import KeyDialog
from workloom.shell.keymap import LIST_KEYS, SHELL_KEYS, KeyRow, clash, in_effect, usual, why_not

ROWS = {row.id: row for row in (*SHELL_KEYS, *LIST_KEYS)}
DONE = KeyRow(id="workitem.done", title="Done", where="Open item", keys=("Ctrl+Return",))


def press(driver: Driver, keys: str) -> None:
    """Press keys in the widget that has the keyboard."""
    driver.activate()
    combination = QKeySequence(keys)[0]
    driver.press_on(driver.window.focusWidget() or driver.window, combination.key(), combination.keyboardModifiers())


def states(desk: AgentDesk) -> set[Presence]:
    return {channel.state for channel in desk.session.known.session.channels}


@pytest.fixture
def desk(driver: Driver) -> AgentDesk:
    """An agent without plugins, not ready."""
    driver.opened()
    desk = driver.log_in("lena")
    press(driver, "Ctrl+Alt+2")
    driver.wait(lambda: states(desk) == {Presence.NOT_READY})
    return desk


@pytest.mark.parametrize(
    ("keys", "state"), [("1", Presence.READY), ("3", Presence.AFTER_WORK), ("4", Presence.DND)], ids=str
)
def test_keys_change_the_state_on_all_channels(driver: Driver, desk: AgentDesk, keys: str, state: Presence) -> None:
    press(driver, f"Ctrl+Alt+{keys}")
    driver.wait(lambda: states(desk) == {state})


def test_keys_go_to_open_items_by_number_to_the_next_and_back(driver: Driver) -> None:
    desk = ready(driver)
    items = [accept(driver, desk), accept(driver, desk)]
    press(driver, "Ctrl+1")
    assert desk.workspace.main.current == items[0]
    press(driver, "Ctrl+2")
    assert desk.workspace.main.current == items[1]
    press(driver, "Ctrl+Tab")
    assert desk.workspace.main.current == items[0]
    press(driver, "Ctrl+9")
    assert desk.workspace.main.current == items[0]


def test_keys_go_to_views_and_back_to_the_open_item(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    desk = ready(driver)
    item = accept(driver, desk)
    for number, (_icon, title) in enumerate(desk.views.titles()):
        press(driver, f"Alt+{number + 2}")
        checked = [entry for entry in desk.workspace.sidebar.views.values() if entry.isChecked()]
        assert [entry.accessibleName().split(",")[0] for entry in checked] == [title]
    press(driver, "Alt+1")
    assert desk.workspace.main.current == item


def test_a_key_makes_the_text_larger_and_smaller(driver: Driver, desk: AgentDesk) -> None:
    before = desk.workspace.top.bell.button.font().pixelSize()
    press(driver, "Ctrl++")
    press(driver, "Ctrl++")
    assert desk.workspace.top.bell.button.font().pixelSize() > before
    press(driver, "Ctrl+-")
    press(driver, "Ctrl+-")
    assert desk.workspace.top.bell.button.font().pixelSize() == before


def test_a_key_takes_back_the_last_action_that_can_be(driver: Driver, desk: AgentDesk) -> None:
    taken_back: list[str] = []
    desk.notify(Notice(title="First", action="Undo", run=lambda: taken_back.append("first")))
    desk.notify(Notice(title="Second", action="Undo", run=lambda: taken_back.append("second")))
    desk.notify(Notice(title="Other", action="Show", run=lambda: taken_back.append("other")))
    driver.wait(lambda: len(desk.workspace.board.cards) == 3)
    press(driver, "Ctrl+Z")
    assert taken_back == ["second"]


def key_map(driver: Driver) -> KeyDialog:
    """The keyboard map, opened by its key."""
    press(driver, "Ctrl+/")
    dialog = driver.window.findChild(QDialog, "key-map")
    assert isinstance(dialog, KeyDialog)
    return dialog


def type_key(driver: Driver, dialog: KeyDialog, row: str, keys: str) -> None:
    """Change a key as a person does: choose it, press others."""
    button = dialog.findChild(QPushButton, f"key-of:{row}")
    assert button is not None
    button.click()
    edit = button.findChild(QWidget, "key-edit")
    assert edit is not None
    combination = QKeySequence(keys)[0]
    driver.press_on(edit, combination.key(), combination.keyboardModifiers())
    driver.wait(lambda: dialog.findChild(QWidget, "key-edit") is None)


def said(dialog: KeyDialog) -> str:
    """What the keyboard map finds wrong."""
    fault = dialog.findChild(QLabel, "key-fault")
    assert fault is not None
    return fault.text()


def test_a_changed_key_holds_at_once_in_every_window_and_is_kept(driver: Driver, desk: AgentDesk) -> None:
    other = driver.window
    driver.another_window()
    second = driver.log_in("jonas")
    type_key(driver, key_map(driver), "status.dnd", "Ctrl+Alt+D")
    assert desk.keys.key_of("status.dnd") == second.keys.key_of("status.dnd") == "Ctrl+Alt+D"
    driver.window = other
    press(driver, "Ctrl+Alt+D")
    driver.wait(lambda: states(desk) == {Presence.DND})
    assert driver.desktop.process.preferences.values.keys == {"status.dnd": "Ctrl+Alt+D"}


def test_a_key_that_is_taken_is_refused_and_the_other_named(driver: Driver, desk: AgentDesk) -> None:
    dialog = key_map(driver)
    type_key(driver, dialog, "status.dnd", "Ctrl+Alt+1")
    assert said(dialog) == "Ctrl+Alt+1 is taken by “Ready”. Choose other keys, or change that one first."
    assert desk.keys.key_of("status.dnd") == "Ctrl+Alt+4"


def test_a_letter_alone_is_refused_outside_of_lists(driver: Driver, desk: AgentDesk) -> None:
    dialog = key_map(driver)
    type_key(driver, dialog, "status.dnd", "D")
    assert "writes or moves in a text" in said(dialog)
    assert desk.keys.key_of("status.dnd") == "Ctrl+Alt+4"


def test_a_key_can_be_taken_away_and_all_come_back(driver: Driver, desk: AgentDesk) -> None:
    dialog = key_map(driver)
    type_key(driver, dialog, "status.dnd", "Backspace")
    assert desk.keys.key_of("status.dnd") == ""
    type_key(driver, dialog, "status.ready", "Esc")
    assert desk.keys.key_of("status.ready") == "Ctrl+Alt+1"
    usual_keys = dialog.findChild(QPushButton, "keys-usual")
    assert usual_keys is not None
    usual_keys.click()
    assert desk.keys.key_of("status.dnd") == "Ctrl+Alt+4"


def test_every_key_of_the_map_can_be_changed_but_the_ways_out(driver: Driver, desk: AgentDesk) -> None:
    dialog = key_map(driver)
    changeable = {button.objectName().removeprefix("key-of:") for button in dialog.findChildren(QPushButton)}
    assert {row.id for row in (*SHELL_KEYS, *LIST_KEYS)} - changeable == {"toast.leave", "list.clear"}


@pytest.mark.parametrize(
    ("keys", "row", "taken"),
    [
        ("Ctrl+1", "status.dnd", "item.number.1"),
        ("Ctrl+=", "status.dnd", "text.larger"),
        ("Down", "list.first", "list.next"),
        ("F8", "list.first", "toast.accept"),
        ("Ctrl+Alt+D", "status.dnd", ""),
        ("Ctrl+A", "status.dnd", "list.all"),
    ],
)
def test_a_clash_is_found_wherever_both_hold(keys: str, row: str, taken: str) -> None:
    found = clash(keys, ROWS[row], ROWS.values(), {})
    assert (found.id if found else "") == taken


def test_a_key_of_lists_is_free_for_the_open_item() -> None:
    assert clash("Home", DONE, [*ROWS.values(), DONE], {}) is None


def test_a_freed_key_can_be_given_to_another() -> None:
    assert clash("F6", ROWS["keys.show"], ROWS.values(), {"pane.next": "F9"}) is None
    assert in_effect(ROWS["list.next"], {"list.next": "N"}) == ("N", "Down")


@pytest.mark.parametrize(
    ("keys", "row", "fits"),
    [
        ("D", "keys.show", False),
        ("Shift+D", "keys.show", False),
        ("Return", "keys.show", False),
        ("F9", "keys.show", True),
        ("Shift+F9", "keys.show", True),
        ("Ctrl++", "keys.show", True),
        ("N", "list.next", True),
        ("Esc", "list.next", False),
    ],
)
def test_only_keys_that_write_nothing_hold_everywhere(keys: str, row: str, fits: bool) -> None:
    assert (why_not(keys, ROWS[row]) == "") is fits


def test_a_list_is_told_the_usual_key_for_a_changed_one() -> None:
    changed = {"list.next": "N"}
    assert usual("N", LIST_KEYS, changed) == "J"
    assert usual("J", LIST_KEYS, changed) == ""
    assert usual("Down", LIST_KEYS, changed) == "Down"
    assert usual("Ctrl+F", LIST_KEYS, changed) == "Ctrl+F"


def went_through(driver: Driver, keys: str, where: Callable[[QWidget], str]) -> list[str]:
    """Where the keyboard goes by a key until it is back where it began."""
    seen: list[str] = []
    while True:
        press(driver, keys)
        focus = QApplication.focusWidget()
        assert focus is not None
        name = where(focus)
        if name in seen:
            return seen
        seen.append(name)


def part(desk: AgentDesk) -> Callable[[QWidget], str]:
    """Names the part of the window that a widget belongs to."""
    workspace, sidebar = desk.workspace, desk.workspace.sidebar

    def where(widget: QWidget) -> str:
        for name, holder in (("top bar", workspace.top), ("status", sidebar.status), ("status bar", workspace.status)):
            if widget is holder or holder.isAncestorOf(widget):
                return name
        if widget in sidebar.items.values():
            return "open items"
        if widget in sidebar.views.values():
            return "views"
        at: QWidget | None = widget
        outermost: QWidget | None = None
        while at is not None:
            outermost = at if at.property("pane") else outermost
            at = at.parentWidget()
        return outermost.objectName() or type(outermost).__name__ if outermost is not None else "elsewhere"

    return where


def test_f6_goes_from_pane_to_pane_in_the_order_of_the_design(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    desk = ready(driver)
    accept(driver, desk)
    driver.wait(lambda: driver.window.findChild(QWidget, "case.Impact"))
    desk.set_state(Presence.NOT_READY)
    desk.workspace.board.clear()
    desk.workspace.top.settings.setFocus()
    forward = went_through(driver, "F6", part(desk))
    assert forward[:4] == ["open items", "views", "status", "toolbar-item.toolbar"]
    assert forward[4:] == ["case", "DispositionSection", "NotesSection", "tabs-item.context", "top bar"]
    desk.workspace.top.settings.setFocus()
    back = went_through(driver, "Shift+F6", part(desk))
    assert back == [*reversed(forward[:-1]), "top bar"]


def test_keys_of_a_plugin_lead_into_the_item_and_can_be_changed(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    desk = ready(driver)
    accept(driver, desk)
    driver.wait(lambda: driver.window.findChild(QWidget, "case.Impact"))
    where = part(desk)
    for keys, expected in (("Ctrl+D", "DispositionSection"), ("Ctrl+E", "NotesSection")):
        press(driver, keys)
        assert where(driver.window.focusWidget() or driver.window) == expected
    dialog = key_map(driver)
    type_key(driver, dialog, "workitem.to-disposition", "Ctrl+Alt+N")
    dialog.close()
    press(driver, "Ctrl+Alt+N")
    assert where(driver.window.focusWidget() or driver.window) == "DispositionSection"
    assert not desk.session.services.items.notes(desk.session.known.open_rows[0].item.id)


def long_tables(driver: Driver) -> list[QTableView]:
    """Tables with more than one row."""
    tables = driver.window.findChildren(QTableView)
    return [table for table in tables if (model := table.model()) is not None and model.rowCount() > 1]


def test_a_changed_key_of_lists_moves_in_the_list_and_the_usual_one_does_not(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    desk = ready(driver)
    for _ in range(3):
        accept(driver, desk)
        press(driver, "Ctrl+W")
        driver.wait(lambda: not desk.session.known.open_rows)
    desk.set_state(Presence.NOT_READY)
    type_key(driver, key_map(driver), "list.next", "N")
    driver.child("key-map").close()
    press(driver, "Alt+2")
    driver.wait(lambda: long_tables(driver))
    table = long_tables(driver)[0]
    table.setFocus()
    first = table.currentIndex().row()
    driver.press_on(table, Qt.Key.Key_J)
    assert table.currentIndex().row() == first
    driver.press_on(table, Qt.Key.Key_N)
    assert table.currentIndex().row() == first + 1


def test_tab_goes_through_the_window_as_it_is_laid_out(driver: Driver) -> None:
    desk = ready(driver)
    accept(driver, desk)
    desk.workspace.top.settings.setFocus()
    way: list[str] = []
    for _ in range(12):
        press(driver, "Tab")
        focus = QApplication.focusWidget()
        assert focus is not None
        way.append(focus.objectName().partition("-")[0] + ":" + part(desk)(focus))
    names = [name.partition(":")[2] for name in way]
    assert [name for name in dict.fromkeys(names) if name != "elsewhere"] == ["open items", "status", "Form", "top bar"]
    press(driver, "Shift+Tab")
    assert QApplication.focusWidget() is not None


def test_the_keyboard_returns_to_the_opener_of_a_dialog(driver: Driver, desk: AgentDesk) -> None:
    desk.workspace.top.settings.setFocus()
    dialog = key_map(driver)
    driver.press_on(dialog, Qt.Key.Key_Escape)
    driver.wait(lambda: QApplication.focusWidget() is desk.workspace.top.settings)


def test_after_the_login_the_keyboard_is_in_the_sidebar_and_never_nowhere(driver: Driver) -> None:
    desk = ready(driver)
    assert desk.workspace.sidebar.isAncestorOf(driver.window.focusWidget())
    accept(driver, desk)
    page = desk.workspace.main.currentWidget()
    assert driver.window.focusWidget() is page
    driver.click("plain-put-away")
    driver.wait(lambda: not desk.session.known.open_rows)
    assert driver.window.focusWidget() is desk.standing.idle


def has_ring(table: QTableView, desk: AgentDesk) -> bool:
    """Whether the current row is framed in the colour of the focus."""
    viewport = table.viewport()
    assert viewport is not None
    top = table.visualRect(table.currentIndex()).top()
    painted = viewport.grab().toImage().pixelColor(viewport.width() // 2, top + 1)
    return bool(painted.name() == desk.kit.tokens.color("focus").name())


def test_a_list_shows_that_it_has_the_keys_when_a_key_has_brought_its_view(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    desk = ready(driver)
    accept(driver, desk)
    press(driver, "Ctrl+W")
    driver.wait(lambda: not desk.session.known.open_rows)
    desk.set_state(Presence.NOT_READY)
    driver.activate()
    driver.click_on(next(iter(desk.workspace.sidebar.views.values())))
    driver.wait(lambda: any(table.currentIndex().isValid() for table in driver.window.findChildren(QTableView)))
    table = next(table for table in driver.window.findChildren(QTableView) if table.currentIndex().isValid())
    driver.wait(lambda: driver.window.focusWidget() is table)
    driver.activate()
    assert not has_ring(table, desk)
    press(driver, "Alt+3")
    driver.wait(lambda: not table.isVisible())
    press(driver, "Alt+2")
    driver.wait(lambda: driver.window.focusWidget() is table and table.currentIndex().isValid())
    driver.activate()
    assert has_ring(table, desk)

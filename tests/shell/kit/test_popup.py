"""What opens over the window says its texts as written, gives the focus back, and puts it on the safe choice."""

import pytest
from msgspec import structs
from PyQt6.QtCore import QSize, Qt, QTimer
from PyQt6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.kit.keys import press
from tests.shell.kit.samples import samples_of_toolbar
from workloom.api.ui import Ui

# What the offscreen platform says of windows that a real one can raise and size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def anchor(ui: Ui, qtbot: QtBot) -> QPushButton:
    """A button in the window, from which things open."""
    made = ui.button("Transfer")
    layout = QVBoxLayout(ui.window)
    layout.addWidget(made)
    ui.window.activateWindow()
    qtbot.waitUntil(ui.window.isActiveWindow)
    return made


def asked(ui: Ui, act: Qt.Key | None, *, danger: bool = True) -> tuple[bool, list[str], QWidget | None]:
    """The answer to a question when a key is pressed in it, its texts, and what had the focus."""
    seen: list[tuple[list[str], QWidget | None]] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        focused = dialog.focusWidget()
        labels = dialog.findChildren(QLabel)
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
        seen.append(([label.text() for label in labels], focused))
        assert focused is not None
        if act is None:
            next(made for made in dialog.findChildren(QPushButton) if made.text() == "Discard").click()
        else:
            press(focused, act)
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, answer)
    result = ui.confirm("Discard the draft", "Your notes on “R&D <b>x</b>” are lost.", "Discard", danger=danger)
    return result, *seen[0]


def test_a_question_has_the_focus_on_the_safe_button_and_says_its_text_as_written(ui: Ui) -> None:
    result, texts, focused = asked(ui, Qt.Key.Key_Space)
    assert isinstance(focused, QPushButton)
    assert focused.text() != "Discard"
    assert "Your notes on “R&D <b>x</b>” are lost." in texts
    assert result is False


def test_the_verb_says_yes_and_escape_says_no(ui: Ui) -> None:
    assert asked(ui, None)[0] is True
    assert asked(ui, Qt.Key.Key_Escape)[0] is False


def test_a_popup_gives_the_focus_back_to_where_it_opened(ui: Ui, qtbot: QtBot, anchor: QPushButton) -> None:
    popup = ui.popup("Find a target")
    closed: list[str] = []
    popup.on_closed(lambda: closed.append("closed"))
    QVBoxLayout(popup.body).addWidget(ui.search_field("Find").widget)
    popup.open_at(anchor, width=320)
    assert popup.body.isVisible()
    assert popup.body.accessibleName() == "Find a target"
    popup.close()
    assert closed == ["closed"]
    qtbot.waitUntil(anchor.hasFocus)


def test_a_popup_is_never_larger_than_the_screen(ui: Ui, anchor: QPushButton) -> None:
    popup = ui.popup("Find a target")
    column = QVBoxLayout(popup.body)
    area, foot = QListWidget(), ui.button("Transfer")
    area.setMinimumHeight(40)
    area.sizeHint = lambda: QSize(3000, 3000)  # type: ignore[method-assign]
    column.addWidget(area)
    column.addWidget(foot)
    popup.open_at(anchor, width=3000)
    screen = ui.window.screen()
    assert screen is not None
    assert screen.availableGeometry().contains(popup.body.geometry())
    assert popup.body.rect().contains(foot.geometry())
    popup.close()


def test_an_ampersand_in_a_menu_is_a_letter(ui: Ui, anchor: QPushButton) -> None:
    chosen: list[str] = []
    menu = ui.menu(anchor, [("R&D", "inbox", lambda: chosen.append("R&D"))], title="Move & keep")
    texts = [action.text() for action in menu.actions()]
    assert [text.replace("&&", "") for text in texts if "&" in text.replace("&&", "")] == []
    menu.actions()[-1].trigger()
    assert chosen == ["R&D"]
    menu.close()


def test_plugins_come_last_behind_the_ellipsis_and_a_blocked_one_says_why(ui: Ui, qtbot: QtBot) -> None:
    bar = ui.toolbar()
    bar.widget.setParent(ui.window)
    bar.widget.setFixedWidth(900)
    ran: list[QWidget] = []
    items = [structs.replace(item, run=ran.append) for item in samples_of_toolbar(reason="Set “Cause” first.")]
    bar.set_items(items)
    bar.widget.show()
    more = next(made for made in bar.widget.findChildren(QWidget) if made.accessibleName() == "More actions")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = menu.actions()
    rows = [entry.text() for entry in entries if not entry.isSeparator()]
    place = {
        start: index
        for index, row in enumerate(rows)
        for start in ("Hold", "From", "Find", "Order")
        if row.startswith(start)
    }
    assert sorted(place, key=lambda start: place[start]) == ["Hold", "From", "Find", "Order"]
    blocked = next(entry for entry in entries if entry.text().startswith("Order"))
    assert "Set “Cause” first." in blocked.text()
    reason = next(made for made in menu.findChildren(QLabel) if made.text() == "Set “Cause” first.")
    assert reason.isVisible()
    assert reason.isEnabled()
    blocked.trigger()
    assert ran == []
    menu.close()

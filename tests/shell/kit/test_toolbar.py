"""A toolbar keeps its primary button; what does not fit loses its words, then goes behind ⋯ from the right."""

import itertools
from collections.abc import Callable
from functools import partial

import pytest
from msgspec.structs import replace
from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import samples_of_toolbar, window_kit
from workloom.api.ui import Toolbar, ToolbarItem, Ui
from workloom.shell.kit import theme
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.tokens import Tokens

# The offscreen platform says so of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ORDER = ("done", "transfer", "workbin", "queue")


@pytest.fixture
def toolbar(ui: Ui, qtbot: QtBot) -> Toolbar:
    """The toolbar of an open item with room for all."""
    made = ui.toolbar()
    holder = made.widget
    qtbot.addWidget(holder)
    made.set_items(samples_of_toolbar())
    at_width(made, 900)
    holder.show()
    return made


def at_width(toolbar: Toolbar, width: int) -> None:
    """Give it a width, as its pane would."""
    toolbar.widget.setFixedWidth(width)
    QApplication.processEvents()


def shown(toolbar: Toolbar) -> list[str]:
    """Which items stand as buttons."""
    QApplication.processEvents()
    found = {item: toolbar.button(item) for item in ORDER}
    return [item for item, button in found.items() if button is not None and button.isVisible()]


def width_of(toolbar: Toolbar, item: str) -> int:
    """How wide the button of an item is."""
    button = toolbar.button(item)
    assert button is not None
    return button.width()


def test_with_room_every_button_has_its_words(toolbar: Toolbar) -> None:
    toolbar.widget.show()
    assert shown(toolbar) == list(ORDER)
    assert min(width_of(toolbar, item) for item in ORDER) > 80


def test_words_go_before_buttons_and_the_primary_keeps_its_own(toolbar: Toolbar) -> None:
    toolbar.widget.show()
    full = width_of(toolbar, "done")
    at_width(toolbar, 380)
    assert shown(toolbar) == list(ORDER)
    assert width_of(toolbar, "done") == full
    assert max(width_of(toolbar, item) for item in ORDER[1:]) < 60


@pytest.mark.parametrize("width", [900, 600, 500, 400, 300, 250, 200, 160])
def test_buttons_leave_from_the_right_and_done_never_does(toolbar: Toolbar, width: int) -> None:
    toolbar.widget.show()
    at_width(toolbar, width)
    kept = shown(toolbar)
    assert kept[:1] == ["done"]
    assert kept == list(ORDER[: len(kept)])


@pytest.mark.parametrize("width", [900, 600, 400, 300, 220])
def test_no_button_is_cut_off_or_covered(toolbar: Toolbar, width: int) -> None:
    toolbar.widget.show()
    at_width(toolbar, width)
    boxes = sorted(
        (button.geometry() for item in ORDER if (button := toolbar.button(item)) is not None and button.isVisible()),
        key=lambda box: box.left(),
    )
    assert all(one.right() < other.left() for one, other in itertools.pairwise(boxes))
    assert boxes[-1].right() <= toolbar.widget.width()
    assert min(box.width() for box in boxes) >= 28


def test_a_disabled_button_says_why(ui: Ui, qtbot: QtBot) -> None:
    made = ui.toolbar()
    qtbot.addWidget(made.widget)
    reason = "Tamara Lang has it open <b>now</b>."
    made.set_items([ToolbarItem(id="done", text="Done", run=lambda _a: None, enabled=False, reason=reason)])
    button = made.button("done")
    assert button is not None
    assert not button.isEnabled()
    assert "Tamara Lang" in button.toolTip()
    assert "<b>" not in button.toolTip()


def test_an_icon_alone_still_has_its_name(toolbar: Toolbar) -> None:
    toolbar.widget.show()
    at_width(toolbar, 380)
    for item, name in (("transfer", "Transfer"), ("workbin", "Move to workbin")):
        button = toolbar.button(item)
        assert button is not None
        assert button.accessibleName() == name
        assert name in button.toolTip()


def test_a_button_runs_with_itself_as_the_anchor(ui: Ui, qtbot: QtBot) -> None:
    made = ui.toolbar()
    qtbot.addWidget(made.widget)
    anchors: list[QWidget] = []
    run: Callable[[QWidget], None] = anchors.append
    made.set_items([ToolbarItem(id="transfer", text="Transfer", run=run)])
    button = made.button("transfer")
    assert button is not None
    button.click()  # type: ignore[attr-defined]
    assert anchors == [button]


def test_a_button_that_stays_keeps_its_focus(toolbar: Toolbar) -> None:
    toolbar.widget.show()
    toolbar.widget.activateWindow()
    button = toolbar.button("transfer")
    assert button is not None
    button.setFocus()
    toolbar.set_items(samples_of_toolbar(reason="Another reason."))
    QApplication.processEvents()
    after = toolbar.button("transfer")
    assert after is not None
    assert after.hasFocus()


def test_buttons_beside_one_that_comes_or_goes_stay_the_same_ones(toolbar: Toolbar) -> None:
    items = samples_of_toolbar()
    before = {item: toolbar.button(item) for item in ORDER}
    for kept in (("done", "queue"), ORDER, ("transfer", "workbin"), ORDER[::-1], ORDER):
        toolbar.set_items([item for key in kept for item in items if item.id == key])
        assert shown(toolbar) == [item for item in ORDER if item in kept]
    assert toolbar.button("queue") is not before["queue"]
    now = {item: toolbar.button(item) for item in ORDER}
    toolbar.set_items([item for item in items if item.id != "transfer"])
    assert [toolbar.button(item) is now[item] for item in ORDER] == [True, False, True, True]


def test_a_button_with_another_face_is_shown_with_it(toolbar: Toolbar) -> None:
    (done, *others) = samples_of_toolbar()
    faces = [replace(done, text="Complete"), replace(done, icon="plug"), replace(done, key="Ctrl+E")]
    for face in faces:
        last = toolbar.button("done")
        toolbar.set_items([face, *others])
        assert toolbar.button("done") is not last


def test_a_button_that_looks_the_same_does_what_was_said_last(ui: Ui, qtbot: QtBot) -> None:
    made = ui.toolbar()
    qtbot.addWidget(made.widget)
    done: list[str] = []

    def run(word: str, _anchor: QWidget) -> None:
        done.append(word)

    for word in ("first", "last"):
        does = partial(run, word)
        shown = ToolbarItem(id="transfer", text="Transfer", run=does)
        made.set_items([shown, replace(shown, id="hold", in_menu=True)])
    button, more = made.button("transfer"), made.widget.findChild(QToolButton)
    assert button is not None
    assert more is not None
    button.click()  # type: ignore[attr-defined]
    more.click()
    (menu,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible()]
    menu.actions()[0].trigger()
    menu.close()
    assert done == ["last", "last"]


def test_the_keyboard_stays_in_the_toolbar_when_its_button_goes(ui: Ui, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout, made = QVBoxLayout(page), ui.toolbar()
    layout.addWidget(made.widget)
    layout.addWidget(QLineEdit())
    items = [ToolbarItem(id=name, text=name, run=lambda _a: None) for name in ("done", "transfer")]
    made.set_items(items)
    page.show()
    page.activateWindow()
    button = made.button("done")
    assert button is not None
    button.setFocus()
    made.set_items(items[1:])
    assert page.focusWidget() is made.widget


def test_text_that_grows_takes_words_away_and_cuts_no_button(qapp: QApplication, qtbot: QtBot) -> None:
    kit, window = window_kit(qapp)
    assert isinstance(kit, Kit)
    qtbot.addWidget(window)
    made = kit.toolbar()
    QVBoxLayout(window).addWidget(made.widget)
    made.set_items(samples_of_toolbar())
    window.resize(made.widget.sizeHint().width() + 40, 80)
    window.show()
    assert shown(made) == list(ORDER)
    kit.scale.scale = 1.5
    try:
        theme.apply(qapp, Tokens(dark=False), kit.scale)
        window.setStyleSheet(theme.style_sheet(Tokens(dark=False), kit.scale))
        for button in window.findChildren(QAbstractButton):
            button.setFont(kit.scale.font("button"))
        qtbot.waitUntil(lambda: width_of(made, "queue") == kit.scale.px(36))
        standing = [button for button in window.findChildren(QAbstractButton) if button.isVisible()]
        assert all(button.visibleRegion().boundingRect() == button.rect() for button in standing)
        assert not any(
            one.geometry().intersects(other.geometry()) for one, other in itertools.combinations(standing, 2)
        )
    finally:
        kit.scale.scale = 1.0
        theme.apply(qapp, Tokens(dark=False), kit.scale)


def test_words_go_from_the_right_and_no_more_than_has_to_be(toolbar: Toolbar) -> None:
    room = toolbar.widget.sizeHint().width()
    at_width(toolbar, room - 20)
    assert width_of(toolbar, "queue") < 60
    assert width_of(toolbar, "transfer") > 80


def test_the_keyboard_stays_in_the_toolbar_when_its_button_can_be_used_no_more(ui: Ui, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout, made = QVBoxLayout(page), ui.toolbar()
    layout.addWidget(made.widget)
    layout.addWidget(QLineEdit())
    made.set_items([ToolbarItem(id="done", text="Done", run=lambda _a: None)])
    page.show()
    page.activateWindow()
    button = made.button("done")
    assert button is not None
    button.setFocus()
    made.set_items([ToolbarItem(id="done", text="Done", run=lambda _a: None, enabled=False, reason="It is done.")])
    assert page.focusWidget() is made.widget


def test_an_icon_alone_has_no_caps_drawn_over_it_and_gets_them_back_with_its_words(ui: Ui, qtbot: QtBot) -> None:
    def transfer(*, show_key: bool, width: int) -> QSize:
        made = ui.toolbar()
        qtbot.addWidget(made.widget)
        made.set_items([replace(item, show_key=show_key) for item in samples_of_toolbar()])
        made.widget.show()
        for each in (900, 380, width):
            at_width(made, each)
        button = made.button("transfer")
        assert button is not None
        return button.sizeHint()

    assert transfer(show_key=True, width=380) == transfer(show_key=False, width=380)
    assert transfer(show_key=True, width=900).width() > transfer(show_key=False, width=900).width()

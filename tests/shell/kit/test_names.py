"""All that can take the focus has a name for a screen reader, and is large enough to hit."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QAbstractScrollArea, QHeaderView, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.kit.sections import SECTIONS, show
from workloom.api.ui import Ui

# The offscreen platform says so of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def shown(ui: Ui, qtbot: QtBot, section: str) -> QWidget:
    """A section of the kit's widgets."""
    ground = show(section, ui)
    qtbot.addWidget(ground)
    return ground


def focusable(ground: QWidget) -> list[QWidget]:
    """The widgets of a section that take the focus by keyboard."""
    return [
        found
        for found in ground.findChildren(QWidget)
        if found.isVisible()
        and found.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(found, QHeaderView)
        and found.focusProxy() is None
    ]


@pytest.mark.parametrize("section", sorted(set(SECTIONS) - {"texts", "icons"}))
def test_what_takes_the_focus_has_a_name(shown: QWidget, section: str) -> None:
    found = focusable(shown)
    assert found
    assert [repr(widget) for widget in found if not widget.accessibleName()] == []


@pytest.mark.parametrize("section", ["buttons", "bars", "fields", "empty", "form"])
def test_targets_are_at_least_28_by_28(shown: QWidget, section: str) -> None:
    found = [widget for widget in focusable(shown) if not isinstance(widget, QAbstractScrollArea)]
    small = [
        (widget.accessibleName(), widget.width(), widget.height())
        for widget in found
        if widget.height() < 28 or widget.width() < 28
    ]
    assert small == []


def test_an_icon_button_carries_verb_and_key(ui: Ui, qtbot: QtBot) -> None:
    made = ui.icon_button("panel-left", "Hide the sidebar", key="Ctrl+\\")
    qtbot.addWidget(made)
    assert made.accessibleName() == "Hide the sidebar"
    assert made.accessibleDescription() == "Ctrl+\\"
    assert "Hide the sidebar" in made.toolTip()
    assert isinstance(made, QAbstractButton)

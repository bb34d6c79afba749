"""The panes of a list view go by the width that there is for the text size in force."""

from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import COLUMNS, window_kit
from workloom.shell.kit.item_panel import ItemPanel
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.list_panes import LEAST_BELOW, LEAST_ROWS, ListPanes
from workloom.shell.kit.panel_foot import PanelFoot


class Panes:
    """Explorer, list and details in a shown view."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.items, self.details, self.explorer = QWidget(), QLabel("Details"), QLabel("Tree")
        made = kit.list_panes(self.items, self.details, explorer=self.explorer)
        assert isinstance(made, ListPanes)
        self.view = made

    def resize(self, width: int, height: int = 800) -> tuple[bool, bool]:
        """Whether the tree is there, and whether the details stand beside the list."""
        self.view.resize(width, height)
        QApplication.processEvents()
        return self.explorer.isVisible(), self.details.x() > self.items.x()


@pytest.fixture
def panes(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[float], Panes]]:
    """Makes shown panes in a text size."""

    def make(text_size: float = 1.0) -> Panes:
        kit, window = window_kit(qapp, text_size=text_size)
        assert isinstance(kit, Kit)
        made = Panes(kit)
        for widget in (window, made.view):
            qtbot.addWidget(widget)
        made.view.show()
        return made

    yield make
    qapp.setStyleSheet("")


def test_details_go_below_and_the_tree_goes_as_the_view_narrows(panes: Callable[[float], Panes]) -> None:
    made = panes(1.0)
    assert [made.resize(width) for width in (1384, 1179, 1079, 1384)] == [
        (True, True),
        (True, False),
        (False, False),
        (True, True),
    ]


def test_larger_text_needs_more_width_for_the_same_panes(panes: Callable[[float], Panes]) -> None:
    made = panes(1.5)
    assert [made.resize(width) for width in (1384, 1640, 1800)] == [(False, False), (True, False), (True, True)]


def test_the_list_keeps_its_share_of_the_height(panes: Callable[[float], Panes]) -> None:
    made = panes(1.0)
    made.resize(1000, 900)
    share = made.items.height() / 900
    made.resize(1000, 560)
    assert made.items.height() / 560 == pytest.approx(share, abs=0.03)


class Low:
    """A list with much above it, over details with a foot, in a view that is as low as large text leaves it."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, text_size: float) -> None:
        kit, self.window = window_kit(qapp, text_size=text_size)
        self.bar, self.items = QLabel("2 selected"), QWidget()
        self.table = kit.table("Items", COLUMNS)
        self.bar.setFixedHeight(round(36 * text_size))
        self.bar.hide()
        head = QLabel("All")
        head.setFixedHeight(round(72 * text_size))
        column = QVBoxLayout(self.items)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (head, self.bar, self.table.widget):
            column.addWidget(widget)
        panel = kit.item_panel()
        assert isinstance(panel, ItemPanel)
        self.panel = panel
        panel.set_foot("Showing 1 of 2 selected.")
        made = kit.list_panes(self.items, panel, name="Items")
        self.view = made.widget
        self.view.setMinimumSize(1, 1)  # as in a window, which has a least size of its own
        for shown in (self.window, self.view):
            qtbot.addWidget(shown)
        foot = panel.findChild(PanelFoot)
        assert foot is not None
        self.foot = foot
        panel.layout().setCurrentIndex(1)  # type: ignore[union-attr]
        self.view.show()

    def resize(self, height: int) -> tuple[bool, bool]:
        """Whether the details are there, and whether they have their foot."""
        self.view.resize(960, height)
        for _ in range(5):
            QApplication.processEvents()
        return self.panel.isVisible(), self.foot.isVisible()


def test_in_a_low_view_the_foot_goes_first_and_then_the_details_and_the_list_keeps_a_row(
    qapp: QApplication, qtbot: QtBot
) -> None:
    low = Low(qapp, qtbot, 2.0)
    assert [low.resize(height) for height in (900, 540, 400, 900)] == [
        (True, True),
        (True, False),
        (False, False),
        (True, True),
    ]
    low.resize(540)
    assert low.table.widget.height() >= 2 * LEAST_ROWS
    assert low.panel.height() >= 2 * LEAST_BELOW
    low.bar.show()
    qtbot.waitUntil(low.panel.isHidden)
    low.bar.hide()
    qtbot.waitUntil(low.panel.isVisible)
    qapp.setStyleSheet("")

"""The panes of a list view go by the width that there is for the text size in force."""

from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import window_kit
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.list_panes import ListPanes


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

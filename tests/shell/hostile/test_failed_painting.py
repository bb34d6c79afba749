"""A widget of a plugin that fails while it paints: its painter must end at once, where it began."""

import threading

from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workloom.plugin_manager.uncaught import watch_uncaught

ended_on: list[int] = []


class Brush:
    """Ends with the function that holds it, as a painter does."""

    def __del__(self) -> None:
        ended_on.append(threading.get_ident())


class Failing(QWidget):
    """Fails while a painter is open, in the second way after an error before."""

    handled = False

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if not self.handled:
            self._paint()
        try:
            self._paint()
        except ValueError as error:
            raise KeyError from error

    def _paint(self) -> None:
        painter, brush = QPainter(self), Brush()
        painter.drawText(9, 9, str(brush))
        raise ValueError


def test_a_painter_ends_where_it_began_though_its_widget_fails_in_the_middle(qtbot: QtBot) -> None:
    ended_on.clear()
    blamed: list[type[BaseException]] = []

    def blame(error: BaseException, _where: str) -> str:
        blamed.append(type(error))
        return "acme"

    undo = watch_uncaught(blame)
    widget = Failing()
    qtbot.addWidget(widget)
    try:
        with qtbot.waitExposed(widget):
            widget.show()
        for handled in (False, True):
            widget.handled = handled
            before = len(ended_on)
            widget.repaint()  # Qt says in the log, which fails the test, when a painter is still open
            assert ended_on[before:] == [threading.get_ident()]
    finally:
        widget.hide()
        undo()
    assert {ValueError, KeyError} <= set(blamed)

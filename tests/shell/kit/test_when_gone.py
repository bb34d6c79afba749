"""What is undone when a widget is gone, however it goes."""

import gc
from weakref import ref

import pytest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workloom.api.ui import WhenGone


class Part(QWidget):
    """Hears of something until it is gone."""

    def __init__(self, parent: QWidget | None, heard: list[object]) -> None:
        super().__init__(parent)
        heard.append(self.hear)
        self._end = WhenGone(self, lambda: heard.remove(self.hear))

    def hear(self) -> None:
        """Told of something."""


@pytest.mark.parametrize("child", [True, False], ids=["with its parent", "by itself"])
def test_undos_run_when_a_widget_is_destroyed(qtbot: QtBot, *, child: bool) -> None:
    heard: list[object] = []
    window = QWidget()
    part = Part(window if child else None, heard)
    there = ref(part)
    (window if child else part).deleteLater()
    qtbot.waitUntil(lambda: heard == [])
    del part
    gc.collect()
    assert there() is None


def test_the_garbage_collector_runs_no_undo_that_it_has_emptied(qapp: object) -> None:
    ran: list[bool] = []

    def only_the_collector_finds() -> ref[QWidget]:
        holders: list[object] = []

        def undo() -> None:  # older than the widget, so emptied before it
            ran.append(bool(holders))

        part = QWidget()
        holders += [part, WhenGone(part, undo)]
        part.__dict__.update(undo=undo, holders=holders)
        return ref(part)

    there = only_the_collector_finds()
    gc.collect()
    assert there() is None
    assert ran == []

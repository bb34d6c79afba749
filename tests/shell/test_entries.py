"""What the entries of the sidebar draw."""

from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import window_kit
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.window.entries import ViewEntry


def test_news_of_a_view_stand_out_in_every_language(qapp: QApplication, qtbot: QtBot) -> None:
    kit, window = window_kit(qapp)
    qtbot.addWidget(window)

    def drawn(badge: str) -> QImage:
        entry = ViewEntry(kit, TypeScale(), "inbox", "Workbins", "")
        qtbot.addWidget(entry)
        entry.set_compact(True)
        entry.set_badge(badge)
        entry.resize(40, 40)
        return entry.grab().toImage()

    plain, news = drawn(""), drawn("9 new")
    assert news != plain
    assert drawn("9 neu") == news
    assert [drawn(badge) for badge in ("0 new", "9 of 12 new", "12")] == [plain] * 3

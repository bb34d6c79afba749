"""What a customer wrote is shown as written: never markup, never a key."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from workloom.api.ui import BadgeTone, Choice, LabelRole, Ui

# The offscreen platform says so of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

MARKUP = '<b>bold</b> <img src="x"> &amp;'
ROLES: tuple[LabelRole, ...] = ("base", "muted", "meta", "small", "strong", "item-title", "danger", "link")


def tooltip_is_plain(widget: QWidget) -> bool:
    """True if Qt would show the tooltip as it was written."""
    shown = widget.toolTip()
    rich: bool = Qt.mightBeRichText(shown)  # type: ignore[attr-defined]
    return not rich or "&lt;b&gt;" in shown


@pytest.mark.parametrize("role", ROLES)
def test_a_label_never_reads_markup(ui: Ui, qtbot: QtBot, role: LabelRole) -> None:
    made = ui.label(MARKUP, role)
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.text() == MARKUP


def test_the_tooltip_of_a_cut_label_never_reads_markup(ui: Ui, qtbot: QtBot) -> None:
    made = ui.label(MARKUP * 5, elide=True)
    qtbot.addWidget(made)
    made.resize(60, 20)
    made.show()
    assert made.text() != MARKUP * 5
    assert made.toolTip()
    assert tooltip_is_plain(made)
    assert made.accessibleName() == MARKUP * 5


@pytest.mark.parametrize("tone", ["neutral", "danger"])
def test_a_badge_never_reads_markup(ui: Ui, qtbot: QtBot, tone: BadgeTone) -> None:
    badge = ui.badge(MARKUP, tone=tone)
    qtbot.addWidget(badge.widget)
    assert badge.widget.textFormat() is Qt.TextFormat.PlainText


def test_an_ampersand_on_a_button_is_a_letter_and_no_key(ui: Ui, qtbot: QtBot) -> None:
    segments = ui.segmented([("a", "R&D"), ("b", "B&B")], lambda _choice: None)
    segments.set_text("b", "Q&A 2")
    check = ui.check("Agreed", "Terms & conditions")
    tabs = ui.tabs()
    tabs.add("research", "R&D", QWidget())
    tabs.set_title("research", "R&D 3")
    holders = [ui.button("R&D"), ui.chip("R&D"), segments.widget, check.widget, tabs.widget]
    for holder in holders:
        qtbot.addWidget(holder)
    found = [made for holder in holders for made in (holder, *holder.findChildren(QWidget))]
    shown = [made for made in found if isinstance(made, QAbstractButton)]
    assert len(shown) == 6
    assert [made.text() for made in shown if not made.shortcut().isEmpty()] == []
    assert [made.accessibleName() for made in shown if "&&" in made.accessibleName()] == []


def test_an_ampersand_in_the_name_of_a_field_is_a_letter_and_no_key(ui: Ui, qtbot: QtBot) -> None:
    form = ui.form(columns=1)
    qtbot.addWidget(form.widget)
    form.add("terms", "Terms & conditions", ui.text_field("Terms & conditions"))
    form.add_text("unit", "R&D", "<b>9</b>")
    for shown in (found for found in form.widget.findChildren(QLabel) if found.text()):
        assert shown.textFormat() is Qt.TextFormat.PlainText
        if shown.buddy() is not None:
            assert "&" not in shown.text().replace("&&", "")


def test_an_error_below_a_field_never_reads_markup(ui: Ui, qtbot: QtBot) -> None:
    form = ui.form(columns=1)
    qtbot.addWidget(form.widget)
    form.add("iban", "Payee IBAN", ui.text_field("Payee IBAN"))
    form.set_error("iban", MARKUP)
    said = [shown for shown in form.widget.findChildren(QLabel) if MARKUP in shown.text()]
    assert [shown.textFormat() for shown in said] == [Qt.TextFormat.PlainText]


def test_a_choice_is_shown_as_written(ui: Ui, qtbot: QtBot) -> None:
    combo = ui.combo("Disposition", [Choice(id="x", text=MARKUP)])
    qtbot.addWidget(combo.widget)
    combo.set_text("x")
    assert combo.text() == "x"
    QApplication.processEvents()
    assert tooltip_is_plain(combo.widget)

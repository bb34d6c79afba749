"""Fields tell of edits by the person only; errors stand below their field; a narrow form has one column."""

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QAction, QFont, QFontMetrics, QWheelEvent
from PyQt6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.shell.kit.keys import press, type_text
from tests.shell.kit.samples import DISPOSITIONS, window_kit
from workloom.api.ui import Field, Form, Ui

# The offscreen platform says so of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
ERROR = "21 characters. A German IBAN has 22."


@pytest.fixture
def form(ui: Ui, qtbot: QtBot) -> Form:
    """A shown form of two columns with an IBAN, an estimate and a read-only policy."""
    made = ui.form(columns=2)
    qtbot.addWidget(made.widget)
    made.add_text("policy", "Policy", "HP-7730-22815")
    made.add("iban", "Payee IBAN", ui.text_field("Payee IBAN"), required=True)
    made.add_text("product", "Product", "Home Plus 2024")
    made.add("estimate", "Estimate", ui.text_field("Estimate", unit="€"))
    made.widget.resize(820, 300)
    made.widget.show()
    QApplication.processEvents()
    return made


def caption(form: Form, text: str) -> QLabel:
    """A shown label of a form by its words."""
    return next(made for made in form.widget.findChildren(QLabel) if made.text() == text and made.isVisible())


def named(form: Form, name: str) -> QWidget:
    """A shown widget of a form by its accessible name."""
    fields = form.widget.findChildren(QLineEdit)
    return next(made for made in fields if made.accessibleName() == name and made.isVisible())


def place(form: Form, widget: QWidget) -> QPoint:
    """Where a widget stands within the form."""
    return widget.mapTo(form.widget, QPoint(0, 0))


def fields_of(ui: Ui) -> dict[str, Field]:
    """A field of each kind."""
    return {
        "text": ui.text_field("Text"),
        "date": ui.date_field("Date"),
        "combo": ui.combo("Combo", DISPOSITIONS),
        "check": ui.check("Check", "Ticked"),
        "area": ui.text_area("Area"),
        "search": ui.search_field("Search", key="Ctrl+F"),
    }


VALUES = {
    "text": "4,850.00",
    "date": "20 Nov 2026",
    "combo": "paid-part",
    "check": "true",
    "area": "Two\nlines",
    "search": "la",
}


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_calendar_of_a_date_names_its_month_and_has_no_colour_of_its_own(ui: Ui, qtbot: QtBot) -> None:
    field = ui.date_field("Date")
    qtbot.addWidget(field.widget)
    field.set_text("20 Sep 2026")
    field.widget.show()
    next(each for each in field.widget.findChildren(QAction) if "calendar" in each.text()).trigger()
    calendar = field.widget.findChild(QCalendarWidget)
    assert calendar is not None
    month = calendar.findChild(QToolButton, "qt_calendar_monthbutton")
    assert month is not None
    assert month.text() == "September"
    assert month.width() >= month.fontMetrics().horizontalAdvance("September")
    days = {calendar.weekdayTextFormat(day).foreground().color().name() for day in WEEKEND}
    assert days == {ui.tokens.color("text").name()}
    calendar.close()


@pytest.mark.parametrize("kind", VALUES)
def test_a_field_gives_back_what_it_was_given_without_calling_back(ui: Ui, qtbot: QtBot, kind: str) -> None:
    field = fields_of(ui)[kind]
    qtbot.addWidget(field.widget)
    told: list[str] = []
    field.on_edited(lambda: told.append("edited"))
    field.on_left(lambda: told.append("left"))
    field.set_text(VALUES[kind])
    assert field.text() == VALUES[kind]
    assert told == []


@pytest.mark.parametrize("kind", ["text", "date", "area", "search"])
def test_typing_is_told_and_so_is_leaving(ui: Ui, qtbot: QtBot, kind: str) -> None:
    field = fields_of(ui)[kind]
    qtbot.addWidget(field.widget)
    field.widget.show()
    field.widget.activateWindow()
    qtbot.waitUntil(field.widget.isActiveWindow)
    field.widget.setFocus()
    told: list[str] = []
    field.on_edited(lambda: told.append("edited"))
    field.on_left(lambda: told.append("left"))
    type_text(field.widget, "5")
    field.widget.clearFocus()
    QApplication.processEvents()
    assert told[0] == "edited"
    assert "left" in told


def test_a_tick_is_told(ui: Ui, qtbot: QtBot) -> None:
    field = ui.check("Statement", "Signed statement received")
    qtbot.addWidget(field.widget)
    told: list[str] = []
    field.on_edited(lambda: told.append(field.text()))
    assert isinstance(field.widget, QCheckBox)
    field.widget.click()
    assert told == ["true"]


def test_a_folder_of_dispositions_cannot_be_chosen(ui: Ui, qtbot: QtBot) -> None:
    field = ui.combo("Disposition", DISPOSITIONS, placeholder="Choose a disposition")
    qtbot.addWidget(field.widget)
    box = field.widget
    assert isinstance(box, QComboBox)
    assert field.text() == ""
    chosen = []
    box.show()
    box.setFocus()
    for _ in range(4):
        press(box, Qt.Key.Key_Down)
        chosen.append(field.text())
    assert chosen == ["paid-full", "paid-part", "expert", "expert"]


def test_a_value_that_is_no_longer_offered_is_kept(ui: Ui, qtbot: QtBot) -> None:
    field = ui.combo("Disposition", DISPOSITIONS)
    qtbot.addWidget(field.widget)
    field.set_text("retired-code")
    assert field.text() == "retired-code"
    field.set_text("")
    assert field.text() == ""


def test_a_wheel_over_a_form_never_changes_a_choice(ui: Ui, qtbot: QtBot) -> None:
    field = ui.combo("Disposition", DISPOSITIONS)
    qtbot.addWidget(field.widget)
    field.set_text("paid-full")
    field.widget.show()
    middle = QPointF(field.widget.rect().center())
    turned = QWheelEvent(
        middle,
        field.widget.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.widget, turned)
    assert field.text() == "paid-full"


@pytest.mark.parametrize("kind", ["text", "date", "combo", "search"])
def test_a_field_is_32_high_and_stays_so_with_focus_and_error(ui: Ui, qtbot: QtBot, kind: str) -> None:
    field = fields_of(ui)[kind]
    qtbot.addWidget(field.widget)
    field.widget.show()
    heights = [field.widget.sizeHint().height()]
    field.widget.setFocus()
    QApplication.processEvents()
    heights.append(field.widget.sizeHint().height())
    field.set_error(ERROR)
    heights.append(field.widget.sizeHint().height())
    assert heights == [32, 32, 32]


def test_an_error_stands_below_its_field_until_it_is_taken_away(form: Form) -> None:
    form.set_error("iban", ERROR)
    QApplication.processEvents()
    said, field = caption(form, ERROR), named(form, "Payee IBAN")
    assert place(form, said).y() >= place(form, field).y() + field.height()
    assert field.accessibleDescription() == ERROR
    form.set_error("iban", "")
    QApplication.processEvents()
    assert not said.isVisible()
    assert field.accessibleDescription() == ""


def test_a_read_only_value_can_be_selected_and_not_changed(form: Form) -> None:
    field = named(form, "Policy")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    type_text(field, "x")
    assert field.text() == "HP-7730-22815"
    assert field.selectedText() == "HP-7730-22815"
    form.set_text("policy", "HP-1")
    assert field.text() == "HP-1"


def test_a_required_field_has_a_star(form: Form) -> None:
    assert caption(form, "Payee IBAN *").isVisible()


def test_two_columns_become_one_and_labels_go_above_below_560(form: Form) -> None:
    policy, payee = named(form, "Policy"), named(form, "Payee IBAN")
    assert place(form, policy).y() == place(form, payee).y()
    assert place(form, policy).x() >= 120
    form.widget.resize(420, 500)
    QApplication.processEvents()
    assert place(form, policy).y() < place(form, payee).y()
    above = caption(form, "Policy")
    assert place(form, above).y() + above.height() <= place(form, policy).y() + 1
    assert place(form, policy).x() < 20
    form.widget.resize(820, 300)
    QApplication.processEvents()
    assert place(form, policy).y() == place(form, payee).y()


def test_what_is_typed_and_the_focus_outlive_a_change_of_columns(form: Form, qtbot: QtBot) -> None:
    field = named(form, "Payee IBAN")
    form.widget.activateWindow()
    qtbot.waitUntil(form.widget.isActiveWindow)
    field.setFocus()
    type_text(field, "DE89")
    form.widget.resize(420, 500)
    QApplication.processEvents()
    assert isinstance(field, QLineEdit)
    assert field.text() == "DE89"
    assert field.hasFocus()


def test_labels_stand_on_the_line_of_their_value(form: Form) -> None:
    for words, name in (("Policy", "Policy"), ("Payee IBAN *", "Payee IBAN")):
        beside, field = caption(form, words), named(form, name)
        text = beside.contentsRect()
        middle = place(form, beside).y() + text.top() + min(text.height(), beside.fontMetrics().height()) / 2
        assert abs(middle - (place(form, field).y() + field.height() / 2)) <= 4


def test_who_changed_a_field_stands_below_it(form: Form) -> None:
    form.flash("iban", "changed by Jonas Brandt")
    QApplication.processEvents()
    said, field = caption(form, "changed by Jonas Brandt"), named(form, "Payee IBAN")
    assert field.property("flash")
    assert place(form, said).y() >= place(form, field).y() + field.height()


def test_a_link_stands_right_behind_its_value_and_can_be_taken_away(form: Form) -> None:
    opened: list[str] = []
    form.set_link("policy", lambda: opened.append("policy"), "Opens example.org")
    QApplication.processEvents()
    value = named(form, "Policy")
    link = value.findChild(QToolButton, "link")
    assert link is not None
    assert (link.accessibleName(), link.toolTip()) == ("Open Policy in the browser", "Opens example.org")
    text_ends = value.fontMetrics().horizontalAdvance("HP-7730-22815")
    assert text_ends < link.geometry().left() < text_ends + 24
    link.click()
    assert opened == ["policy"]
    form.set_text("policy", "x" * 400)
    assert link.geometry().right() <= value.rect().right()
    form.set_link("policy", None)
    assert not link.isVisible()


def test_larger_text_needs_more_width_for_labels_beside_and_for_two_columns(qapp: QApplication, qtbot: QtBot) -> None:
    kit, window = window_kit(qapp, text_size=2.0)
    qtbot.addWidget(window)
    form = kit.form()
    qtbot.addWidget(form.widget)
    for name in ("Estimate of damage", "Date of loss"):
        form.add(name, name, kit.text_field(name))
    form.widget.show()
    places = {}
    for width in (740, 1200, 1440):
        form.widget.resize(width, 500)
        QApplication.processEvents()
        first, second = (named(form, name) for name in ("Estimate of damage", "Date of loss"))
        places[width] = (place(form, first).x() >= 240, place(form, first).y() == place(form, second).y())
    assert places == {740: (False, False), 1200: (True, False), 1440: (True, True)}
    qapp.setStyleSheet("")


def test_a_form_that_is_laid_out_anew_leaves_the_keyboard_where_it_is(ui: Ui, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, form, note = QVBoxLayout(page), ui.form(columns=2), QLineEdit()
    column.addWidget(form.widget)
    column.addWidget(note)
    form.add("estimate", "Estimate", ui.text_field("Estimate"))
    form.add("iban", "Payee IBAN", ui.text_field("Payee IBAN"))
    page.resize(820, 300)
    page.show()
    page.activateWindow()
    estimate = named(form, "Estimate")
    for focused in (estimate, note, estimate):
        focused.setFocus()
        for width in (480, 820):
            page.resize(width, 300)
            QApplication.processEvents()
            assert page.focusWidget() is focused


def test_several_lines_get_the_room_that_the_size_of_the_text_asks_for(ui: Ui, qtbot: QtBot) -> None:
    area = ui.text_area("Description", lines=3).widget
    qtbot.addWidget(area)
    font, before = area.font(), area.minimumSizeHint().height()
    larger = QFont(font)
    larger.setPixelSize(2 * font.pixelSize())
    for changed, least in ((larger, 3 * QFontMetrics(larger).lineSpacing()), (font, before)):
        area.setFont(changed)
        assert area.minimumSizeHint().height() >= least
    assert area.minimumSizeHint().height() == before

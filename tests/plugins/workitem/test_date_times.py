"""Fields with a date and a time of day: typed in the zone of the desktop, which is said, and kept in UTC."""

import os
import time
from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QDate, Qt
from PyQt6.QtWidgets import QApplication, QCalendarWidget, QLineEdit

from tests.plugins.workitem.panes import OpenPane, Pane, fields
from workloom.api import AttributeValue

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="a process cannot be put into another zone here")

FORM = fields(
    AttributeValue(name="At", title="Call back at", type="date-time"),
    AttributeValue(name="Seen", title="Seen at", type="date-time", read_only=True),
)
VALUES = {"At": "2026-11-20T13:30+00:00", "Seen": "2026-07-20T12:30+00:00"}


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The computer stands in Berlin."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.delenv("TZ") if before is None else monkeypatch.setenv("TZ", before)
    time.tzset()


def field(pane: Pane) -> QLineEdit:
    return pane.child(QLineEdit, "case.At")


def test_a_time_is_shown_and_typed_in_the_zone_of_the_desktop_and_kept_in_utc(open_pane: OpenPane) -> None:
    pane = open_pane(VALUES, FORM)
    assert field(pane).text() == "20 Nov 2026, 14:30"
    assert "UTC+01:00" in field(pane).accessibleDescription()
    read = [line.text() for line in pane.widget.findChildren(QLineEdit) if line.isReadOnly()]
    assert read == ["20 Jul 2026, 14:30 UTC+02:00"]
    pane.type("At", "21.7.2026 8:05")
    pane.leave("At")
    pane.wait(lambda: pane.record.attached["At"] == "2026-07-21T06:05+00:00")
    pane.wait(lambda: field(pane).text() == "21 Jul 2026, 08:05")


def test_a_date_without_a_time_is_not_saved_and_says_what_is_missing(open_pane: OpenPane) -> None:
    pane = open_pane(VALUES, FORM)
    pane.type("At", "21 Jul 2026")
    pane.leave("At")
    pane.sees("“21 Jul 2026” has no time of day. Write it like 20 Nov 2026, 14:30.")
    assert "UTC+01:00" in field(pane).accessibleDescription()
    assert pane.record.attached["At"] == VALUES["At"]


def test_a_day_from_the_calendar_keeps_the_time_and_without_one_waits_for_it(open_pane: OpenPane) -> None:
    pane = open_pane(VALUES, FORM)
    pick(pane, QDate(2026, 12, 1))
    pane.wait(lambda: pane.record.attached.get("At") == "2026-12-01T13:30+00:00")
    pane.type("At", "")
    pick(pane, QDate(2026, 12, 2))
    assert field(pane).text() == "2 Dec 2026, "
    pane.wait(field(pane).hasFocus)
    pane.desk.write(field(pane), "9:15")
    pane.leave("At")
    pane.wait(lambda: pane.record.attached.get("At") == "2026-12-02T08:15+00:00")


def pick(pane: Pane, day: QDate) -> None:
    """Choose a day in the calendar of the field."""
    pane.take_keys()
    (action,) = field(pane).actions()
    action.trigger()
    calendar = field(pane).findChildren(QCalendarWidget)[-1]
    pane.wait(calendar.isVisible)
    calendar.setSelectedDate(day)
    calendar.clicked.emit(day)
    QApplication.processEvents()
    pane.take_keys()
    field(pane).setFocus(Qt.FocusReason.OtherFocusReason)

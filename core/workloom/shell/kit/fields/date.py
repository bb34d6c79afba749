"""A date, and a date with a time: typed, or picked from a calendar."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from PyQt6.QtCore import QDate, QLocale, QPoint, Qt
from PyQt6.QtGui import QAction, QIcon, QTextCharFormat
from PyQt6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QWidget

from workloom.domain import day_and_time
from workloom.shell.kit.fields.text import TextField
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.words import say

ENGLISH: Final = QLocale(QLocale.Language.English)
FORM: Final = "d MMM yyyy"


class DateField(TextField):
    """A date, typed, or picked from a calendar that opens at the right end."""

    def __init__(
        self, tokens: Tokens, icons: Icons, scale: TypeScale, name: str, example: str = "20 Nov 2026", unit: str = ""
    ) -> None:
        super().__init__(tokens, scale, name, example, unit)
        self._tokens, self._icons = tokens, icons
        pick = QAction(
            QIcon(icons.icon("calendar", "muted")), say("Choose {name} from a calendar", name=name), self._edit
        )
        pick.triggered.connect(self._open)
        self._edit.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)

    def _open(self) -> None:
        found = ENGLISH.toDate(self._day(), FORM)
        shown = found if found.isValid() else QDate.currentDate()
        _calendar(self._edit, self._tokens, self._icons, shown, self._take)

    def _day(self) -> str:
        """The part of the text that is the date."""
        return self.text().strip()

    def _take(self, date: QDate) -> None:
        self._put(ENGLISH.toString(date, FORM))
        self._finished()

    def _put(self, text: str) -> None:
        """As if it had been typed."""
        self._edit.setText(text)
        self._edit.textEdited.emit(text)


class DateTimeField(DateField):
    """A date with a time in the zone of this desktop, which stands at the right end."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale, name: str) -> None:
        super().__init__(tokens, icons, scale, name, day_and_time.EXAMPLE, _zone(""))
        self._edit.textChanged.connect(lambda text: self._edit.set_unit(_zone(text)))
        self._edit.setAccessibleDescription(say("Date and time, {zone}", zone=_zone("")))

    def set_error(self, text: str) -> None:
        """Mark the field as wrong; the zone stays said."""
        super().set_error(text)
        zone = say("Date and time, {zone}", zone=_zone(self.text()))
        self._edit.setAccessibleDescription(f"{text} {zone}".strip())

    def _day(self) -> str:
        return " ".join(self.text().replace(",", " ").split()[:3])

    def _take(self, date: QDate) -> None:
        """The time that was typed stays; where there is none, the person types it behind the date."""
        time = " ".join(self.text().split()[3:])
        self._put(f"{ENGLISH.toString(date, FORM)}, {time}")
        if time:
            self._finished()
        else:
            self._edit.setFocus()


def _zone(text: str) -> str:
    """How far this desktop is from UTC at the moment that is typed, else now."""
    return day_and_time.zone_at(day_and_time.read(text) or datetime.now(UTC))


def _calendar(edit: QWidget, tokens: Tokens, icons: Icons, shown: QDate, take: Callable[[QDate], None]) -> None:
    """Open a calendar below a field; `take` gets the day that is chosen."""
    calendar = QCalendarWidget(edit)
    calendar.setWindowFlag(Qt.WindowType.Popup)
    calendar.setLocale(ENGLISH)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setAccessibleName(say("Calendar"))
    calendar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # draws its edge
    calendar.setContentsMargins(4, 4, 4, 4)
    same = QTextCharFormat()
    same.setForeground(tokens.color("text"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, same)
    for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
        step = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
        assert step is not None
        step.setIcon(icons.icon(icon, "muted"))
    calendar.setSelectedDate(shown)

    def chosen(date: QDate) -> None:
        calendar.close()
        calendar.deleteLater()
        take(date)

    calendar.activated.connect(chosen)
    calendar.clicked.connect(chosen)
    calendar.move(edit.mapToGlobal(QPoint(0, edit.height() + 2)))
    calendar.show()
    calendar.setFocus()

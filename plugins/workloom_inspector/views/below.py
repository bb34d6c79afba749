"""What stands below the list of plugins: the times against their budgets, or the last calls as they come."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workloom.api import Say, TracedCall
from workloom.api.ui import Ui
from workloom_inspector.overview import Overview
from workloom_inspector.views.calls import Calls
from workloom_inspector.views.times import TICK, Times

TIMES, CALLS = "times", "calls"


class Below(QWidget):
    """One of the two, as the person chooses."""

    def __init__(self, ui: Ui, say: Say) -> None:
        super().__init__()
        self._translate = say
        self._times, self.calls, self._pages = Times(ui, say), Calls(ui, say), QStackedWidget()
        self._choice = ui.segmented([(TIMES, say("Time per hook")), (CALLS, say("Last calls"))], self.choose)
        self._said = ui.label("", "muted", elide=True)
        self._budget = _budget(ui, say("budget"))
        self._still = ui.chip(say("Hold still"))
        self._still.setObjectName("inspector.still")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        head.addWidget(self._choice.widget)
        head.addWidget(self._said, 1)
        for widget in (self._budget, self._still):
            head.addWidget(widget)
        for page in (self._times, self.calls):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.choose(TIMES)

    def choose(self, page: str) -> None:
        """Show the times or the calls."""
        self._choice.choose(page)
        say = self._translate
        self._said.setText(
            say("95 of 100 of the last calls against the budget of each place")
            if page == TIMES
            else say("The last calls into the plugins above")
        )
        self._budget.setVisible(page == TIMES)
        self._still.setVisible(page == CALLS)
        self._pages.setCurrentWidget(self.calls if page == CALLS else self._times)

    def show_overview(self, overview: Overview, calls: Sequence[TracedCall], plugins: Sequence[str]) -> None:
        """Show how things stand; the calls are those of these plugins, unless they are held still."""
        self._times.show_times(overview)
        if not self._still.isChecked():
            self.calls.show_calls(overview, calls, plugins)


def _budget(ui: Ui, words: str) -> QWidget:
    """The mark of a budget, and what it is."""
    whole, mark = QWidget(), QWidget()
    mark.setFixedSize(2, TICK)
    mark.setStyleSheet(f"background: {ui.tokens.color('danger').name()};")
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(mark)
    row.addWidget(ui.label(words, "muted"))
    return whole

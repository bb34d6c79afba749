"""The last calls into plugins, as they come."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from workloom.api import Column, PageRequest, Say, TracedCall
from workloom.api.ui import Ui
from workloom_inspector.calls import budgets_of, call_row, shown_calls
from workloom_inspector.overview import Overview


class Calls(QWidget):
    """A list that follows the calls, unless it is held still."""

    def __init__(self, ui: Ui, say: Say) -> None:
        super().__init__()
        self._translate = say
        self._calls: tuple[TracedCall, ...] = ()
        self._overview: Overview | None = None
        columns = (
            Column(key="at", title=say("At"), width=112, whole=True),
            Column(key="plugin", title=say("Plugin"), width=140, optional=True),
            Column(key="where", title=say("Call"), width=160, stretch=True),
            Column(key="took", title=say("Took"), width=88, align="right", whole=True),
        )
        self.table = ui.table(say("Calls"), columns, kept="inspector.calls")
        self.table.on_fetch(self._fetch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table.widget)

    def show_calls(self, overview: Overview, calls: Sequence[TracedCall], plugins: Sequence[str]) -> None:
        """Show the last calls of these plugins."""
        found = shown_calls(calls, plugins)
        if found != self._calls:
            self._calls, self._overview = found, overview
            self.table.refresh()

    def _fetch(self, request: PageRequest) -> None:
        infos = {info.id: info for info in self._overview.infos} if self._overview else {}
        budgets = budgets_of(self._overview.timings) if self._overview else {}
        page = self._calls[request.offset : request.offset + request.limit]
        rows = [call_row(call, infos, budgets, self._translate) for call in page]
        wanted = set(request.find)
        places = {str(call.number): place for place, call in enumerate(self._calls) if str(call.number) in wanted}
        request.answer(rows, len(self._calls), places)

"""Details of the current row of a history: where it is, Open, Go to or Reopen, and its path."""

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.api import Context, Interaction, ItemDetails, ItemRow, Reopen, open_from_list, read_details
from workloom.api.ui import Ui
from workloom_contact_history import queries


class HistoryDetails:
    """Keeps the panel true to one row."""

    def __init__(self, context: Context, ui: Ui) -> None:
        self._context, self._ui = context, ui
        self._row: ItemRow | None = None
        self._turn = 0
        self.panel = ui.item_panel()
        self._open = ui.button("Open", icon="folder-open", kind="primary", on_click=self._take)
        self._open.setObjectName("history.open")
        self._open.setSizePolicy(self._open.sizePolicy().Policy.Expanding, self._open.sizePolicy().Policy.Fixed)
        self._reopen = ui.button("Reopen", icon="rotate-ccw", on_click=self._again)
        self._reopen.setObjectName("history.reopen")
        self._reason = ui.label(role="muted", wrap=True)
        self._reason.setObjectName("history.reason")
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 6, 0, 4)
        for widget in (self._open, self._reopen, self._reason):
            column.addWidget(widget)
        self.panel.put_above(above)
        self._path = QWidget()
        self._lines = QVBoxLayout(self._path)
        self._lines.setContentsMargins(0, 8, 0, 0)
        self._lines.setSpacing(6)
        self.panel.put_below(self._path)

    def show_row(self, row: ItemRow | None) -> None:
        """Show another row, or the same one anew."""
        self._row = row
        self._turn += 1
        turn = self._turn
        if row is None:
            self.panel.show_item(None)
            return
        services, now = self._context.services, self._context.now()

        def came(details: ItemDetails) -> None:
            if turn == self._turn:
                self._show(details)

        self._context.read(lambda: read_details(services, row, now), came, failed=lambda _error: None)

    def _show(self, details: ItemDetails) -> None:
        row = details.row
        self.panel.show_item(details, queries.facts_of(details))
        finished = row.item.is_finished
        self._open.setText("Go to" if details.is_mine else "Open")
        self._open.setVisible(not finished and (details.is_mine or row.can_open))
        self._reopen.setVisible(finished)
        locked = not finished and not details.is_mine and not row.can_open
        self._reason.setText(f"Locked. {row.closed_reason}" if locked else "")
        self._reason.setVisible(locked)
        self._show_path(details)

    def _show_path(self, details: ItemDetails) -> None:
        while (entry := self._lines.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.deleteLater()
        self._lines.addWidget(self._ui.label("Path", "strong"))
        for when, what in queries.path_words(details):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            at = self._ui.label(when, "muted")
            at.setFixedWidth(100)
            row.addWidget(at)
            row.addWidget(self._ui.label(what, wrap=True), 1)
            self._lines.addWidget(line)

    def _take(self) -> None:
        if self._row is not None:
            open_from_list(self._context, (self._row,))

    def _again(self) -> None:
        if self._row is not None:
            self._context.change(Reopen(item=self._row.item.id), then=self._reopened)

    def _reopened(self, item: Interaction) -> None:
        self._context.desktop.open_item(item.id)

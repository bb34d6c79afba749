"""What stands above a history: whose it is, the status filter, and the quick search."""

from collections.abc import Callable

from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workloom.api import Contact, HistoryCounts, HistoryStatus, Say
from workloom.api.ui import Ui
from workloom_contact_history import queries


class Head(QWidget):
    """Tells `changed()` when another list is wanted, `typed()` at each edit, `back()` to leave a contact's history."""

    def __init__(
        self,
        ui: Ui,
        say: Say,
        title: str,
        changed: Callable[[], None],
        typed: Callable[[], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__()
        self._ui, self._translate, self._own_title = ui, say, title
        self._back = ui.button(title, icon="arrow-left", kind="quiet", small=True, on_click=back)
        self._back.setObjectName("history.back")
        self._avatar = QHBoxLayout()
        self._title = ui.label(title, "panel-title", elide=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._title.setObjectName("history.title")
        self._segment = ui.badge(tone="warning", icon="star")
        self.status = ui.segmented(queries.statuses(say), lambda _status: changed())
        self.search = ui.search_field(
            say("Quick search"), placeholder=say("Quick search in subject, number, notes"), key="Ctrl+F"
        )
        self.search.widget.setObjectName("history.search")
        self.search.widget.setMinimumWidth(220)
        self.search.on_edited(typed)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._back)
        first.addLayout(self._avatar)
        first.addWidget(self._title)
        first.addWidget(self._segment.widget)
        first.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 10)
        self._column.setSpacing(10)
        self._column.addLayout(first)
        self.show_contact(None)

    def put_tools(self, tools: QWidget) -> None:
        """Buttons for the list, at the right of the search."""
        search = self.search.widget
        self._column.addWidget(self._ui.wrapping(self.status.widget, search, tools, grow=search))

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    def is_filtered(self) -> bool:
        """Whether items are hidden by search or status."""
        return bool(self.text) or self.status.current() != HistoryStatus.ALL

    def clear(self) -> None:
        """Hide nothing."""
        self.search.set_text("")
        self.status.choose(HistoryStatus.ALL)

    def show_contact(self, contact: Contact | None, segment: str = "") -> None:
        """Say whose history it is; None: the view's own."""
        self._segment.set(segment if contact is not None else "", "warning", "star")
        while (entry := self._avatar.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if contact is not None:
            self._avatar.addWidget(self._ui.avatar(contact.full_name, size=28))
        say = self._translate
        self._title.setText(say("History of {contact}", contact=contact.full_name) if contact else self._own_title)
        self._back.setVisible(contact is not None)

    def show_counts(self, counts: HistoryCounts) -> None:
        """How many items each status has."""
        for status, text in queries.counted(counts.in_progress, counts.done, self._translate).items():
            self.status.set_text(status, text)

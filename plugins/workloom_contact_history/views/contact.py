"""The contact of the open item with a short history."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workloom.api import (
    Contact,
    Context,
    Event,
    HistoryCounts,
    HistoryScope,
    ItemRow,
    open_from_list,
    privileges,
    wording,
)
from workloom.api.ui import kit
from workloom_contact_history import queries

AT_MOST = 20
_ICONS = {"PhoneNumber": "phone", "EmailAddress": "mail", "Address": "map-pin", "Location": "map-pin"}
_IN_THE_NAME = frozenset({"FirstName", "LastName", "Title"})


class _Known(Struct, frozen=True, kw_only=True):
    contact: Contact
    segment: str
    rows: tuple[ItemRow, ...]
    counts: HistoryCounts


class ContactPanel(QWidget):
    """Who the item is about, and what else there was."""

    def __init__(self, context: Context, item: str) -> None:
        super().__init__()
        self._context, self._item, self._ui = context, item, kit(context)
        self.setObjectName("contact-panel")
        self._status = self._ui.segmented(queries.STATUSES, lambda _status: self._load())
        self._card = QVBoxLayout()
        self._card.setSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._title = self._ui.label("History", "panel-title")
        inside = QWidget()
        inside.setProperty("ground", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._card)
        self._history = QWidget()
        below = QVBoxLayout(self._history)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self._ui.line())
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        below.addLayout(head)
        below.addWidget(self._status.widget)
        below.addLayout(self._rows)
        self._history.setVisible(context.may(privileges.CONTACT_HISTORY))
        column.addWidget(self._history)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        undo = context.subscribe(self._happened, item=item)
        self.destroyed.connect(lambda _gone: undo())
        self._load()

    def _happened(self, event: Event) -> None:
        del event
        self._load()

    def _load(self) -> None:
        services, status = self._context.services, self._status.current()
        with_history = self._context.may(privileges.CONTACT_HISTORY)

        def read() -> _Known | None:
            row = services.items.get(self._item)
            if not row.item.contact_id:
                return None
            query = queries.query(HistoryScope.CONTACT, status, "", row.item.contact_id)
            return _Known(
                contact=services.contacts.get(row.item.contact_id),
                segment=row.item.attributes.customer_segment,
                rows=services.history.search(query).rows[:AT_MOST] if with_history else (),
                counts=services.history.counts(query) if with_history else HistoryCounts(),
            )

        self._context.read(read, self._show, failed=lambda _error: None)

    def _show(self, known: _Known | None) -> None:
        _empty(self._card)
        _empty(self._rows)
        self._history.setVisible(known is not None and self._context.may(privileges.CONTACT_HISTORY))
        if known is None:
            self._card.addWidget(self._ui.label("Unknown contact", "strong"))
            self._card.addWidget(self._ui.label("The source has named nobody for this item.", "muted", wrap=True))
            return
        self._show_contact(known)
        total = known.counts.in_progress + known.counts.done
        self._title.setText(f"History {total}")
        for status, text in queries.counted(queries.STATUSES, known.counts.in_progress, known.counts.done).items():
            self._status.set_text(status, text)
        self._show_rows(known.rows)

    def _show_contact(self, known: _Known) -> None:
        ui, contact = self._ui, known.contact
        line = QWidget()
        head = QHBoxLayout(line)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(ui.avatar(contact.full_name, size=40))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ui.label(contact.full_name, "strong", elide=True))
        names.addWidget(ui.label(contact.key, "small", elide=True))
        head.addLayout(names, 1)
        if known.segment:
            head.addWidget(ui.badge(known.segment, tone="warning", icon="star").widget)
        self._card.addWidget(line)
        for name in self._context.options().words("contact.displayed-attributes"):
            for value in contact.attributes.get(name, ()) if name not in _IN_THE_NAME else ():
                self._card.addWidget(self._fact(_ICONS.get(name, "message-square"), value))

    def _fact(self, icon: str, value: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        picture = self._ui.label()
        picture.setPixmap(self._ui.pixmap(icon))
        row.addWidget(picture)
        row.addWidget(self._ui.label(value, selectable=True), 1)
        return line

    def _show_rows(self, rows: Sequence[ItemRow]) -> None:
        now = self._context.now()
        for row in rows:
            line = QWidget()
            box = QVBoxLayout(line)
            box.setContentsMargins(0, 4, 0, 4)
            box.setSpacing(0)
            head = QHBoxLayout()
            head.addWidget(self._ui.label(row.item.subject, "strong", elide=True), 1)
            head.addWidget(self._ui.label(wording.moment(row.item.received_at, now), "small"))
            box.addLayout(head)
            foot = QHBoxLayout()
            foot.addWidget(self._ui.label(queries.second_line(row), "small", elide=True), 1)
            if row.can_open and row.item.id != self._item:
                foot.addWidget(self._ui.button("Open", kind="quiet", small=True, on_click=partial(self._open, row)))
            box.addLayout(foot)
            self._rows.addWidget(line)

    def _open(self, row: ItemRow) -> None:
        open_from_list(self._context, (row,))


def _empty(layout: QVBoxLayout) -> None:
    while (entry := layout.takeAt(0)) is not None:
        widget = entry.widget()
        if widget is not None:
            widget.deleteLater()

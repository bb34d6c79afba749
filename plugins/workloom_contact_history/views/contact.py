"""The contact of the open item with a short history."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workloom.api import (
    Contact,
    Context,
    Event,
    EventKind,
    HistoryCounts,
    HistoryScope,
    ItemRow,
    ReadInTurn,
    Services,
    WorkloomError,
    open_from_list,
    privileges,
    wording,
)
from workloom.api.ui import WhenGone, kit
from workloom_contact_history import queries
from workloom_contact_history.focus import VIEW, Focus
from workloom_contact_history.views.entry import Entry, LineIcon

AT_MOST = 20
GATHER_MS = 200
MARGIN, GAP, AVATAR, LEAST_TEXT = 16, 10, 40, 24
BESIDE = 40
"""Pixels beside the heading and the filter, where they stand in one line."""

_ICONS = {"PhoneNumber": "phone", "EmailAddress": "mail", "Address": "map-pin", "Location": "map-pin"}


class _Known(Struct, frozen=True, kw_only=True):
    item: ItemRow
    words: queries.Words
    contact: Contact | None = None
    rows: tuple[ItemRow, ...] = ()
    counts: HistoryCounts = HistoryCounts()


class ContactPanel(QWidget):
    """Who the item is about, and what else there was."""

    def __init__(self, context: Context, focus: Focus, item: str) -> None:
        super().__init__()
        self.setObjectName("contact-panel")
        self._context, self._focus, self._item, self._ui = context, focus, item, kit(context)
        self._may_contact = context.may(privileges.CONTACT_INFORMATION)
        self._may_history = context.may(privileges.CONTACT_HISTORY)
        self._known: _Known | None = None
        self._lead: QBoxLayout | None = None
        self._beside: list[QLabel] = []
        self._reading = ReadInTurn(context, self._show, self._cannot_show)
        self._card, self._rows = QVBoxLayout(), QVBoxLayout()
        say = self._translate = context.translate
        self._status = self._ui.segmented(queries.statuses(say), lambda _status: self._load())
        self._count = self._ui.label(role="muted")
        self._count.setObjectName("contact.count")
        self._full = self._ui.button(say("Open full history"), kind="link", small=True, on_click=self._open_full)
        self._full.setObjectName("contact.full-history")
        self._lay_out()
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._load)
        self._end = WhenGone(self, context.subscribe(self._happened), self._reading.stop)
        self._load()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the filter stands beside the heading where there is room."""
        super().resizeEvent(event)
        needed = sum(part.sizeHint().width() for part in (self._title, self._status.widget))
        beside = self.width() >= needed + BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._head.setDirection(way)
        self._fit_lead()

    def _lay_out(self) -> None:
        self._title = title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self._ui.label(self._translate("History"), "panel-title"))
        title.addWidget(self._count)
        title.addStretch(1)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(8)
        self._head.addLayout(title, 1)
        self._head.addWidget(self._status.widget)
        self._history = QWidget()
        below = QVBoxLayout(self._history)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(10)
        below.addWidget(self._ui.line())
        head = QVBoxLayout()
        head.setContentsMargins(16, 2, 16, 0)
        head.addLayout(self._head)
        below.addLayout(head)
        self._rows.setContentsMargins(8, 0, 8, 0)
        self._rows.setSpacing(2)
        below.addLayout(self._rows)
        self._card.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        self._card.setSpacing(8)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(14)
        column.addLayout(self._card)
        column.addWidget(self._history)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, 4, 16, 4)
        foot.addWidget(self._full)
        foot.addStretch(1)
        self._edge = self._ui.line()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._edge)
        whole.addWidget(self._foot)
        for part in (self._history, self._edge, self._foot):
            part.hide()

    def _happened(self, event: Event) -> None:
        known = self._known
        mine = event.item == self._item or (known is not None and any(row.item.id == event.item for row in known.rows))
        if (mine or event.kind is EventKind.SITE_APPLIED) and not self._gather.isActive():
            self._gather.start()

    def _load(self) -> None:
        services, status = self._context.services, self._status.current()
        words = self._known.words if self._known is not None else None
        self._reading.ask(lambda: self._read(services, status, words))

    def _read(self, services: Services, status: str, words: queries.Words | None) -> _Known:
        """Off the UI thread."""
        item, words = services.items.get(self._item), words or queries.read_words(services)
        contact = item.item.contact_id
        if not contact:
            return _Known(item=item, words=words)
        query = queries.query(HistoryScope.CONTACT, status, "", contact)
        return _Known(
            item=item,
            words=words,
            contact=services.contacts.get(contact) if self._may_contact else None,
            rows=services.history.search(query).rows[:AT_MOST] if self._may_history else (),
            counts=services.history.counts(query) if self._may_history else HistoryCounts(),
        )

    def _show(self, known: _Known) -> None:
        before, self._known = self._known, known
        if before == known:
            return
        has_contact = bool(known.item.item.contact_id)
        self._lead = None
        _empty(self._card)
        if not has_contact:
            say = self._translate
            self._card.addWidget(self._ui.label(say("Unknown contact"), "panel-title"))
            self._card.addWidget(self._ui.label(say("The source named nobody for this item."), "muted", wrap=True))
        elif known.contact is not None:
            self._show_contact(known.contact, known.item.item.attributes.customer_segment)
        self._history.setVisible(has_contact and self._may_history)
        full = has_contact and self._may_history and self._context.may(privileges.MY_HISTORY)
        self._foot.setVisible(full and known.contact is not None)
        self._edge.setVisible(full and known.contact is not None)
        self._count.setText(f"{known.counts.in_progress + known.counts.done:,}")
        self._show_rows(known.rows, known.words)

    def _cannot_show(self, error: WorkloomError) -> None:
        """What was known stays; where nothing was, the reason is said."""
        if self._known is None:
            _empty(self._card)
            self._card.addWidget(self._ui.label(self._translate("The contact cannot be shown"), "panel-title"))
            self._card.addWidget(self._ui.label(str(error), "muted", wrap=True))

    def _show_contact(self, contact: Contact, segment: str) -> None:
        ui, names = self._ui, self._context.options().words("contact.displayed-attributes")
        line = QWidget()
        head = QHBoxLayout(line)
        head.setContentsMargins(0, 0, 0, 4)
        head.setSpacing(GAP)
        head.addWidget(ui.avatar(contact.full_name, size=AVATAR))
        lead = self._lead = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        lead.setSpacing(GAP)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        name = ui.label(queries.called(contact, names), "panel-title", elide=True)
        name.setObjectName("contact.name")
        texts.addWidget(name)
        if key := queries.key_said(contact, names):
            texts.addWidget(ui.label(key, "small", elide=True))
        lead.addLayout(texts, 1)
        self._beside = [name]
        if segment:
            badge = ui.badge(segment, tone="warning", icon="star").widget
            lead.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._beside.append(badge)
        head.addLayout(lead, 1)
        self._card.addWidget(line)
        self._fit_lead()
        for attribute, value in queries.displayed(contact, names):
            self._card.addWidget(self._attribute(attribute, value))

    def _fit_lead(self) -> None:
        """The badge stands beside the name where there is room, else under it."""
        if self._lead is None:
            return
        needed = sum(part.sizeHint().width() + GAP for part in self._beside)
        beside = self.width() >= needed + AVATAR + 2 * MARGIN
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._lead.setDirection(way)

    def _attribute(self, name: str, value: str) -> QWidget:
        line = QWidget()
        line.setToolTip(name)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(LineIcon(self._ui, _ICONS.get(name, "message-square")), 0, Qt.AlignmentFlag.AlignTop)
        # One word, such as an address of e-mail, has no place to go on in a next line.
        wraps = len(value.split()) > 1
        text = self._ui.label(value, selectable=True, wrap=wraps, elide=not wraps)
        text.setMinimumWidth(LEAST_TEXT)
        row.addWidget(text, 1)
        return line

    def _show_rows(self, rows: Sequence[ItemRow], words: queries.Words) -> None:
        _empty(self._rows)
        now = self._context.now()
        for row in rows:
            mine = row.item.assigned_to == words.me and not row.item.is_finished
            opens = (row.can_open or mine) and row.item.id != self._item
            self._rows.addWidget(
                Entry(
                    self._ui,
                    words.icons.get(row.item.media_type, "clipboard-list"),
                    wording.shortened(row.item.subject, 200),
                    queries.short_day(row.item.received_at, now, self._translate),
                    queries.second_line(row, words.me, self._translate),
                    self._translate("Open"),
                    partial(open_from_list, self._context, (row,), from_history=True) if opens else None,
                )
            )
        if not rows:
            nothing = self._ui.label(self._translate("No items with this status."), "muted")
            nothing.setContentsMargins(8, 4, 8, 4)
            self._rows.addWidget(nothing)

    def _open_full(self) -> None:
        if self._known is not None and self._known.contact is not None:
            self._focus.choose(self._known.contact, self._known.item.item.attributes.customer_segment)
            self._context.desktop.show_view(VIEW)


def _empty(layout: QVBoxLayout) -> None:
    while (entry := layout.takeAt(0)) is not None:
        widget = entry.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()

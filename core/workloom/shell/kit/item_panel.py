"""The panel beside a list of items: details, notes and case data of the current row."""

from collections.abc import Sequence
from datetime import datetime

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from workloom.api.contributions import Fact
from workloom.api.item_details import ItemDetails
from workloom.domain import wording
from workloom.domain.interaction import Note
from workloom.shell.kit.facts import TWO_COLUMNS_FROM, FactGrid
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import Avatar, Badge, Label, label, line
from workloom.shell.kit.panel_foot import PanelFoot
from workloom.shell.kit.tabs import Tabs
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.words import say, word

DETAILS, NOTES, CASE = "details", "notes", "case"
NOTHING = word("Choose an item to see its details.")
ABOVE_WIDTH = 320
LONGEST_TITLE, LONGEST_TEXT = 300, 4000
"""Characters that the panel shows; the open item shows all."""
PAD = 16


class ItemPanel(QWidget):
    """Says of an item what it is told; reads nothing itself."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale) -> None:
        super().__init__()
        self.setObjectName("item-panel")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tokens, self._icons, self._scale = tokens, icons, scale
        self._item = ""
        self._shown_notes: tuple[Note, ...] | None = None
        self._facts = FactGrid(tokens, icons, scale)
        self._case = FactGrid(tokens, icons, scale)
        self._no_case = self._label(say("No case data."), "muted")
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        self._notes = QVBoxLayout()
        self._latest = QVBoxLayout()
        self._tabs = Tabs(scale)
        self._tabs.add(DETAILS, say("Details"), self._details_page())
        self._tabs.add(NOTES, say("Notes"), self._page(self._notes_body()))
        self._tabs.add(CASE, say("Case data"), self._page(self._case_body()))
        self._nothing = label(scale, say(NOTHING), "muted", elide=False, selectable=False, wrap=True)
        self._nothing.setObjectName("panel.nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(PAD, PAD, PAD, PAD)
        self._foot = PanelFoot(icons, scale)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._whole())

    @property
    def widget(self) -> QWidget:
        """The panel itself."""
        return self

    def put_above(self, widget: QWidget) -> None:
        """A widget between the title and the facts."""
        self._above.addWidget(widget)

    def put_below(self, widget: QWidget) -> None:
        """A widget below the facts, instead of the latest note."""
        while self._below.takeAt(0) is not None:
            pass
        self._latest_box.hide()
        self._below.addWidget(widget)

    def add_tab(self, key: str, title: str, page: QWidget) -> None:
        """One more tab at the end."""
        self._tabs.add(key, title, page)

    def show_item(self, details: ItemDetails | None, facts: Sequence[Fact] = ()) -> None:
        """Show an item with these facts; None: nothing is chosen."""
        if details is None:
            self.show_problem(say(NOTHING))
            return
        item, media = details.row.item, details.media_type
        self._stack.setCurrentIndex(1)
        self._badge.set(media.singular, "accent", media.icon)
        self._number.setText(item.number)
        self._title.setText(" ".join(wording.shortened(item.subject, LONGEST_TITLE).split()))
        self._contact.setText(details.row.contact or say("Unknown contact"))
        self._facts.show_facts(facts)
        self._case.show_facts(
            [Fact(label=name, value=wording.shortened(value, LONGEST_TEXT)) for name, value in details.case]
        )
        self._no_case.setVisible(not details.case)
        self._tabs.set_title(NOTES, say("Notes {number}", number=len(details.notes)) if details.notes else say("Notes"))
        if item.id != self._item or details.notes != self._shown_notes:
            self._show_notes(details)
        if item.id != self._item:
            self._scroll_up()
        self._item = item.id

    def show_problem(self, text: str) -> None:
        """Say in place of an item why none is shown."""
        self._item = ""
        self._nothing.setText(text)
        self._stack.setCurrentIndex(0)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: under a list there is width and little height, so what stands above the facts goes beside the title."""
        super().resizeEvent(event)
        beside = self.width() >= self._scale.px(TWO_COLUMNS_FROM)
        self._lead.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._lead.setSpacing(32 if beside else 8)
        for place in range(self._above.count()):
            widget = self._above.itemAt(place).widget()  # type: ignore[union-attr]
            if widget is not None:
                widget.setFixedWidth(self._scale.px(ABOVE_WIDTH)) if beside else widget.setMaximumWidth(16777215)
                if not beside:
                    widget.setMinimumWidth(0)

    def set_foot(self, text: str, icon: str = "", keys: Sequence[str] = ()) -> None:
        """A line below all tabs, with an icon before it or keys behind it; empty = none."""
        self._foot.say(text, icon, keys)

    def facts(self) -> dict[str, str]:
        """The facts on show, by label."""
        return self._facts.values()

    def _whole(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._foot)
        return made

    def _details_page(self) -> QWidget:
        self._badge = Badge(self._icons, self._scale, "", "accent", "")
        self._number = label(self._scale, "", "muted", elide=True, selectable=False, wrap=False)
        self._number.setObjectName("panel.number")
        self._title = label(self._scale, "", "panel-title", elide=False, selectable=True, wrap=True)
        self._title.setObjectName("panel.title")
        self._contact = label(self._scale, "", "muted", elide=True, selectable=False, wrap=False)
        self._contact.setObjectName("panel.contact")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._badge.widget)
        head.addWidget(self._number, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, PAD - 2, 0, PAD)
        column.setSpacing(0)
        top = _inset(column)
        top.setSpacing(8)
        self._lead = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lead.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        texts.addLayout(head)
        texts.addWidget(self._title)
        texts.addWidget(self._contact)
        texts.addStretch(1)
        self._lead.addLayout(texts, 1)
        self._lead.addLayout(self._above)
        top.addLayout(self._lead)
        top.addSpacing(4)
        top.addWidget(self._facts)
        column.addSpacing(PAD)
        column.addWidget(line(vertical=False))
        column.addSpacing(PAD)
        bottom = _inset(column)
        self._latest_box = QWidget()
        latest = QVBoxLayout(self._latest_box)
        latest.setContentsMargins(0, 0, 0, 0)
        latest.setSpacing(8)
        latest.addWidget(self._label(say("Latest note"), "strong"))
        latest.addLayout(self._latest)
        self._below.addWidget(self._latest_box)
        bottom.addLayout(self._below)
        column.addStretch(1)
        return self._page(body)

    def _notes_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(PAD, PAD, PAD, PAD)
        self._notes.setSpacing(14)
        column.addLayout(self._notes)
        column.addStretch(1)
        return body

    def _case_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(PAD, PAD, PAD, PAD)
        column.addWidget(self._no_case)
        column.addWidget(self._case)
        column.addStretch(1)
        return body

    def _page(self, body: QWidget) -> QScrollArea:
        body.setProperty("ground", "surface")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        return scroll

    def _show_notes(self, details: ItemDetails) -> None:
        self._shown_notes = details.notes
        for layout in (self._notes, self._latest):
            while (entry := layout.takeAt(0)) is not None:
                widget = entry.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        for note in reversed(details.notes):
            self._notes.addWidget(self._note(note, details.names.get(note.author, note.author), details.read_at))
        if not details.notes:
            for layout in (self._notes, self._latest):
                layout.addWidget(self._label(say("No notes yet."), "muted"))
            return
        note = details.notes[-1]
        self._latest.addWidget(self._note(note, details.names.get(note.author, note.author), details.read_at))

    def _note(self, note: Note, name: str, now: datetime) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Avatar(self._tokens, self._icons, self._scale, name, "", 24), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._label(name, "strong"))
        head.addWidget(self._label(wording.moment(note.at, now), "small"))
        head.addStretch(1)
        texts.addLayout(head)
        texts.addWidget(
            label(
                self._scale, wording.shortened(note.text, LONGEST_TEXT), "base", elide=False, selectable=True, wrap=True
            )
        )
        row.addLayout(texts, 1)
        return made

    def _label(self, text: str, role: str) -> Label:
        return label(self._scale, text, role, elide=False, selectable=False, wrap=False)

    def _scroll_up(self) -> None:
        for scroll in self.findChildren(QScrollArea):
            bar = scroll.verticalScrollBar()
            if bar is not None:
                bar.setValue(0)


def _inset(column: QVBoxLayout) -> QVBoxLayout:
    inner = QVBoxLayout()
    inner.setContentsMargins(PAD, 0, PAD, 0)
    column.addLayout(inner)
    return inner

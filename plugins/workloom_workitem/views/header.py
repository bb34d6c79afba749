"""The head of an item's pane: title, toolbar, and facts in a row that drops what does not fit."""

from collections.abc import Callable, Collection
from datetime import datetime

from PyQt6.QtCore import QEvent
from PyQt6.QtGui import QPixmap, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workloom.api import ActionPlace, Context, Say, Subject, priority_words, wording
from workloom.api.ui import Ui
from workloom_workitem.model import ItemModel

GAP = 6
FACT_GAP = 10
"""Between two facts; it is the kit's."""


class Fact(QWidget):
    """One fact: what it is called, an icon, the words, and what is said after them."""

    def __init__(self, ui: Ui, name: str, title: str) -> None:
        super().__init__()
        self._ui = ui
        self.title, self.icon = ui.label(title, "muted"), QLabel()
        self.value, self.rest = ui.label(role="base"), ui.label(role="muted")
        self.value.setObjectName(f"item.{name}")
        self.parts = (self.title, self.icon, self.value, self.rest)
        self._said = ("", "", "", "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (ui.line(vertical=True), *self.parts):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str, rest: str = "", icon: str = "", tone: str = "") -> None:
        """Show this; without a text there is no such fact."""
        if self._said == (text, rest, icon, tone):
            return
        self._said = (text, rest, icon, tone)
        self.value.setText(text)
        self.value.setProperty("tone", tone)
        style = self.value.style()
        if style is not None:
            style.unpolish(self.value)
            style.polish(self.value)
        self.rest.setText(rest)
        self.setToolTip(f"{text} {rest}" if rest else "")
        self.icon.setPixmap(self._ui.pixmap(icon, token=tone or "text") if icon else QPixmap())

    def show_without(self, hidden: Collection[QWidget]) -> None:
        """Show what it has to say but for these parts."""
        told = self.told(hidden)
        for part in self.parts:
            part.setVisible(part in told)
        self.setVisible(bool(told))

    def told(self, hidden: Collection[QWidget]) -> list[QWidget]:
        """The parts that have something to say, without these."""
        text, rest, icon, _tone = self._said
        if self in hidden or not text:
            return []
        said = zip(self.parts, (self.title.text(), icon, text, rest), strict=True)
        return [part for part, words in said if words and part not in hidden]


class Facts(QWidget):
    """Facts about the item. When it is narrow, queue goes first, then age, then what only explains the others; where
    large text needs still more, the row goes on in the next line, so that number, state and due date are whole.
    """

    def __init__(self, ui: Ui, say: Say, copy: Callable[[], None]) -> None:
        super().__init__()
        self._translate = say
        self._kind = ui.badge(tone="accent")
        self._number = ui.label(role="strong", selectable=True)
        self._number.setObjectName("item.number")
        copy_button = ui.icon_button("copy", say("Copy item number"), key="Ctrl+Shift+C", on_click=copy)
        copy_button.setObjectName("item.copy")
        self._first = QWidget()
        row = QHBoxLayout(self._first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (self._kind.widget, self._number, copy_button):
            row.addWidget(widget)
        self._first.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        facts = (("state", ""), ("age", say("Age")), ("priority", say("Priority")), ("due", say("Due")), ("queue", ""))
        self._facts = {name: Fact(ui, name, title) for name, title in facts}
        known = self._facts
        self._give_way = (
            known["queue"],
            known["age"],
            known["state"].rest,
            known["priority"].title,
            known["due"].rest,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ui.wrapping(self._first, *known.values()))

    def show_model(self, model: ItemModel, now: datetime) -> bool:
        """Say the facts as they are now; whether seconds are among them."""
        item, media, say = model.row.item, model.media_type, self._translate
        self._kind.set(media.singular, "accent", media.icon)
        self._number.setText(item.number)
        held, age = now - (item.assigned_at or item.placed_at), now - item.received_at
        where = say("With you") if model.is_mine else model.row.where
        icon = "presence:with-agent" if model.is_mine else "inbox"
        facts = self._facts
        facts["state"].say(where, wording.duration(held) if model.is_mine else "", icon)
        facts["age"].say(wording.duration(age))
        level = wording.priority_level(item.priority)
        tone = "danger" if level == 4 else ""
        facts["priority"].say(priority_words(item.priority, say), icon=f"priority:{level}", tone=tone)
        due = wording.due(item.attributes.due_at, now, say=say) if item.attributes.due_at else None
        icon = {"warning": "clock", "danger": "triangle-alert"}.get(due.tone, "") if due else ""
        facts["due"].say(due.text if due else "", due.rest if due else "", icon, due.tone if due else "")
        facts["queue"].say(model.queue, icon="list-end")
        self._fit()
        return wording.in_seconds(age, *([held] if model.is_mine else []))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Qt: the font has changed, perhaps because the text has another size."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        hidden: set[QWidget] = set()
        for part in self._give_way:
            if self._needed(hidden) <= self.width():
                break
            hidden.add(part)
        for fact in self._facts.values():
            fact.show_without(hidden)

    def _needed(self, hidden: Collection[QWidget]) -> int:
        """Width of the facts in one line. Asked of their parts: a hint of the row is older than the words just set."""
        layout = self._first.layout()
        told = [parts for fact in self._facts.values() if (parts := fact.told(hidden))]
        widths = [sum(part.sizeHint().width() + GAP for part in parts) + 1 for parts in told]
        return sum(width + FACT_GAP for width in widths) + (layout.sizeHint().width() if layout is not None else 0)


class Header(QWidget):
    """Title and toolbar above the facts."""

    def __init__(self, context: Context, ui: Ui, subject: Callable[[], Subject | None]) -> None:
        super().__init__()
        self._title = ui.label(role="item-title", elide=True)
        self._title.setObjectName("item.title")
        toolbar = context.desktop.toolbar(ActionPlace.ITEM_TOOLBAR, subject)
        assert isinstance(toolbar, QWidget)
        self.toolbar = toolbar
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self._title, 2)
        top.addWidget(toolbar, 3)

        def copy() -> None:
            now = subject()
            if now is not None:
                context.desktop.run_action("workitem.copy-number", now)

        self._facts = Facts(ui, context.translate, copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 6)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._facts)

    def say_times(self, model: ItemModel, now: datetime) -> bool:
        """Say anew how long things have lasted; whether seconds are among them."""
        return self._facts.show_model(model, now)

    def show_model(self, model: ItemModel, title: str, now: datetime) -> None:
        """Show the item."""
        self._title.setText(title)
        self._facts.show_model(model, now)
        refresh = getattr(self.toolbar, "refresh", None)
        if refresh is not None:
            refresh()

"""The head of an item's pane: title, toolbar, and one row of facts that drops what does not fit."""

from collections.abc import Callable, Iterable
from datetime import datetime

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workloom.api import ActionPlace, Context, Say, Subject, priority_words, wording
from workloom.api.ui import Ui
from workloom_workitem.model import ItemModel

FACT_GAP = 20


class Facts(QWidget):
    """Facts about the item. When it is narrow, queue goes first, then age; the rest is never dropped."""

    def __init__(self, ui: Ui, say: Say, copy: Callable[[], None]) -> None:
        super().__init__()
        self._ui, self._translate = ui, say
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(FACT_GAP // 2)
        self._kind = ui.badge(tone="accent")
        self._number = ui.label(role="strong", selectable=True)
        self._number.setObjectName("item.number")
        self._groups: list[tuple[str, QWidget]] = []
        self._said: dict[str, tuple[str, ...]] = {}
        copy_button = ui.icon_button("copy", say("Copy item number"), key="Ctrl+Shift+C", on_click=copy)
        copy_button.setObjectName("item.copy")
        self._first = self._group(self._kind.widget, self._number, copy_button)
        self._row.addWidget(self._first)
        facts = (("state", ""), ("age", say("Age")), ("priority", say("Priority")), ("due", say("Due")), ("queue", ""))
        self._texts = {name: self._fact(name, title) for name, title in facts}
        self._row.addStretch(1)

    def show_model(self, model: ItemModel, now: datetime) -> bool:
        """Say the facts as they are now; whether seconds are among them."""
        item, media, say = model.row.item, model.media_type, self._translate
        self._kind.set(media.singular, "accent", media.icon)
        self._number.setText(item.number)
        held, age = now - (item.assigned_at or item.placed_at), now - item.received_at
        where = say("With you") if model.is_mine else model.row.where
        icon = "presence:with-agent" if model.is_mine else "inbox"
        self._say("state", where, wording.duration(held) if model.is_mine else "", icon)
        self._say("age", wording.duration(age))
        level = wording.priority_level(item.priority)
        tone = "danger" if level == 4 else ""
        self._say("priority", priority_words(item.priority, say), icon=f"priority:{level}", tone=tone)
        due = wording.due(item.attributes.due_at, now, say=say) if item.attributes.due_at else None
        icon = {"warning": "clock", "danger": "triangle-alert"}.get(due.tone, "") if due else ""
        self._say("due", due.text if due else "", due.rest if due else "", icon, due.tone if due else "")
        self._say("queue", model.queue, icon="list-end")
        self._fit()
        return wording.in_seconds(age, *([held] if model.is_mine else []))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._fit()

    def _fact(self, name: str, title: str) -> tuple[QLabel, QLabel, QLabel]:
        icon, value, rest = QLabel(), self._ui.label(role="base"), self._ui.label(role="muted")
        value.setObjectName(f"item.{name}")
        widgets: list[QWidget] = [self._ui.label(title, "muted")] if title else []
        group = self._group(self._ui.line(vertical=True), *widgets, icon, value, rest)
        self._row.addWidget(group)
        self._groups.append((name, group))
        return icon, value, rest

    def _group(self, *widgets: QWidget) -> QWidget:
        group = QWidget()
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in widgets:
            row.addWidget(widget)
        group.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return group

    def _say(self, name: str, text: str, rest: str = "", icon: str = "", tone: str = "") -> None:
        picture, value, after = self._texts[name]
        if self._said.get(name) == (text, rest, icon, tone):
            return
        self._said[name] = (text, rest, icon, tone)
        value.setText(text)
        value.setProperty("tone", tone)
        style = value.style()
        if style is not None:
            style.unpolish(value)
            style.polish(value)
        after.setText(rest)
        after.setVisible(bool(rest))
        picture.setVisible(bool(icon))
        if icon:
            picture.setPixmap(self._ui.pixmap(icon, token=tone or "text"))
        group = next(group for known, group in self._groups if known == name)
        group.setProperty("empty", not text)

    def _fit(self) -> None:
        shown = {name: group for name, group in self._groups if not group.property("empty")}
        for dropped in ("queue", "age"):
            if self._needed(shown.values()) > self.width():
                shown.pop(dropped, None)
        for name, group in self._groups:
            group.setVisible(name in shown)

    def _needed(self, groups: Iterable[QWidget]) -> int:
        """Width of the facts. Asked of the layouts: a hint of the row itself is older than the words just set."""
        layouts = (group.layout() for group in (self._first, *groups))
        return sum(layout.sizeHint().width() + self._row.spacing() for layout in layouts if layout is not None)


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

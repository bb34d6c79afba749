"""Notes: what colleagues have written, and what is being written. Typing is kept as a draft at once."""

from collections.abc import Callable

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.api import NOTE_DRAFT, AddNote, Context, Note, wording
from workloom.api.ui import Ui
from workloom_workitem.model import ItemModel

TEXT_MARGINS = 18


class NotesSection(QWidget):
    """Notes of one item."""

    def __init__(self, context: Context, ui: Ui, item: str) -> None:
        super().__init__()
        self._context, self._ui, self._item = context, ui, item
        say = context.translate
        self._shown: tuple[Note, ...] | None = None
        self._status = ui.label(role="muted")
        self._status.setObjectName("notes.status")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ui.label(say("Notes"), "panel-title"))
        head.addWidget(ui.label(say("Only colleagues see these"), "small"))
        head.addStretch(1)
        head.addWidget(self._status)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._area = ui.text_area(say("Note"), lines=4, placeholder=say("Write a note"))
        self._area.widget.setObjectName("notes.area")
        self._area.on_edited(self._edited)
        self._add = ui.button(say("Add note"), small=True, on_click=self.add)
        self._add.setObjectName("notes.add")
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addWidget(self._area.widget, 1)
        column.addLayout(below)
        kept = context.drafts.of(item).get(NOTE_DRAFT, "")
        if kept:
            self._area.set_text(kept)
            self._status.setText(say("Draft kept from before"))
        self._add.setEnabled(bool(kept.strip()))

    def show_model(self, model: ItemModel) -> None:
        """Show the notes that there are."""
        self._area.widget.setVisible(model.is_mine)
        self._add.setVisible(model.is_mine)
        if model.notes == self._shown:
            return
        self._shown = model.notes
        while (entry := self._list.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.deleteLater()
        for note in model.notes:
            self._list.addWidget(self._one(note, model))

    def set_lines(self, lines: int) -> None:
        """How many lines there is room for at least."""
        metrics = self._area.widget.fontMetrics()
        self._area.widget.setMinimumHeight(metrics.lineSpacing() * lines + TEXT_MARGINS)

    def text(self) -> str:
        """What is typed and not added."""
        return self._area.text()

    def focus(self) -> None:
        """Go to the text."""
        self._area.widget.setFocus()

    def add(self, then: Callable[[], None] = lambda: None) -> None:
        """Add what is typed; `then` when it is added or there is nothing."""
        text = self._area.text().strip()
        if not text:
            then()
            return

        def added(_item: object) -> None:
            if self._area.text().strip() == text:
                self._area.set_text("")
                self._context.drafts.keep(self._item, NOTE_DRAFT, "")
                self._status.setText(self._context.translate("Note added"))
                self._add.setEnabled(False)
            then()

        self._context.change(AddNote(item=self._item, text=text), added)

    def _edited(self) -> None:
        text = self._area.text()
        self._context.drafts.keep(self._item, NOTE_DRAFT, text)
        self._add.setEnabled(bool(text.strip()))
        time = f"{self._context.now().astimezone():%H:%M}"
        self._status.setText(self._context.translate("Draft kept {time}", time=time) if text else "")

    def _one(self, note: Note, model: ItemModel) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        name = model.names.get(note.author, note.author)
        row.addWidget(self._ui.avatar(name, size=28))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._ui.label(name, "strong"))
        head.addWidget(self._ui.label(wording.moment(note.at, model.read_at), "small"))
        head.addStretch(1)
        texts.addLayout(head)
        texts.addWidget(self._ui.label(note.text, wrap=True, selectable=True))
        row.addLayout(texts, 1)
        return made

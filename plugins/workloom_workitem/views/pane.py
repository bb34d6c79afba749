"""The pane of an open item: head, case data, disposition, notes, and the context panel beside them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workloom.api import (
    ActionPlace,
    AttributeValue,
    BadInput,
    Context,
    Event,
    EventKind,
    NotAllowed,
    NotFound,
    Notice,
    ReadInTurn,
    Region,
    Say,
    Subject,
    Tone,
    WorkloomError,
    priority_words,
    wording,
)
from workloom.api.ui import WhenGone, kit
from workloom_workitem.api import Problem
from workloom_workitem.kinds import Kinds
from workloom_workitem.model import ItemModel, load
from workloom_workitem.panes import Panes
from workloom_workitem.titles import fill, names_for_title
from workloom_workitem.views.beside import Beside
from workloom_workitem.views.case_section import CaseSection
from workloom_workitem.views.disposition_section import DispositionSection
from workloom_workitem.views.header import Header
from workloom_workitem.views.history_section import HistorySection
from workloom_workitem.views.notes_section import NotesSection

NOTE_LINES, NOTE_LINES_LOW, LOW = 5, 3, 840
"""Lines of the notes, and those in a window that is lower than so many pixels."""

CHANGES = frozenset({EventKind.PROPERTIES_CHANGED, EventKind.UPDATED_BY_SOURCE})


class ItemPane(QWidget):
    """Shows one item and keeps itself true by its events.

    `above`: a widget at the head of the form, from the plugin that makes a view of its own of this pane. BadInput if it
    is none.
    """

    def __init__(self, context: Context, panes: Panes, kinds: Kinds, item: str, above: object = None) -> None:
        super().__init__()
        self._context, self._panes, self._kinds, self._item = context, panes, kinds, item
        self._ui = kit(context)
        self._model: ItemModel | None = None
        self._changed_by = ""
        self._writes = 0
        self._now = context.now()
        self._reading = ReadInTurn(context, self._came, self._not_loaded)
        self.setObjectName(f"pane:{item}")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._header = Header(context, self._ui, self.subject)
        self._history = HistorySection(self._ui, context.translate)
        self._case = CaseSection(context, self._ui, item, self._wrote)
        self._disposition = DispositionSection(context, self._ui, item)
        self._notes = NotesSection(context, self._ui, item)
        for part in (self._history, self._case, self._disposition, self._notes):
            self._ui.pane(part)
        self._lay_out(above)
        panes.add(item, self)
        hears = context.subscribe(self._happened, item=item), context.subscribe(self._everywhere)
        self._end = WhenGone(self, *hears, context.on_second(self._say_times), self._went, self._reading.stop)
        self._load()

    def subject(self) -> Subject | None:
        """What the toolbar works on."""
        return Subject(place=ActionPlace.ITEM_TOOLBAR, rows=(self._model.row,)) if self._model else None

    def fault(self, missing: Sequence[AttributeValue], *, disposition: bool, problems: Sequence[Problem] = ()) -> str:
        """Move to the first field at fault and say what is missing, and what plugins say; empty = nothing."""
        said = self._case.first_fault(missing)
        said = " ".join(filter(None, (said, *self._case.mark(problems, focus=not said))))
        if disposition and self._disposition.needs_choice(focus=not said):
            said = f"{said} {self._disposition_needed()}".strip()
        return said

    def _disposition_needed(self) -> str:
        say = self._context.translate
        if self._disposition.isHidden():
            return say(
                "A disposition is needed before Done, and you may not set one. Transfer the item to somebody who may."
            )
        return say("Choose a disposition before Done.")

    def save(self, then: Callable[[], None]) -> None:
        """Save what is typed, the note included, before the item goes elsewhere."""
        self._case.save_all(lambda: self._notes.add(then))

    def go_to(self, part: str) -> None:
        """Let the keyboard go to `disposition`, `notes` or `context`; the context panel goes if it is there."""
        parts = {"disposition": self._disposition.focus, "notes": self._notes.focus, "context": self._beside.toggle}
        parts[part]()

    def go_to_field(self, name: str) -> bool:
        """Let the keyboard go to a field of the case data; False if there is none of that name to type into."""
        return self._case.go_to(name)

    def focus_first(self) -> None:
        """The item was opened: the keyboard comes here, and to no field, so that a stray key changes nothing."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the size has changed."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: the header has another height, as where its facts need one more line."""
        if watched is self._header and event is not None and event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def showEvent(self, event: QShowEvent | None) -> None:
        """Qt: the pane stands in its window now."""
        super().showEvent(event)
        self._fit()
        self._say_times(self._now)

    def _lay_out(self, above: object) -> None:
        body = QWidget()
        body.setProperty("ground", "surface")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = QVBoxLayout()
        self._area.setSpacing(0)
        self._history_line, self._disposition_line = self._ui.line(), self._ui.line()
        self._case_line = self._ui.line()
        self._order: tuple[str, ...] = ()
        if above is not None:
            self._column.addWidget(_checked(above))
            self._column.addWidget(self._ui.line())
        self._column.addLayout(self._area)
        self._column.addWidget(self._disposition)
        self._column.addWidget(self._disposition_line)
        self._column.addWidget(self._notes, 1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("form")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._scroll, 1)
        self._beside = Beside(
            self._ui, self._context.translate, self, row, self._context.desktop.tabs(Region.ITEM_CONTEXT)
        )
        self._case.corner.addWidget(self._beside.button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        self._header.installEventFilter(self)
        whole.addWidget(self._ui.line())
        whole.addLayout(row, 1)
        self._arrange(("History", "CaseData"))

    def _arrange(self, content: tuple[str, ...]) -> None:
        """The parts of the case area, in the order of the option; those that it does not name are hidden."""
        if content == self._order:
            return
        self._order = content
        parts: dict[str, tuple[QWidget, QWidget]] = {
            "History": (self._history, self._history_line),
            "CaseData": (self._case, self._case_line),
        }
        for name in content:
            for widget in parts[name]:
                self._area.addWidget(widget)
        for name in parts.keys() - set(content):
            for widget in parts[name]:
                self._area.removeWidget(widget)
                widget.setParent(self)
                widget.hide()

    def _went(self) -> None:
        self._panes.remove(self._item, self)

    def _load(self) -> None:
        services, now, writes, changed_by = self._context.services, self._context.now(), self._writes, self._changed_by
        self._reading.ask(lambda: (writes, load(services, self._kinds, self._item, now, changed_by)))

    def _came(self, read: tuple[int, ItemModel]) -> None:
        writes, model = read
        # What was read while a change of ours was on its way may be older than its answer.
        if writes == self._writes:
            self._show(model)
        else:
            self._load()

    def _not_loaded(self, error: WorkloomError) -> None:
        # An item that has just left is no fault: its pane goes too.
        if not isinstance(error, NotFound | NotAllowed):
            title = self._context.translate("The item is not up to date")
            self._context.notify(Notice(title=title, text=str(error), tone=Tone.WARNING))

    def _show(self, model: ItemModel) -> None:
        first, self._model = self._model is None, model
        self._header.show_model(model, self._title(model), self._now)
        self.setAccessibleName(_spoken(model, self._context.translate))
        content = model.options.words("interaction.case-data.content")
        self._arrange(content)
        self._history.show_model(model)
        self._history.setVisible("History" in content and bool(model.hand_overs))
        self._history_line.setVisible(not self._history.isHidden())
        self._case.show_model(model)
        self._case.setVisible("CaseData" in content)
        self._case_line.setVisible("CaseData" in content)
        self._disposition.show_model(model)
        self._disposition_line.setVisible(not self._disposition.isHidden())
        self._notes.show_model(model)
        say = self._context.translate
        contact = model.contact
        named = say("{contact} and history", contact=contact.full_name) if contact else say("Contact and history")
        self._beside.button.setText(named)
        self._kinds.want_dispositions(model.row.item, self._load)
        if first:
            self._beside.show_item(self._item)

    def _title(self, model: ItemModel) -> str:
        contact = model.contact
        values = {name: contact.first(name) for name in contact.attributes} if contact else {}
        template = model.options.text("interaction.window-title")
        names = names_for_title(model.row, model.media_type.singular, model.queue, values)
        return fill(template, names) or model.row.item.subject

    def _say_times(self, now: datetime) -> bool:
        """As of the instant at which the window says its other times."""
        self._now = now
        return self._model is not None and self.isVisible() and self._header.say_times(self._model, now)

    def _wrote(self) -> None:
        self._writes += 1

    def _happened(self, event: Event) -> None:
        if event.kind in CHANGES:
            self._changed_by = event.actor
        self._load()

    def _everywhere(self, event: Event) -> None:
        """What the agent may do and how items are shown can have changed."""
        if event.kind is EventKind.SITE_APPLIED:
            self._load()

    def _fit(self) -> None:
        window = self.window() or self
        self._notes.set_lines(NOTE_LINES_LOW if window.height() < LOW else NOTE_LINES)
        top = self._header.sizeHint().height() + 1
        self._beside.fit(window.width(), self.rect().adjusted(0, max(top, self._header.height() + 1), 0, 0))


def _checked(above: object) -> QWidget:
    if not isinstance(above, QWidget):
        raise BadInput(f"above: expected a widget, found {type(above).__name__}.")
    return above


def _spoken(model: ItemModel, say: Say) -> str:
    """What a screen reader says of the pane: `Claim, Hit and run, parked car, Tomasz Wieczorek, urgent`."""
    item = model.row.item
    priority = priority_words(item.priority, say).lower() if wording.priority_level(item.priority) >= 3 else ""
    return ", ".join(part for part in (model.media_type.singular, item.subject, model.row.contact, priority) if part)

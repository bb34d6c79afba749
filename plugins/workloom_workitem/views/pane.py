"""The pane of an open item: head, case data, disposition, notes, and the context panel beside them."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workloom.api import ActionPlace, AttributeValue, Context, Event, Region, Subject
from workloom.api.ui import kit
from workloom_workitem.model import ItemModel, load
from workloom_workitem.panes import Panes
from workloom_workitem.titles import fill, names_for_title
from workloom_workitem.views.case_section import CaseSection
from workloom_workitem.views.disposition_section import DispositionSection
from workloom_workitem.views.header import Header
from workloom_workitem.views.notes_section import NotesSection

CONTEXT_WIDTH = 344
CONTEXT_NARROW = 280
HIDE_CONTEXT_BELOW = 1000
TICK_MS = 20_000


class ItemPane(QWidget):
    """Shows one item and keeps itself true by its events."""

    def __init__(self, context: Context, panes: Panes, item: str) -> None:
        super().__init__()
        self._context, self._panes, self._item = context, panes, item
        self._ui = kit(context)
        self._model: ItemModel | None = None
        self._wanted = False
        self._gone = False
        self.setObjectName(f"pane:{item}")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._header = Header(context, self._ui, self.subject)
        self._case = CaseSection(context, self._ui, item)
        self._disposition = DispositionSection(context, self._ui, item)
        self._notes = NotesSection(context, self._ui, item)
        self._beside = context.desktop.tabs(Region.ITEM_CONTEXT)
        self._show_beside = self._ui.button(
            "Contact and history", icon="panel-right", small=True, on_click=self._toggle
        )
        self._lay_out()
        self._keys()
        panes.add(item, self)
        undo = context.subscribe(self._happened, item=item)

        def gone() -> None:
            self._gone = True
            undo()
            panes.remove(item, self)

        self.destroyed.connect(lambda _gone: gone())
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._say_times)
        self._tick.start()
        self._load()

    def subject(self) -> Subject | None:
        """What the toolbar works on."""
        return Subject(place=ActionPlace.ITEM_TOOLBAR, rows=(self._model.row,)) if self._model else None

    def fault(self, missing: Sequence[AttributeValue], *, disposition: bool) -> str:
        """Move to the first field at fault and say what is missing; empty = nothing."""
        said = self._case.first_fault(missing)
        if said:
            return said
        if disposition:
            self._disposition.focus()
            return "Choose a disposition before Done."
        return ""

    def save(self, then: Callable[[], None]) -> None:
        """Save what is typed, the note included, before the item goes elsewhere."""
        self._case.save_all(lambda: self._notes.add(then))

    def focus_first(self) -> None:
        """Go to the first field."""
        self._case.setFocus()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        body = QWidget()
        body.setProperty("ground", "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._case.corner.addWidget(self._show_beside)
        for section in (self._case, self._disposition):
            column.addWidget(section)
            column.addWidget(self._ui.line())
        column.addWidget(self._notes, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scroll, 1)
        self._edge = self._ui.line(vertical=True)
        row.addWidget(self._edge)
        if isinstance(self._beside, QWidget):
            row.addWidget(self._beside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._ui.line())
        whole.addLayout(row, 1)

    def _keys(self) -> None:
        for key, run in (
            ("Ctrl+D", self._disposition.focus),
            ("Ctrl+E", self._notes.focus),
            ("Ctrl+H", self._toggle),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _load(self) -> None:
        services, now = self._context.services, self._context.now()
        self._context.read(lambda: load(services, self._item, now), self._show, failed=lambda _error: None)

    def _show(self, model: ItemModel) -> None:
        if self._gone:
            return
        first = self._model is None
        self._model = model
        self._header.show_model(model, self._title(model), self._context.now())
        self._case.show_model(model)
        self._case.setVisible("CaseData" in model.options.words("interaction.case-data.content"))
        self._disposition.show_model(model)
        self._notes.show_model(model)
        name = model.contact.full_name if model.contact else "Contact"
        self._show_beside.setText(f"{name} and history")
        if first and isinstance(self._beside, QWidget):
            show_item = getattr(self._beside, "show_item", None)
            if show_item is not None:
                show_item(self._item)
        color = model.options.text("interaction.case-data.frame-color")
        self._case.setStyleSheet(f"CaseSection {{ border-left: 3px solid {color}; }}" if color else "")

    def _title(self, model: ItemModel) -> str:
        contact = model.contact
        values = {name: contact.first(name) for name in contact.attributes} if contact else {}
        template = model.options.text("interaction.window-title")
        names = names_for_title(model.row, model.row.item.attached, values)
        return fill(template, names) or model.row.item.subject

    def _say_times(self) -> None:
        if self._model is not None:
            self._header.show_model(self._model, self._title(self._model), self._context.now())

    def _happened(self, event: Event) -> None:
        del event
        self._load()

    def _toggle(self) -> None:
        if isinstance(self._beside, QWidget):
            self._wanted = self._beside.isHidden()
            self._beside.setVisible(self._wanted)
            self._edge.setVisible(self._wanted)

    def _fit(self) -> None:
        if not isinstance(self._beside, QWidget):
            return
        width = self.width()
        narrow = width < HIDE_CONTEXT_BELOW
        self._beside.setFixedWidth(CONTEXT_WIDTH if width >= 1120 else CONTEXT_NARROW)
        self._show_beside.setVisible(narrow)
        shown = not narrow or self._wanted
        self._beside.setVisible(shown)
        self._edge.setVisible(shown)

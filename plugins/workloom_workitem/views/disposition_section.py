"""The disposition of an item: a tree of values, those chosen last as chips."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workloom.api import AttributeValue, Context, Interaction, Notice, SetDisposition, Tone, WorkloomError, privileges
from workloom.api.ui import Choice, Field, Ui
from workloom_workitem.dispositions import quick_choices, read_recent
from workloom_workitem.model import ItemModel

QUICK = 4
COMBO_LEAST = 240


def choices_of(values: Sequence[AttributeValue]) -> tuple[Choice, ...]:
    """Values of a business attribute as entries of a combo; folders stay folders."""
    return tuple(
        Choice(id=value.name, text=value.title or value.name, choices=choices_of(value.values)) for value in values
    )


class DispositionSection(QWidget):
    """Shown only to whom the privilege is given, and where there is something to choose."""

    def __init__(self, context: Context, ui: Ui, item: str) -> None:
        super().__init__()
        self._context, self._ui, self._item = context, ui, item
        self._values: tuple[AttributeValue, ...] | None = None
        self._recent: tuple[str, ...] = ()
        self._combo: Field | None = None
        self._caption: QLabel | None = None
        self._chips: dict[str, QPushButton] = {}
        self._current, self._choosing, self._editable = "", 0, False
        self._badge, self._translate = ui.badge(), context.translate
        self._badge.widget.setObjectName("disposition.badge")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ui.label(context.translate("Disposition"), "panel-title"))
        head.addWidget(self._badge.widget)
        head.addStretch(1)
        head.addWidget(ui.key_caps("Ctrl+D"))
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._row)
        self.hide()
        context.read(partial(read_recent, context.services), self._take_recent, failed=lambda _error: None)

    def show_model(self, model: ItemModel) -> None:
        """Show what is chosen."""
        values = model.dispositions.values if model.dispositions else ()
        if not values or not self._context.may(privileges.SET_DISPOSITION):
            self.hide()
            return
        if values != self._values:
            self._values = values
            self._build()
        if not self._choosing:
            self._current = model.row.item.disposition
        self._editable = model.is_mine
        self._show_current()
        self.show()
        if self._current:
            self._badge.set(self._translate("Chosen"), "success", "check")
        elif model.disposition_mandatory:
            self._badge.set(self._translate("Needed before Done"), "warning", "circle-alert")
        else:
            self._badge.set("")

    def needs_choice(self, *, focus: bool) -> bool:
        """Whether nothing is chosen or being chosen; with `focus` the keyboard goes there."""
        if self._current or self._choosing:
            return False
        if focus:
            self.focus()
        return True

    def focus(self) -> None:
        """Go to the combo."""
        if self._combo is not None:
            self._combo.widget.setFocus()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._fit()

    def _take_recent(self, recent: tuple[str, ...]) -> None:
        self._recent = recent
        if self._values is not None:
            self._offer()
            self._show_current()

    def _build(self) -> None:
        values, say = self._values or (), self._translate
        self._empty(0)
        combo = self._ui.combo(say("Disposition"), choices_of(values), placeholder=say("Choose a disposition"))
        combo.widget.setObjectName("disposition.combo")
        combo.widget.setMinimumWidth(COMBO_LEAST)
        combo.on_left(lambda: self._choose(combo.text()))
        self._combo = combo
        self._row.addWidget(combo.widget, 2)
        self._offer()

    def _empty(self, place: int) -> None:
        """Take away what stands in the row from a place on."""
        while (entry := self._row.takeAt(place)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _offer(self) -> None:
        """Chips beside the combo, which stays as it is: somebody may be choosing there."""
        values = self._values or ()
        self._empty(1)
        self._chips.clear()
        quick, is_recent = quick_choices(values, self._recent, QUICK)
        self._row.addSpacing(8)
        self._caption = self._ui.label(self._translate("Recent"), "muted") if is_recent else None
        if self._caption is not None:
            self._row.addWidget(self._caption)
        for value in quick:
            chip = self._ui.chip(value.title or value.name, on_toggle=partial(self._toggled, value.name))
            self._chips[value.name] = chip
            self._row.addWidget(chip)
        self._row.addStretch(1)
        self._fit()

    def _fit(self) -> None:
        """Chips that have no room go from the right."""
        room = self.width() - 48 - COMBO_LEAST - 16
        if self._caption is not None:
            room -= self._caption.sizeHint().width() + 8
        for chip in self._chips.values():
            room -= chip.sizeHint().width() + 8
            chip.setVisible(room >= 0)
        if self._caption is not None:
            self._caption.setVisible(any(not chip.isHidden() for chip in self._chips.values()))

    def _show_current(self) -> None:
        assert self._combo is not None, "it is built before it is shown"
        self._combo.set_text(self._current)
        self._combo.widget.setEnabled(self._editable)
        for value, chip in self._chips.items():
            chip.setChecked(value == self._current)
            chip.setEnabled(self._editable)

    def _toggled(self, value: str, on: bool) -> None:
        self._choose(value if on else "")

    def _choose(self, value: str) -> None:
        if value == self._current:
            return
        before, self._current = self._current, value
        self._choosing += 1
        self._show_current()

        def done(item: Interaction) -> None:
            self._choosing -= 1
            if not self._choosing:
                self._current = item.disposition

        def failed(error: WorkloomError) -> None:
            self._choosing -= 1
            self._current = before
            self._show_current()
            title = self._translate("Disposition not set")
            said = Notice(title=title, text=str(error), tone=Tone.ERROR, about=self._item)
            self._context.notify(said)

        self._context.change(SetDisposition(item=self._item, value=value), done, failed)

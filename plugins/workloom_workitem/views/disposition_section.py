"""The disposition of an item: a tree of values, the last used ones as chips."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workloom.api import AttributeValue, Context, Interaction, Notice, SetDisposition, Tone, WorkloomError, privileges
from workloom.api.ui import Choice, Field, Ui
from workloom_workitem.model import ItemModel

QUICK = 4


def choices_of(values: Sequence[AttributeValue]) -> tuple[Choice, ...]:
    """Values of a business attribute as entries of a combo; folders stay folders."""
    return tuple(
        Choice(id=value.name, text=value.title or value.name, choices=choices_of(value.values)) for value in values
    )


def leaves(values: Sequence[AttributeValue]) -> tuple[AttributeValue, ...]:
    """Values that can be chosen, in order."""
    found: list[AttributeValue] = []
    for value in values:
        found += leaves(value.values) if value.values else (value,)
    return tuple(found)


class DispositionSection(QWidget):
    """Shown only to whom the privilege is given, and where there is something to choose."""

    def __init__(self, context: Context, ui: Ui, item: str) -> None:
        super().__init__()
        self._context, self._ui, self._item = context, ui, item
        self._values: tuple[AttributeValue, ...] | None = None
        self._combo: Field | None = None
        self._chips: dict[str, QPushButton] = {}
        self._current = ""
        self._badge = ui.badge()
        self._badge.widget.setObjectName("disposition.badge")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ui.label("Disposition", "panel-title"))
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

    def show_model(self, model: ItemModel) -> None:
        """Show what is chosen."""
        values = model.dispositions.values if model.dispositions else ()
        allowed = self._context.may(privileges.SET_DISPOSITION)
        if not values or not allowed:
            self.hide()
            return
        if values != self._values:
            self._build(values)
        self.show()
        self._current = model.row.item.disposition
        assert self._combo is not None
        self._combo.set_text(self._current)
        read_only = not model.is_mine
        self._combo.widget.setEnabled(not read_only)
        for value, chip in self._chips.items():
            chip.setChecked(value == self._current)
            chip.setEnabled(not read_only)
        if self._current:
            self._badge.set("Chosen", "success", "check")
        elif model.options.flag("interaction.disposition.is-mandatory"):
            self._badge.set("Needed before Done", "warning", "circle-alert")
        else:
            self._badge.set("")

    def focus(self) -> None:
        """Go to the combo."""
        if self._combo is not None:
            self._combo.widget.setFocus()

    def _build(self, values: tuple[AttributeValue, ...]) -> None:
        self._values = values
        while (entry := self._row.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.deleteLater()
        self._chips.clear()
        combo = self._ui.combo("Disposition", choices_of(values), placeholder="Choose a disposition")
        combo.widget.setObjectName("disposition.combo")
        combo.on_left(lambda: self._choose(combo.text()))
        self._combo = combo
        self._row.addWidget(combo.widget, 2)
        for value in leaves(values)[:QUICK]:
            chip = self._ui.chip(value.title or value.name, on_toggle=partial(self._toggled, value.name))
            self._chips[value.name] = chip
            self._row.addWidget(chip)
        self._row.addStretch(1)

    def _toggled(self, value: str, on: bool) -> None:
        self._choose(value if on else "")

    def _choose(self, value: str) -> None:
        if value == self._current:
            return

        def done(item: Interaction) -> None:
            self._current = item.disposition

        def failed(error: WorkloomError) -> None:
            if self._combo is not None:
                self._combo.set_text(self._current)
            for name, chip in self._chips.items():
                chip.setChecked(name == self._current)
            self._context.notify(Notice(title="Disposition not set", text=str(error), tone=Tone.ERROR))

        self._context.change(SetDisposition(item=self._item, value=value), done, failed)

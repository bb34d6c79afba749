"""Case data as a form: each field is checked and saved as it is left; a crash loses at most a second of typing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workloom.api import (
    AttributeValue,
    Context,
    Interaction,
    SetProperties,
    Value,
    WorkloomError,
    case_data,
    privileges,
    wording,
)
from workloom.api.ui import Choice, Field, Ui
from workloom_workitem.model import ItemModel

DRAFT = "case:"


class CaseSection(QWidget):
    """The form of one item."""

    def __init__(self, context: Context, ui: Ui, item: str) -> None:
        super().__init__()
        self._context, self._ui, self._item = context, ui, item
        self._form = ui.form()
        self._specs: dict[str, AttributeValue] = {}
        self._fields: dict[str, Field] = {}
        self._saved: dict[str, str] = {}
        self._shape: tuple[object, ...] = ()
        self._count = ui.label(role="muted")
        self._status = ui.label(role="muted")
        self._status.setObjectName("case.status")
        self._picture = QLabel()
        self._retry = ui.button("Retry", kind="quiet", small=True, on_click=self.save_all)
        self._retry.hide()
        self.corner = QHBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ui.label("Case data", "panel-title"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addLayout(self.corner)
        for widget in (self._picture, self._status, self._retry):
            head.addWidget(widget)
        self._hint = ui.label("* needed", "meta")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(10)
        self._column.addLayout(head)
        self._column.addWidget(self._form.widget)
        self._column.addWidget(self._hint)

    def show_model(self, model: ItemModel) -> None:
        """Show the values; fields that the person is editing keep what is typed."""
        editable = model.is_mine
        shape = (model.fields, editable)
        if shape != self._shape:
            self._build(model.fields, editable)
            self._shape = shape
            self._count.setText(wording.count(len(model.fields), "field"))
            self._hint.setVisible(any(spec.required for spec in model.fields) and bool(self._fields))
            self._show_values(model, first=True)
            self._restore()
        else:
            self._show_values(model, first=False)

    def field(self, name: str) -> Field | None:
        """The field of a key, None if it cannot be edited here."""
        return self._fields.get(name)

    def first_fault(self, missing: Sequence[AttributeValue]) -> str:
        """Mark what is missing or wrong, move to the first of it, and say how much there is; empty = nothing."""
        names = {spec.name for spec in missing}
        faults: list[str] = []
        for name, field in self._fields.items():
            problem = case_data.problem_with(self._specs[name], field.text())
            # What has just been typed is not saved yet and not missing any more.
            if problem or (name in names and not field.text().strip()):
                self._form.set_error(name, problem)
                faults.append(name)
        if not faults:
            return ""
        self._fields[faults[0]].widget.setFocus()
        titles = [self._specs[name].title or name for name in faults]
        return f"{', '.join(titles)} {'needs' if len(titles) == 1 else 'need'} a value that fits."

    def save_all(self, then: Callable[[], None] = lambda: None) -> None:
        """Save every field that differs and fits; `then` when nothing is left to save."""
        changes: dict[str, Value | None] = {}
        for name, field in self._fields.items():
            text = field.text()
            if text != self._saved.get(name, "") and not case_data.problem_with(self._specs[name], text):
                changes[name] = case_data.stored(self._specs[name], text)
        if changes:
            self._save(changes, then)
        else:
            then()

    def _build(self, fields: Sequence[AttributeValue], editable: bool) -> None:
        old = self._form.widget
        self._form = self._ui.form()
        self._column.replaceWidget(old, self._form.widget)
        old.deleteLater()
        self._fields.clear()
        self._saved.clear()
        self._specs = {spec.name: spec for spec in fields}
        may_edit = editable and self._context.may(privileges.CASE_EDIT)
        for spec in fields:
            title = spec.title or spec.name
            if spec.read_only or not may_edit:
                self._form.add_text(spec.name, title, "")
                continue
            field = self._field_for(spec, title)
            field.widget.setObjectName(f"case.{spec.name}")
            field.on_edited(partial(self._edited, spec.name))
            field.on_left(partial(self._left, spec.name))
            self._fields[spec.name] = field
            self._form.add(spec.name, title, field, required=spec.required, wide=spec.type == "multiline")

    def _field_for(self, spec: AttributeValue, title: str) -> Field:
        match spec.type:
            case "enum":
                choices = spec.choices or tuple(value.name for value in spec.values)
                return self._ui.combo(
                    title, [Choice(id=choice, text=choice) for choice in choices], placeholder="Choose"
                )
            case "date":
                return self._ui.date_field(title)
            case "bool":
                return self._ui.check(title, spec.hint or "Yes")
            case "multiline":
                return self._ui.text_area(title, lines=3)
        return self._ui.text_field(title, unit=spec.unit)

    def _show_values(self, model: ItemModel, *, first: bool) -> None:
        for name, spec in self._specs.items():
            value = case_data.shown(spec, model.row.item.attached.get(name))
            field = self._fields.get(name)
            if field is None:
                self._form.set_text(name, f"{value} {spec.unit}".strip() if value else "—")
                continue
            untouched = field.text() == self._saved.get(name, "")
            if value != self._saved.get(name) and (first or untouched):
                field.set_text(value)
                if not first:
                    self._form.flash(name, "changed by somebody else")
            self._saved[name] = field.text() if first else value

    def _restore(self) -> None:
        for kept, text in self._context.drafts.of(self._item).items():
            name = kept.removeprefix(DRAFT)
            if kept.startswith(DRAFT) and name in self._fields and text != self._saved.get(name):
                self._fields[name].set_text(text)
                self._form.flash(name, "kept from before, not saved yet")
                self._say("Not saved yet: kept from before", icon="triangle-alert", tone="warning", retry=True)

    def _edited(self, name: str) -> None:
        self._form.set_error(name, "")
        text = self._fields[name].text()
        self._context.drafts.keep(self._item, DRAFT + name, "" if text == self._saved.get(name, "") else text)

    def _left(self, name: str) -> None:
        field = self._fields.get(name)
        if field is None or field.text() == self._saved.get(name, ""):
            return
        problem = case_data.problem_with(self._specs[name], field.text())
        self._form.set_error(name, problem)
        if not problem:
            self._save({name: case_data.stored(self._specs[name], field.text())}, lambda: None)

    def _save(self, changes: dict[str, Value | None], then: Callable[[], None]) -> None:
        typed = {name: self._fields[name].text() for name in changes if name in self._fields}
        self._say("Saving…")

        def saved(item: Interaction) -> None:
            for name, text in typed.items():
                field = self._fields.get(name)
                value = case_data.shown(self._specs[name], item.attached.get(name)) if name in self._specs else ""
                if field is not None and field.text() == text:
                    field.set_text(value)
                    self._context.drafts.keep(self._item, DRAFT + name, "")
                self._saved[name] = value
            self._say(f"All changes saved {_clock(self._context.now())}", icon="check")
            then()

        def failed(error: WorkloomError) -> None:
            self._say(f"Not saved: {error}", icon="circle-alert", tone="danger", retry=True)

        self._context.change(SetProperties(item=self._item, changes=changes), saved, failed)

    def _say(self, text: str, *, icon: str = "", tone: str = "", retry: bool = False) -> None:
        self._status.setText(text)
        self._status.setProperty("tone", tone)
        style = self._status.style()
        if style is not None:
            style.unpolish(self._status)
            style.polish(self._status)
        self._picture.setVisible(bool(icon))
        if icon:
            self._picture.setPixmap(self._ui.pixmap(icon, token=tone or "muted"))
        self._retry.setVisible(retry)


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"

"""The fields of the case data: what they are made of, what is typed, and what is saved."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from PyQt6.QtWidgets import QLineEdit, QWidget

from workloom.api import AttributeValue, Say, Value, case_data, links
from workloom.api.ui import Choice, Field, Form, Ui
from workloom_workitem.case_rights import CaseRights, text_in_field
from workloom_workitem.model import ItemModel

Edited = Callable[[str], None]


class CaseFields:
    """One form, made for these fields and rights. `edited(key)` and `left(key)` tell what the person does."""

    def __init__(self, ui: Ui, say: Say, model: ItemModel, rights: CaseRights, edited: Edited, left: Edited) -> None:
        self._ui, self._translate = ui, say
        self.form: Form = ui.form()
        self.specs = {spec.name: spec for spec in model.fields}
        self.shape = shape_of(model, rights)
        self._rights = rights
        self._fields: dict[str, Field] = {}
        self._saved: dict[str, str] = {}
        for spec, can_type in zip(model.fields, self.shape[1], strict=True):
            title = spec.title or spec.name
            if not can_type:
                self.form.add_text(spec.name, title, "")
                continue
            field = self._field_for(spec, title)
            field.widget.setObjectName(f"case.{spec.name}")
            field.on_edited(partial(edited, spec.name))
            field.on_left(partial(left, spec.name))
            self._fields[spec.name] = field
            self.form.add(spec.name, title, field, required=spec.required, wide=spec.type == "multiline")
        for name in self._fields:
            self._saved[name] = text_in_field(self.specs[name], model.row.item.attached.get(name))
            self._fields[name].set_text(self._saved[name])
            self._saved[name] = self._fields[name].text()
        self.show_read(model)

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def text(self, name: str) -> str:
        """What is typed."""
        return self._fields[name].text()

    def saved(self, name: str) -> str:
        """What the service has, as the field shows it."""
        return self._saved[name]

    def differs(self, name: str) -> bool:
        """Whether something is typed that is not saved."""
        return self._fields[name].text() != self._saved[name]

    def type(self, name: str, text: str) -> None:
        """Put a text into the field as if it had been typed."""
        self._fields[name].set_text(text)

    def take(self, name: str, attached: Mapping[str, Value], *, show: bool) -> None:
        """The service has this value now; `show` it in the field as well."""
        text, field = text_in_field(self.specs[name], attached.get(name)), self._fields[name]
        if show and field.text() != text:
            field.set_text(text)
            if isinstance(field.widget, QLineEdit) and field.widget.hasFocus():
                field.widget.end(mark=False)  # the person types on behind it
        self._saved[name] = text

    def title(self, name: str) -> str:
        """What people call the field."""
        spec = self.specs[name]
        return spec.title or spec.name

    def problem(self, name: str) -> str:
        """Why what is typed cannot be saved; empty = it can."""
        return self._rights.problem(self.specs[name], self.text(name), self._saved[name])

    def changes(self, names: Iterable[str]) -> dict[str, Value | None]:
        """What there is to save in these fields: those that differ and fit."""
        ready = (name for name in names if self.differs(name) and not self.problem(name))
        return {name: case_data.stored(self.specs[name], self.text(name)) for name in ready}

    def focus(self, name: str) -> None:
        """Go to a field."""
        self._fields[name].widget.setFocus()

    def focused(self) -> tuple[str, int]:
        """The field that has the keyboard and the place in it; empty = none."""
        for name, field in self._fields.items():
            if field.widget.hasFocus():
                widget = field.widget
                return name, widget.cursorPosition() if isinstance(widget, QLineEdit) else 0
        return "", 0

    def give_back_focus(self, name: str, place: int) -> None:
        """The form was made anew: the person types on."""
        widget: QWidget | None = self._fields[name].widget if name in self._fields else None
        if widget is not None:
            widget.setFocus()
        if isinstance(widget, QLineEdit):
            widget.setCursorPosition(place)

    def show_read(self, model: ItemModel) -> None:
        """Show the values that are only read."""
        attached, options = model.row.item.attached, model.options
        for name, spec in self.specs.items():
            if name in self._fields:
                continue
            self.form.set_text(name, self._in_words(spec, attached.get(name)) or "—")
            address = links.web_address(str(attached.get(name, "")))
            if not address or not options.flag("interaction.case-data.enable-hyperlink"):
                self.form.set_link(name, None)
                continue
            preview = options.flag("interaction.case-data.enable-url-preview")
            host, say = links.host_of(address), self._translate
            tip = say("Opens {host}: {address}", host=host, address=address) if preview else ""
            self.form.set_link(name, partial(self._open, address), tip)

    def _in_words(self, spec: AttributeValue, value: object) -> str:
        say, words = self._translate, case_data.in_words(spec, value)
        return {"Yes": say("Yes"), "No": say("No")}.get(words, words) if spec.type == "bool" else words

    def _open(self, address: str) -> None:
        self._ui.open_address(address)

    def _field_for(self, spec: AttributeValue, title: str) -> Field:
        say = self._translate
        match spec.type:
            case "enum":
                choices = [Choice(id=choice, text=choice) for choice in spec.choices]
                choices += [Choice(id=value.name, text=value.title or value.name) for value in spec.values]
                return self._ui.combo(title, choices, placeholder=say("Choose"))
            case "date":
                return self._ui.date_field(title)
            case "date-time":
                return self._ui.date_time_field(title)
            case "bool":
                return self._ui.check(title, spec.hint or say("Yes"))
            case "multiline":
                return self._ui.text_area(title, lines=3)
        return self._ui.text_field(title, unit=spec.unit)


def shape_of(model: ItemModel, rights: CaseRights) -> tuple[tuple[AttributeValue, ...], tuple[bool, ...]]:
    """What a form is made for: its fields, and which of them can be typed into."""
    attached = model.row.item.attached
    can_type = tuple(model.is_mine and rights.can_type(spec, attached.get(spec.name)) for spec in model.fields)
    return model.fields, can_type

"""The view of all options: who set what, and an editor made of each declaration that writes what to set."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication, QShowEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.api import (
    Column,
    Context,
    Event,
    EventKind,
    Notice,
    OptionSpec,
    OptionType,
    PageRequest,
    Person,
    as_setting,
    option_catalogue,
    plugins_of,
    read_typed,
    value_words,
    wording,
)
from workloom.api.ui import Choice, Field, Ui, WhenGone, kit
from workloom_inspector.settings import Shown, row, shown, tables

WIDTH = 400
COLUMNS = (
    Column(key="name", title="Option", width=280, stretch=True),
    Column(key="value", title="In effect", width=200),
    Column(key="layer", title="Set by", width=160),
    Column(key="by", title="Declared by", width=120, optional=True),
)


class OptionsView(QWidget):
    """Shows what holds for the agent; a change is written as lines of a site file, which an administrator applies."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("options")
        self._context, self._ui = context, kit(context)
        self._catalogue = option_catalogue(plugins_of(context))
        ui = self._ui
        self._count = ui.label(role="muted")
        hint = "Filter by name, meaning, value or layer"
        self.search = ui.search_field("Filter the options", placeholder=hint, key="Ctrl+F")
        self.search.on_edited(self.filter_again)
        self.table = ui.table("Options", COLUMNS)
        self.table.on_fetch(self._fetch)
        self.editor = Editor(context, ui)
        self.table.on_current(self._choose)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(10)
        first = QHBoxLayout()
        first.addWidget(ui.label("Options", "panel-title"))
        first.addWidget(self._count)
        first.addStretch(1)
        head.addLayout(first)
        head.addWidget(self.search.widget)
        left = QWidget()
        left.setProperty("ground", "surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table.widget, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left, 1)
        whole.addWidget(ui.line(vertical=True))
        self.editor.setFixedWidth(WIDTH)
        whole.addWidget(self.editor)
        self.setFocusProxy(self.table.widget)
        self._end = WhenGone(self, context.subscribe(self._happened))
        context.read(context.services.configuration.me, self.editor.show_person)

    def options(self) -> tuple[Shown, ...]:
        """The options on show."""
        return shown(self._catalogue, self._context.options(), self.search.text())

    def filter_again(self) -> None:
        """The filter is another one."""
        self.table.reset_rows()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Qt: it is seen."""
        super().showEvent(event)
        self.table.refresh()
        self.table.widget.setFocus()

    def _happened(self, event: Event) -> None:
        if event.kind is EventKind.SITE_APPLIED:
            self.table.refresh()

    def _fetch(self, request: PageRequest) -> None:
        options = self.options()
        self._count.setText(wording.count(len(options), "option"))
        places = {one.name: place for place, one in enumerate(options) if one.name in request.find}
        page = options[request.offset : request.offset + request.limit]
        request.answer([row(one) for one in page], len(options), places)

    def _choose(self, name: str) -> None:
        one = next((one for one in self.options() if one.name == name), None)
        if one is not None:
            self.editor.show_option(one)


class Editor(QWidget):
    """The field of one option, made of its declaration, and what to write for another value."""

    def __init__(self, context: Context, ui: Ui) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        ui.pane(self)
        self._context, self._ui = context, ui
        self._person: Person | None = None
        self._one: Shown | None = None
        self._made_for: Person | None = None
        self._body = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.addWidget(self._body)
        self._column.addStretch(1)

    def show_person(self, me: Person) -> None:
        """The layers are those of this person."""
        self._person = me
        if self._one is not None:
            self.show_option(self._one)

    def show_option(self, one: Shown) -> None:
        """Show an option with the value in effect."""
        if self._one == one and self._made_for is self._person:
            return
        self._one, self._made_for, ui, spec = one, self._person, self._ui, one.spec
        self._column.removeWidget(self._body)
        self._body.hide()
        self._body.deleteLater()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        title = ui.label(one.name, "panel-title", wrap=True, selectable=True)
        title.setObjectName("option.name")
        effect = f"Takes effect {_when(spec)}. Declared by {spec.declared_by}."
        strategy = " A strategy may override it for an item." if spec.strategy else ""
        column.addWidget(title)
        column.addWidget(ui.label(spec.meaning, wrap=True))
        column.addWidget(ui.label(f"{value_words(spec).capitalize()}. {effect}{strategy}", "small", wrap=True))
        field = self._field(spec)
        field.widget.setObjectName("option.value")
        field.set_text(one.value)
        column.addWidget(field.widget)
        problem = ui.label("", "danger", wrap=True)
        problem.setObjectName("option.problem")
        layers = tables(self._person) if self._person is not None else {"options": "Application, for everybody"}
        layer = ui.combo("Layer", [Choice(id=key, text=text) for key, text in layers.items()])
        layer.set_text("options")
        setting = ui.label("", "mono", wrap=True, selectable=True)
        setting.setObjectName("option.setting")
        column.addWidget(problem)
        for words, widget in (("Set for", layer.widget), ("In the site file", setting)):
            column.addWidget(ui.label(words, "small"))
            column.addWidget(widget)
        copy = ui.button("Copy", icon="copy", on_click=lambda: self._copy(setting.text()))
        column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(ui.label("An administrator applies it with workloom site apply.", "small", wrap=True))

        def say() -> None:
            value, wrong = read_typed(spec, field.text())
            problem.setText(wrong)
            problem.setVisible(bool(wrong))
            setting.setText("" if wrong else as_setting(layer.text(), one.name, value))
            copy.setEnabled(not wrong)

        for edited in (field, layer):
            edited.on_edited(say)
            edited.on_left(say)
        say()
        self._column.insertWidget(0, self._body)

    def _field(self, spec: OptionSpec) -> Field:
        ui = self._ui
        if spec.type is OptionType.FLAG:
            return ui.check(spec.name, "On")
        if spec.type is OptionType.CHOICE:
            return ui.combo(spec.name, [Choice(id=word, text=word or "nothing") for word in spec.allowed])
        return ui.text_field(spec.name, placeholder="Words with commas between" if spec.type is OptionType.LIST else "")

    def _copy(self, text: str) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(text)
            self._context.notify(Notice(title="Copied", text=text.splitlines()[-1] if text else ""))


def _when(spec: OptionSpec) -> str:
    effect = spec.takes_effect.value
    return effect if effect == "at once" else f"at the {effect}" if effect.startswith("next") else f"after a {effect}"

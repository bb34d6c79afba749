"""The editor of one option, made of its declaration: it is set after a dry run, or written for a site file."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from workloom.api import (
    Context,
    Notice,
    OptionChange,
    OptionLayer,
    OptionSpec,
    OptionType,
    OptionValue,
    Person,
    Say,
    TakesEffect,
    Tone,
    as_setting,
    offers,
    privileges,
    read_typed,
    value_words,
)
from workloom.api.ui import Choice, Field, Ui
from workloom_inspector.settings import Shown, change_words, tables

LEAST = 120


class Editor(QWidget):
    """The field of one option, and what becomes of another value: set at once, or copied for a site file."""

    def __init__(self, context: Context, ui: Ui) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        ui.pane(self)
        self._context, self._ui = context, ui
        self._person: Person | None = None
        self._one: Shown | None = None
        self._made_for: Person | None = None
        self._body, inside = QWidget(), QWidget()
        inside.setProperty("ground", "surface")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self._column = QVBoxLayout(inside)
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
        self._one, self._made_for = one, self._person
        self._column.removeWidget(self._body)
        self._body.hide()
        self._body.deleteLater()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for label in self._head(one):
            column.addWidget(label)
        self._edit(one, column)
        self._column.insertWidget(0, self._body)

    def _head(self, one: Shown) -> list[QWidget]:
        """What the option is."""
        ui, spec = self._ui, one.spec
        title = ui.label(one.name, "panel-title", wrap=True, selectable=True)
        title.setObjectName("option.name")
        say = self._context.translate
        said = [_when(spec, say), say("Declared by {plugin}.", plugin=spec.declared_by)]
        if spec.strategy:
            said.append(say("A strategy may override it for an item."))
        words = ", ".join(part.strip() for part in value_words(spec).split(","))  # so that a long list can be broken
        kind = ui.label(" ".join((f"{words[:1].upper()}{words[1:]}.", *said)), "small", wrap=True)
        return [title, ui.label(spec.meaning, wrap=True), kind]

    def _edit(self, one: Shown, column: QVBoxLayout) -> None:
        """Value, layer, the lines of a site file, and buttons that follow what is typed."""
        ui, spec, translate = self._ui, one.spec, self._context.translate
        field = self._field(spec)
        field.widget.setObjectName("option.value")
        field.set_text(one.value)
        problem, setting = ui.label("", "danger", wrap=True), ui.label("", "mono", wrap=True, selectable=True)
        problem.setObjectName("option.problem")
        setting.setObjectName("option.setting")
        layers = tables(self._person, translate)
        layer = ui.combo(translate("Layer"), [Choice(id=key, text=text) for key, (_layer, text) in layers.items()])
        layer.set_text("options")
        for edit in (field.widget, layer.widget):
            edit.setMinimumWidth(LEAST)  # longer choices are cut
        column.addWidget(field.widget)
        column.addWidget(problem)
        for words, widget in ((translate("Set for"), layer.widget), (translate("In the site file"), setting)):
            column.addWidget(ui.label(words, "small"))
            column.addWidget(widget)

        def chosen() -> tuple[OptionValue, OptionLayer]:
            return read_typed(spec, field.text())[0], layers[layer.text()][0]

        copy = ui.button(translate("Copy"), icon="copy", on_click=lambda: self._copy(setting.text()))
        apply = self._appliers(one.name, chosen, copy, column)

        def show() -> None:
            value, wrong = read_typed(spec, field.text())
            problem.setText(wrong)
            problem.setVisible(bool(wrong))
            setting.setText("" if wrong else as_setting(layer.text(), one.name, value))
            for button in (*apply, copy):
                button.setEnabled(not wrong)

        for edited in (field, layer):
            edited.on_edited(show)
            edited.on_left(show)
        show()

    def _appliers(
        self, name: str, chosen: Callable[[], tuple[OptionValue, OptionLayer]], copy: QWidget, column: QVBoxLayout
    ) -> Sequence[QWidget]:
        """Copy, and before it the buttons of who may change the configuration; those of them that need a value."""
        say, how = self._context.translate, self._elsewhere()
        if how:
            column.addWidget(copy)
            column.addWidget(self._ui.label(how, "small", wrap=True))
            return ()
        apply = self._ui.button(say("Apply"), kind="primary", on_click=lambda: self._try(name, *chosen()))
        remove = self._ui.button(say("Take away"), on_click=lambda: self._try(name, None, chosen()[1]))
        apply.setObjectName("option.apply")
        remove.setObjectName("option.remove")
        column.addWidget(self._ui.wrapping(apply, remove, copy))
        return (apply,)

    def _elsewhere(self) -> str:
        """Where the option is set if not here; empty = here."""
        say = self._context.translate
        if not offers(self._context.services.configuration.set_option):
            return say("It cannot be set from the desktop. Set it in the system that the desktop works on.")
        if not self._context.may(privileges.ADMIN_CHANGE):
            return say("An administrator applies it with workloom site apply.")
        return ""

    def _field(self, spec: OptionSpec) -> Field:
        ui, say = self._ui, self._context.translate
        if spec.type is OptionType.FLAG:
            return ui.check(spec.name, say("On"))
        if spec.type is OptionType.CHOICE:
            return ui.combo(spec.name, [Choice(id=word, text=word or say("nothing")) for word in spec.allowed])
        is_list = spec.type is OptionType.LIST
        return ui.text_field(spec.name, placeholder=say("Words with commas between") if is_list else "")

    def _try(self, option: str, value: OptionValue | None, layer: OptionLayer) -> None:
        """A dry run first: what it says is asked before anything is changed."""
        put = partial(self._context.services.configuration.set_option, option, value, layer)

        def asked(change: OptionChange) -> None:
            say = self._context.translate
            words = change_words(change, say)
            if change.before == change.after:
                self._context.notify(Notice(title=say("Nothing to change"), text=words))
            elif self._ui.confirm(say("Set {option}?", option=option), words, say("Apply")):
                self._context.read(put, lambda done: self._tell(option, done))

        self._context.read(partial(put, dry_run=True), asked)

    def _tell(self, option: str, change: OptionChange) -> None:
        say = self._context.translate
        title = say("{option} is set", option=option)
        self._context.notify(Notice(title=title, text=change_words(change, say), tone=Tone.SUCCESS))

    def _copy(self, text: str) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(text)
            title = self._context.translate("Copied")
            self._context.notify(Notice(title=title, text=text.splitlines()[-1] if text else ""))


def _when(spec: OptionSpec, say: Say) -> str:
    return {
        TakesEffect.AT_ONCE: say("Takes effect at once."),
        TakesEffect.NEXT_INTERACTION: say("Takes effect at the next interaction."),
        TakesEffect.NEXT_SEARCH: say("Takes effect at the next search."),
        TakesEffect.NEXT_LOGIN: say("Takes effect at the next login."),
        TakesEffect.RESTART: say("Takes effect after a restart."),
    }[spec.takes_effect]

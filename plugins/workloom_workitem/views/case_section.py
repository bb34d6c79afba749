"""Case data as a form: each field is checked and saved as it is left; a crash loses at most a second of typing."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.api import (
    AttributeValue,
    BadInput,
    Context,
    Interaction,
    SetProperties,
    Value,
    WorkloomError,
    say_count,
)
from workloom.api.ui import Ui
from workloom_workitem.api import Problem
from workloom_workitem.case_drafts import CaseDrafts
from workloom_workitem.case_rights import CaseRights
from workloom_workitem.model import ItemModel
from workloom_workitem.views.add_value import AddValue
from workloom_workitem.views.case_fields import CaseFields, shape_of
from workloom_workitem.views.conflict import ConflictBar
from workloom_workitem.views.save_state import SaveState

FRAME = 2


class CaseSection(QWidget):
    """The form of one item. `saving()` is called when a change goes out and when its answer is there."""

    def __init__(self, context: Context, ui: Ui, item: str, saving: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("case")
        self._context, self._ui, self._item, self._saving = context, ui, item, saving
        self._rights, self._drafts = CaseRights.of(context), CaseDrafts(context, item)
        self._fields: CaseFields | None = None
        self._in_flight: dict[str, str] = {}
        self._frame = QColor()
        self._count = ui.label(role="muted")
        say = self._translate = context.translate
        self._state = SaveState(ui, say, "case.status")
        self._conflicts = ConflictBar(ui, say, self._keep_mine, self._take_theirs)
        self._conflicts.setObjectName("conflict")
        self._add = AddValue(ui, say, self._add_value)
        self.corner = QHBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ui.label(say("Case data"), "panel-title"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addLayout(self.corner)
        head.addWidget(self._state)
        self._form = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(10)
        self._column.addLayout(head)
        for widget in (self._conflicts, self._form, self._add):
            self._column.addWidget(widget)

    def show_model(self, model: ItemModel) -> None:
        """Show the values; fields that the person is editing keep what is typed."""
        self._frame = QColor(model.options.text("interaction.case-data.frame-color"))
        self.update()
        self._rights = CaseRights.of(self._context)
        if self._fields is None or self._fields.shape != shape_of(model, self._rights):
            self._build(model)
            return
        for name in self._fields:
            if name not in self._in_flight:
                self._follow(self._fields, name, model)
        self._fields.show_read(model)

    def first_fault(self, missing: Sequence[AttributeValue]) -> str:
        """Mark what is missing or wrong, move to the first of it, and say how much there is; empty = nothing."""
        fields = self._fields
        if fields is None:
            return ""
        names = {spec.name for spec in missing}
        # What has just been typed is not saved yet and not missing any more.
        problems = {name: self._problem(fields, name) for name in fields}
        problems = {
            name: problem
            for name, problem in problems.items()
            if problem or (name in names and not fields.text(name).strip())
        }
        for name, problem in problems.items():
            fields.form.set_error(name, problem)
        if not problems:
            return ""
        fields.focus(next(iter(problems)))
        titles = ", ".join(fields.title(name) for name in problems)
        say = self._translate
        if len(problems) == 1:
            return say("{field} needs a value that fits.", field=titles)
        return say("{fields} need a value that fits.", fields=titles)

    def go_to(self, name: str) -> bool:
        """Go to a field; False if there is none of that name to type into."""
        if self._fields is None or name not in self._fields:
            return False
        self._fields.focus(name)
        return True

    def mark(self, problems: Sequence[Problem], *, focus: bool) -> list[str]:
        """Mark the fields of which plugins say something, with `focus` move to the first; what they say, in order."""
        fields = self._fields
        at_fault = [problem for problem in problems if fields is not None and problem.field in fields]
        for problem in at_fault:
            assert fields is not None
            fields.form.set_error(problem.field, problem.text)
        if at_fault and fields is not None and focus:
            fields.focus(at_fault[0].field)
        return [problem.text for problem in problems]

    def _problem(self, fields: CaseFields, name: str) -> str:
        if name in self._conflicts:
            return self._translate("Somebody else has changed this as well. Keep yours or take the other.")
        return fields.problem(name)

    def save_all(self, then: Callable[[], None] = lambda: None) -> None:
        """Save every field that differs and fits; `then` when nothing is left to save."""
        names = [name for name in self._fields or () if name not in self._conflicts]
        changes = self._fields.changes(names) if self._fields else {}
        if changes:
            self._save(changes, then)
        else:
            then()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: the frame that the option asks for."""
        super().paintEvent(event)
        if self._frame.isValid():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._frame, FRAME))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(9, 6, -9, -6), 8, 8)
            painter.end()

    def _build(self, model: ItemModel) -> None:
        first, old = self._fields is None, self._form
        focused = self._fields.focused() if self._fields else ("", 0)
        self._fields = CaseFields(self._ui, self._translate, model, self._rights, self._edited, self._left)
        self._form = self._fields.form.widget
        self._column.replaceWidget(old, self._form)
        old.hide()
        old.deleteLater()
        needed = any(self._fields.specs[name].required for name in self._fields)
        say, number = self._translate, len(model.fields)
        if needed:
            count = say_count(say, number, "{count} field, * needed", "{count:,} fields, * needed")
        else:
            count = say_count(say, number, "{count} field", "{count:,} fields")
        self._count.setText(count if number else "")
        self._add.setVisible(model.form is None and model.is_mine and self._rights.add)
        self._restore(self._fields, told=first)
        self._fields.give_back_focus(*focused)

    def _follow(self, fields: CaseFields, name: str, model: ItemModel) -> None:
        """The service may have another value now than before."""
        typed, before, was_typed = fields.text(name), fields.saved(name), fields.differs(name)
        fields.take(name, model.row.item.attached, show=not was_typed)
        now = fields.saved(name)
        if now == before:
            return
        if not was_typed:
            fields.form.flash(name, self._translate("changed by {who}", who=model.changed_by))
            fields.form.set_error(name, "")
        elif now == typed:
            self._drafts.forget(name)
            self._conflicts.settle(name)
        else:
            who = model.changed_by[:1].upper() + model.changed_by[1:]
            self._conflicts.ask(name, who, fields.title(name), now)

    def _restore(self, fields: CaseFields, *, told: bool) -> None:
        kept = False
        for name, text in self._drafts.kept().items():
            if name in fields and text != fields.text(name):
                fields.type(name, text)
                if told:
                    fields.form.flash(name, self._translate("kept from before, not saved yet"))
                    kept = True
        if kept:
            self._state.kept(self._save_kept, self._discard)

    def _save_kept(self) -> None:
        fields = self._fields
        if fields is None:
            return
        for name in fields:
            if fields.differs(name):
                fields.form.set_error(name, fields.problem(name))
        self.save_all()

    def _discard(self) -> None:
        for name in self._fields or ():
            self._take_theirs(name)
        self._state.nothing()

    def _keep_mine(self, name: str) -> None:
        self._left(name)

    def _take_theirs(self, name: str) -> None:
        if self._fields is not None and name in self._fields:
            self._fields.type(name, self._fields.saved(name))
            self._fields.form.set_error(name, "")
            self._drafts.forget(name)

    def _edited(self, name: str) -> None:
        if self._fields is not None:
            self._fields.form.set_error(name, "")
            if self._fields.differs(name):
                self._drafts.keep(name, self._fields.text(name))
            else:
                self._drafts.forget(name)

    def _left(self, name: str) -> None:
        fields = self._fields
        if fields is None or name not in fields or name in self._conflicts or not fields.differs(name):
            return
        problem = fields.problem(name)
        fields.form.set_error(name, problem)
        if problem:
            self._say_state()
        elif self._in_flight.get(name) != fields.text(name):
            self._save(fields.changes([name]), lambda: None)

    def _add_value(self, key: str, text: str) -> None:
        self._save({key: text}, lambda: None)

    def _save(self, changes: dict[str, Value | None], then: Callable[[], None]) -> None:
        fields = self._fields
        assert fields is not None, "nothing is shown yet"
        sent = {name: fields.text(name) for name in changes if name in fields}
        self._in_flight |= sent
        self._state.saving()
        self._saving()
        change = SetProperties(item=self._item, changes=changes)
        self._context.change(change, partial(self._saved, sent, then), partial(self._not_saved, sent))

    def _saved(self, sent: dict[str, str], then: Callable[[], None], item: Interaction) -> None:
        self._answered(sent)
        for name, text in sent.items():
            if self._fields is None or name not in self._fields:
                continue
            same = self._fields.text(name) == text  # else the person has typed on meanwhile
            self._fields.take(name, item.attached, show=same)
            if same:
                self._drafts.forget(name)
        self._say_state()
        then()

    def _say_state(self) -> None:
        """All is saved, or these fields are not."""
        fields = self._fields
        assert fields is not None, "nothing is shown yet"
        held = [fields.title(name) for name in fields if fields.differs(name) and name not in self._in_flight]
        if held:
            self._state.held_back(held)
        else:
            self._state.saved(self._context.now())

    def _not_saved(self, sent: dict[str, str], error: WorkloomError) -> None:
        self._answered(sent)
        if isinstance(error, BadInput) and self._fields is not None and error.where in self._fields:
            self._fields.form.set_error(error.where, error.message)
        titles = [self._fields.title(name) for name in sent if self._fields and name in self._fields]
        named = f"{', '.join(titles)}: " if titles else ""
        self._state.not_saved(f"{named}{error}", self.save_all)

    def _answered(self, sent: dict[str, str]) -> None:
        for name, text in sent.items():
            if self._in_flight.get(name) == text:
                del self._in_flight[name]
        self._saving()

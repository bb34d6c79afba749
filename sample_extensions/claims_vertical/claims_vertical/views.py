"""The widgets. The services are asked off the UI thread, again after each event."""

from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from claims_vertical.settlement import Settlement, Step, open_claims_of, settlement_of
from workloom.api import Context, Event
from workloom.api.ui import WhenGone, kit
from workloom_workitem.api import PANES


def open_claims(context: Context) -> QLabel:
    """The agent's open claims, in the status bar."""
    label = kit(context).label(role="meta")

    def refresh() -> None:
        context.read(partial(open_claims_of, context), label.setText)

    context.subscribe(lambda _event: refresh())
    refresh()
    return label


def claim_view(context: Context, item: str) -> object:
    """The view of a claim: the usual pane of a work item, with the settlement above its form."""
    return context.get(PANES).pane(item, above=SettlementHead(context, item))


class SettlementHead(QWidget):
    """How far a claim is: its amount, what the agent may settle, and the steps, each a way to where it is entered."""

    def __init__(self, context: Context, item: str) -> None:
        super().__init__()
        self.setObjectName("claims_vertical.settlement")
        self._context, self._item, self._ui = context, item, kit(context)
        self._said: Settlement | None = None
        self._amount, self._limit = self._ui.label(role="strong"), self._ui.label(role="muted", elide=True)
        self._state, self._steps = self._ui.badge(), QWidget()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._ui.label(context.translate("Settlement"), "panel-title"))
        for widget in (self._amount, self._state.widget):
            head.addWidget(widget)
        head.addWidget(self._limit, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 12, 24, 12)
        self._column.addLayout(head)
        self._column.addWidget(self._steps)
        self._end = WhenGone(self, context.subscribe(self._refresh, item=item))
        self._refresh()

    def _refresh(self, _event: Event | None = None) -> None:
        self._context.read(partial(settlement_of, self._context, self._item), self._show)

    def _show(self, said: Settlement) -> None:
        if said == self._said:
            return
        say, self._said = self._context.translate, said
        self._amount.setText(said.amount)
        self._limit.setText(said.limit)
        if said.is_ready:
            self._state.set(say("Ready to settle"), "success")
        else:
            self._state.set(say("Open"), "warning")
        before, self._steps = self._steps, QWidget()
        row = QHBoxLayout(self._steps)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for step in said.steps:
            row.addWidget(self._button(step))
        row.addStretch(1)
        self._column.replaceWidget(before, self._steps)
        before.deleteLater()

    def _button(self, step: Step) -> QPushButton:
        """A step; pressed, it lets the keyboard go where it is done."""
        icon, token = ("circle-check", "success") if step.is_done else ("circle-dashed", "muted")
        made = self._ui.button(step.title, icon=icon, small=True, on_click=partial(self._go_to, step))
        made.setIcon(self._ui.icon(icon, token=token))
        say = self._context.translate
        made.setAccessibleDescription(say("Entered") if step.is_done else say("Still to be entered"))
        return made

    def _go_to(self, step: Step) -> None:
        panes = self._context.get(PANES)
        if step.field:
            panes.go_to_field(self._item, step.field)
        else:
            panes.go_to_disposition(self._item)

"""The widgets. The services are asked off the UI thread, again after each event."""

from functools import partial

from PyQt6.QtWidgets import QLabel, QVBoxLayout, QWidget

from claims_vertical.settlement import Settlement, open_claims_of, settlement_of
from workloom.api import Context
from workloom.api.ui import kit


def open_claims(context: Context) -> QLabel:
    """The agent's open claims, in the status bar."""
    label = kit(context).label(role="meta")

    def refresh() -> None:
        context.read(partial(open_claims_of, context), label.setText)

    context.subscribe(lambda _event: refresh())
    refresh()
    return label


def settlement(context: Context, item: str) -> QWidget:
    """What is still to be done for a claim."""
    ui, say = kit(context), context.translate
    page, form, state = QWidget(), ui.form(columns=1), ui.badge()
    steps = ui.label(role="muted", wrap=True)
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(12)
    for widget in (state.widget, form.widget, steps):
        column.addWidget(widget)
    column.addStretch(1)
    form.add_text("amount", say("Amount"), "")
    form.add_text("limit", say("You may settle up to"), "")

    def show(said: Settlement) -> None:
        form.widget.setVisible(said.is_claim)
        if not said.is_claim:
            state.set("")
            steps.setText(say("This item is no insurance claim."))
            return
        state.set(say("Open") if said.steps else say("Ready to settle"), "warning" if said.steps else "success")
        form.set_text("amount", said.amount)
        form.set_text("limit", said.limit)
        steps.setText("\n".join(said.steps))

    def refresh() -> None:
        context.read(partial(settlement_of, context, item), show)

    context.subscribe(lambda _event: refresh(), item=item)
    refresh()
    return page

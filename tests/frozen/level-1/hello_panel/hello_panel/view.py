"""The widget. The services are asked off the UI thread, again after each event."""

from functools import partial

from PyQt6.QtWidgets import QLabel

from hello_panel.greeting import greet
from workloom.api import Context
from workloom.api.ui import kit


def hello(context: Context) -> QLabel:
    """A label that greets the agent and stays true."""
    label = kit(context).label(role="meta")
    label.setObjectName("hello_panel.hello")

    def refresh() -> None:
        context.read(partial(greet, context.services), label.setText)

    context.subscribe(lambda _event: refresh())
    refresh()
    return label

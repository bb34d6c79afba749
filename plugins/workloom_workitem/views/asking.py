"""Questions that actions put to the agent."""

from collections.abc import Callable

from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QWidget

from workloom.api import Context, Notice, Queue, Tone
from workloom.api.ui import kit


def choose_queue(context: Context, anchor: object, queues: tuple[Queue, ...], chosen: Callable[[Queue], None]) -> None:
    """Show the queues as a menu at the button."""
    say = context.translate
    if not queues:
        text = say("No queue takes this kind of item. Ask your administrator.")
        context.notify(Notice(title=say("Not moved"), text=text, tone=Tone.WARNING))
        return
    entries = [(queue.title or queue.name, "list-end", lambda queue=queue: chosen(queue)) for queue in queues]
    menu = kit(context).menu(anchor if isinstance(anchor, QWidget) else None, entries, title=say("Move to queue"))
    menu.setObjectName("queues")


def copy(text: str) -> None:
    """Put a text on the clipboard."""
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None:
        clipboard.setText(text)

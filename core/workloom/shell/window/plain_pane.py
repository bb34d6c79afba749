"""An open item that no plugin shows: what is known of it, and that it is safe."""

from collections.abc import Callable

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.api.ui import Ui
from workloom.domain.pages import ItemRow
from workloom.domain.site import MediaType
from workloom.shell.words import say


class PlainPane(QWidget):
    """Facts, the reason, and one button to put the item away."""

    def __init__(self, kit: Ui, row: ItemRow, media: MediaType, reason: str, put_away: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("plain-pane")
        self.put_away = put_away
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(kit.label(row.item.subject, "item-title", elide=True))
        layout.addWidget(kit.label(reason, "muted", wrap=True))
        form = kit.form(columns=1)
        form.add_text("kind", say("Kind"), media.singular)
        form.add_text("number", say("Number"), row.item.number)
        form.add_text("contact", say("Contact"), row.contact or say("No contact"))
        form.add_text("queue", say("Came from"), row.item.queue or say("no queue"))
        layout.addWidget(form.widget)
        buttons = QHBoxLayout()
        close = kit.button(say("Put it away"), icon="inbox", key="Ctrl+W", on_click=put_away)
        close.setObjectName("plain-put-away")
        buttons.addWidget(close)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addStretch(1)

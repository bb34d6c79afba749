"""How the saving stands, in one line: `All changes saved 13:41`, `Saving…`, `Not saved: …  Retry`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from workloom.api import Say
from workloom.api.ui import Ui


class SaveState(QWidget):
    """A picture, a sentence, and what can be done about it."""

    def __init__(self, ui: Ui, say: Say, name: str) -> None:
        super().__init__()
        self._ui, self._translate = ui, say
        self._picture = ui.label()
        self._words = ui.label(role="muted", elide=True)
        self._words.setObjectName(name)
        # As wide as its words, and cut when there is less room.
        self._words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self._picture)
        self._row.addWidget(self._words)
        self.hide()

    def saving(self) -> None:
        """A change is on its way."""
        self._show(self._translate("Saving…"))

    def saved(self, at: datetime) -> None:
        """Nothing is left to save."""
        self._show(self._translate("All changes saved {time}", time=f"{at.astimezone():%H:%M}"), icon="check")

    def held_back(self, names: Sequence[str]) -> None:
        """What is typed in these fields cannot be saved as it is."""
        say, fields = self._translate, ", ".join(names)
        said = (
            say("{field} is not saved", field=fields)
            if len(names) == 1
            else say("{fields} are not saved", fields=fields)
        )
        self._show(said, icon="triangle-alert", tone="warning")

    def not_saved(self, why: str, retry: Callable[[], object]) -> None:
        """The service has refused, or cannot be reached."""
        say = self._translate
        again = ("retry", say("Retry"), retry)
        self._show(say("Not saved: {reason}", reason=why), again, icon="circle-alert", tone="danger")

    def kept(self, save: Callable[[], object], discard: Callable[[], object]) -> None:
        """What was typed before the desktop ended stands in the fields again."""
        say = self._translate
        actions = ("save", say("Save"), save), ("discard", say("Discard"), discard)
        self._show(say("Kept from before, not saved yet"), *actions, icon="triangle-alert", tone="warning")

    def nothing(self) -> None:
        """There is nothing to say."""
        self.hide()

    def _show(
        self, words: str, *actions: tuple[str, str, Callable[[], object]], icon: str = "", tone: str = ""
    ) -> None:
        """`actions`: name, words and what is done."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for name, text, run in actions:
            button = self._ui.button(text, kind="quiet", small=True, on_click=run)
            button.setObjectName(f"save.{name}")
            self._buttons.append(button)
            self._row.addWidget(button)
        self._words.setText(words)
        self._words.setProperty("tone", tone)
        style = self._words.style()
        if style is not None:
            style.unpolish(self._words)
            style.polish(self._words)
        self._picture.setVisible(bool(icon))
        if icon:
            self._picture.setPixmap(self._ui.pixmap(icon, token=tone or "muted"))
        self.show()

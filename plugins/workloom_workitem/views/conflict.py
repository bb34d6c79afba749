"""A conflict in one line: somebody has changed a field in which the person is typing."""

from collections.abc import Callable

from PyQt6.QtWidgets import QHBoxLayout, QWidget

from workloom.api import Say
from workloom.api.ui import Ui


class ConflictBar(QWidget):
    """Shows one conflict after the other. `keep(field)` and `take(field)` are called with the answer."""

    def __init__(self, ui: Ui, say: Say, keep: Callable[[str], None], take: Callable[[str], None]) -> None:
        super().__init__()
        self._translate = say
        self._open: dict[str, str] = {}
        picture = ui.label()
        picture.setPixmap(ui.pixmap("triangle-alert", token="warning"))
        self._words = ui.label(role="base", wrap=True)
        self._words.setObjectName("conflict.words")
        mine = ui.button(say("Keep mine"), small=True, on_click=lambda: self._answer(keep))
        mine.setObjectName("conflict.keep")
        theirs = ui.button(say("Take the other"), small=True, on_click=lambda: self._answer(take))
        theirs.setObjectName("conflict.take")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(picture)
        row.addWidget(self._words, 1)
        row.addWidget(mine)
        row.addWidget(theirs)
        self.hide()

    def __contains__(self, name: str) -> bool:
        return name in self._open

    def ask(self, name: str, who: str, title: str, value: str) -> None:
        """Ask about a field; a newer change of the same field takes the place of the older."""
        say = self._translate
        self._open[name] = (
            say("{who} changed {field} to “{value}”. Keep yours or take the other?", who=who, field=title, value=value)
            if value
            else say("{who} changed {field} to nothing. Keep yours or take the other?", who=who, field=title)
        )
        self._show()

    def settle(self, name: str) -> None:
        """The field is the same on both sides now."""
        if self._open.pop(name, None) is not None:
            self._show()

    def _answer(self, decide: Callable[[str], None]) -> None:
        name = next(iter(self._open), "")
        if name:
            del self._open[name]
            self._show()
            decide(name)

    def _show(self) -> None:
        self._words.setText(next(iter(self._open.values()), ""))
        self.setVisible(bool(self._open))

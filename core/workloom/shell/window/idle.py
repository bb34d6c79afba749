"""The main area while nothing is open: why, and at most two ways on."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from workloom.api.ui import Ui
from workloom.shell.knowledge import Knowledge
from workloom.shell.window.idle_words import idle_words
from workloom.shell.words import say


class IdlePage(QWidget):
    """Rebuilt only when what it says has changed."""

    def __init__(
        self,
        kit: Ui,
        get_ready: Callable[[], None],
        first_view: Callable[[], None],
        key_of: Callable[[str], str],
    ) -> None:
        super().__init__()
        self.setObjectName("idle-page")
        self._kit, self._get_ready, self._first_view, self._key_of = kit, get_ready, first_view, key_of
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None
        self._said: tuple[object, ...] = ()

    def show_known(self, known: Knowledge, *, connected: bool, views: Sequence[tuple[str, str]]) -> None:
        """Say why nothing is open."""
        idle = idle_words(known, connected=connected)
        ready_key, view_key = self._key_of("status.ready"), self._key_of("view.number.1")
        says = (idle, tuple(views[:1]), ready_key, view_key)
        if says == self._said:
            return
        self._said = says
        actions: list[QWidget] = []
        if idle.may_get_ready:
            ready = self._kit.button(say("Ready"), kind="primary", key=ready_key, on_click=self._get_ready)
            ready.setObjectName("idle-ready")
            actions.append(ready)
        for icon, title in views[:1]:
            view = self._kit.button(
                say("Open {title}", title=title), icon=icon, key=view_key, on_click=self._first_view
            )
            view.setObjectName("idle-view")
            actions.append(view)
        if self._shown is not None:
            self._layout.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = self._kit.empty_state("inbox", say("No open items"), idle.text, *actions)
        self._layout.addWidget(self._shown)

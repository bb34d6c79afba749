"""The bar that comes in under the filters while rows are ticked."""

from collections.abc import Callable

from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workloom.api import ActionPlace, Context, Subject, say_count
from workloom.api.ui import Ui


class SelectionBar(QFrame):
    """How many are chosen, and what can be done with all of them. `subject` gives the chosen rows."""

    def __init__(
        self,
        context: Context,
        ui: Ui,
        subject: Callable[[], Subject | None],
        open_rows: Callable[[], None],
        clear: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("selection")
        self.setProperty("kind", "selection")
        say = self._translate = context.translate
        self._count = ui.label(role="link")
        self._count.setObjectName("selection.count")
        self.opening = ui.button(say("Open"), icon="folder-open", kind="quiet", key="Return", on_click=open_rows)
        self.opening.setObjectName("selection.open")
        toolbar = context.desktop.toolbar(ActionPlace.WORKBIN_ROWS, subject)
        assert isinstance(toolbar, QWidget)
        self.toolbar = toolbar
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 4, 3)
        row.setSpacing(8)
        row.addWidget(self._count)
        row.addSpacing(8)
        row.addWidget(self.opening)
        row.addWidget(toolbar, 1)
        row.addWidget(ui.icon_button("x", say("Clear selection"), key="Esc", on_click=clear))
        self.hide()

    def show_count(self, number: int, openable: int, said: str) -> None:
        """So many rows are ticked, which is `said` so, and of which so many can be opened; none hides the bar."""
        self._count.setText(said)
        self.opening.setEnabled(openable == number)
        reason = say_count(
            self._translate,
            number,
            "{closed} of {count} row cannot be opened.",
            "{closed} of {count} rows cannot be opened.",
            closed=number - openable,
        )
        self.opening.setToolTip("" if openable == number else reason)
        refresh = getattr(self.toolbar, "refresh", None)
        if refresh is not None:
            refresh()
        self.setVisible(number > 0)

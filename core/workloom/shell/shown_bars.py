"""The toolbars of actions that a desk shows, wherever they stand."""

from PyQt6.QtWidgets import QWidget

from workloom.api.ui import WhenGone
from workloom.shell.action_bar import ActionBar


class ShownBars:
    """Each is refreshed after events, as long as it lives."""

    def __init__(self) -> None:
        self._bars: dict[ActionBar, WhenGone] = {}

    def keep(self, bar: ActionBar) -> None:
        """Refresh it from now on."""
        self._bars[bar] = WhenGone(bar, lambda: self._bars.pop(bar, None))

    def refresh(self) -> None:
        """Ask each anew what can be done."""
        for bar in tuple(self._bars):
            bar.refresh()

    def button(self, action: str) -> QWidget | None:
        """The button of an action that people see; None where no bar shows it."""
        buttons = (bar.button(action) for bar in self._bars if bar.isVisible())
        return next(filter(None, buttons), None)

    def clear(self) -> None:
        """Nothing is refreshed any more."""
        self._bars.clear()

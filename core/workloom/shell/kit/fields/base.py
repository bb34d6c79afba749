"""What all fields share: a widget, an error, and when the person leaves."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QWidget

from workloom.shell.kit.labels import restyle
from workloom.shell.later import later

FLASH_MS = 1500


def flash(widget: QWidget) -> None:
    """Soft ground for a moment: somebody else changed the field."""
    widget.setProperty("flash", True)
    restyle(widget)

    def over() -> None:
        widget.setProperty("flash", False)
        restyle(widget)

    later(widget, FLASH_MS, over)


class FieldBase:
    """What all fields share."""

    def __init__(self, widget: QWidget, name: str) -> None:
        self._widget = widget
        widget.setAccessibleName(name)

    @property
    def widget(self) -> QWidget:
        """The widget that goes into a layout."""
        return self._widget

    def set_error(self, text: str) -> None:
        """Mark the field as wrong; empty = right again."""
        if bool(self._widget.property("wrong")) != bool(text):
            self._widget.setProperty("wrong", bool(text))
            restyle(self._widget)
        self._widget.setAccessibleDescription(text)
        self._widget.setToolTip("")

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person leaves the field."""
        _Leaving(self._widget, left)


class _Leaving(QObject):
    """Tells when the person leaves a widget by keyboard or mouse, not when a pop-up opens."""

    def __init__(self, watched: QWidget, left: Callable[[], None]) -> None:
        super().__init__(watched)
        self._left = left
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: the focus has gone."""
        if event is not None and event.type() == QEvent.Type.FocusOut:
            reason = getattr(event, "reason", lambda: None)()
            if reason != Qt.FocusReason.PopupFocusReason:
                self._left()
        return super().eventFilter(watched, event)

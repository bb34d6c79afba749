"""Where toasts stand: bottom right of the screen that holds the window, the oldest at the bottom, at most three."""

from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QWidget

from workloom.api.ui import Ui
from workloom.shell.offers.toast import Toast

GAP, EDGE, AT_MOST = 8, 16, 3
NO_PLACING = ("wayland",)
"""Platforms on which a window cannot be placed: there toasts are drawn inside the main window."""


class ToastStack:
    """Places toasts; does not own what they say."""

    def __init__(self, kit: Ui) -> None:
        self._kit = kit
        self._toasts: list[Toast] = []
        self._more: QWidget | None = None

    @property
    def inside(self) -> QWidget | None:
        """The window in which toasts are drawn, None where they are windows of their own."""
        return self._kit.window if QGuiApplication.platformName().startswith(NO_PLACING) else None

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """From the oldest to the newest."""
        return tuple(self._toasts)

    def add(self, toast: Toast) -> None:
        """Show one more above the others; it takes no focus."""
        self._toasts.append(toast)
        self.arrange()

    def remove(self, toast: Toast) -> None:
        """Take one away and let the others move down."""
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.leave()
            self.arrange()

    def clear(self) -> None:
        """Take all away."""
        for toast in self.toasts:
            self.remove(toast)

    def arrange(self) -> None:
        """Put each where it belongs; what is more than three is counted."""
        corner = self._corner()
        bottom = corner.y()
        for index, toast in enumerate(self._toasts):
            if index >= AT_MOST:
                toast.hide()
                continue
            toast.adjustSize()
            bottom -= toast.height()
            toast.move(corner.x() - toast.width(), bottom)
            toast.show()
            if self.inside is not None:
                toast.raise_()
            bottom -= GAP
        self._show_more(len(self._toasts) - AT_MOST, QPoint(corner.x(), bottom))

    def _corner(self) -> QPoint:
        window = self._kit.window
        if self.inside is not None:
            area = window.rect()
        else:
            screen = window.screen() or QGuiApplication.primaryScreen()
            area = screen.availableGeometry() if screen else QRect(0, 0, 1024, 640)
        return QPoint(area.x() + area.width() - EDGE, area.y() + area.height() - EDGE)

    def _show_more(self, count: int, corner: QPoint) -> None:
        if self._more is not None:
            self._more.deleteLater()
            self._more = None
        if count <= 0:
            return
        label = self._kit.badge(f"+{count} more", tone="accent").widget
        label.setObjectName("toast-more")
        label.setParent(self.inside)
        if self.inside is None:
            label.setWindowFlags(
                Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
            )
        label.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        label.adjustSize()
        label.move(corner.x() - label.width(), corner.y() - label.height())
        label.show()
        self._more = label

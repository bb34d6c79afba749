"""Where toasts stand: bottom right of the screen that holds the window, the oldest at the bottom, at most three."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QPoint, QRect, QSize, Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from workloom.api.ui import Ui
from workloom.shell.offers.corners import round_off
from workloom.shell.offers.toast import Toast
from workloom.shell.words import say

GAP, EDGE, AT_MOST = 8, 16, 3
FOOT = 200
"""Height of the part of the window in which notices stand, in px."""

MORE, BADGE = 28, 4
"""Room for what counts the others, and the radius of its corners."""

NO_PLACING = ("wayland",)
"""Platforms on which a window cannot be placed: there toasts are drawn inside the main window."""


def how_many(heights: Sequence[int], room: int) -> int:
    """How many toasts are shown, of these heights from the oldest: the oldest in any case, never more than fit."""
    for count in range(min(AT_MOST, len(heights)), 1, -1):
        more = 0 if count == len(heights) else GAP + MORE
        if sum(heights[:count]) + GAP * (count - 1) + more <= room:
            return count
    return min(1, len(heights))


class ToastStack:
    """Places toasts; does not own what they say."""

    def __init__(self, kit: Ui) -> None:
        self._kit = kit
        self._toasts: list[Toast] = []
        self._more: QWidget | None = None
        self.arranged: Callable[[], None] = lambda: None

    @property
    def inside(self) -> QWidget | None:
        """The window in which toasts are drawn, None where they are windows of their own."""
        return self._kit.window if QGuiApplication.platformName().startswith(NO_PLACING) else None

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """From the oldest to the newest."""
        return tuple(self._toasts)

    @property
    def windows(self) -> tuple[QWidget, ...]:
        """All that is shown of the offers: toasts, and what counts the others."""
        return (*self._toasts, *((self._more,) if self._more is not None else ()))

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
        """Put each where it belongs. What is more than three, or would leave the screen, is counted."""
        area = self._area()
        corner = QPoint(area.x() + area.width() - EDGE, area.y() + area.height() - EDGE)
        for toast in self._toasts:
            toast.adjustSize()
        shown = how_many([toast.height() for toast in self._toasts], area.height() - 2 * EDGE)
        for toast in self._toasts[shown:]:
            toast.hide()
        for toast in self._toasts[:shown]:
            corner.setY(corner.y() - toast.height())
            toast.move(corner.x() - toast.width(), corner.y())
            toast.show()
            if self.inside is not None:
                toast.raise_()
            corner.setY(corner.y() - GAP)
        self._show_more(len(self._toasts) - shown, corner)
        self.arranged()

    def left_edge(self) -> int:
        """Where the toasts begin over the window, in its px from the left; 0 when none stands over its foot."""
        window = self._kit.window
        foot = QRect(window.mapToGlobal(QPoint(0, window.height() - FOOT)), QSize(window.width(), FOOT))
        shown = [toast for toast in self._toasts if toast.isVisible()]
        corners = [toast.mapToGlobal(QPoint(0, 0)) for toast in shown]
        over = [c.x() for c, toast in zip(corners, shown, strict=True) if QRect(c, toast.size()).intersects(foot)]
        return max(0, window.mapFromGlobal(QPoint(min(over), 0)).x()) if over else 0

    def _area(self) -> QRect:
        window = self._kit.window
        if self.inside is not None:
            return window.rect()
        screen = window.screen() or QGuiApplication.primaryScreen()
        return screen.availableGeometry() if screen else QRect(0, 0, 1024, 640)

    def _show_more(self, count: int, corner: QPoint) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        if count <= 0:
            return
        holder = QWidget(self.inside)
        holder.setObjectName("toast-more")
        if self.inside is None:
            holder.setStyleSheet(self._kit.window.styleSheet())
            holder.setWindowFlags(
                Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
            )
            round_off(holder, BADGE)
        else:
            holder.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        holder.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._kit.badge(say("+{count} more", count=count), tone="accent").widget)
        holder.adjustSize()
        holder.move(corner.x() - holder.width(), corner.y() - holder.height())
        holder.show()
        self._more = holder

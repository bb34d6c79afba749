"""Round corners of a window of its own: seen through where something composes the screen, else cut off.

Without a compositor X shows what a window leaves out as black.
"""

from collections.abc import Callable
from functools import cache

from PyQt6.QtCore import QEvent, QObject, QRectF, Qt
from PyQt6.QtGui import QGuiApplication, QPainterPath, QRegion
from PyQt6.QtWidgets import QWidget


@cache
def is_composed() -> bool:
    """Whether windows can be seen through. Asked once: it does not change while somebody works."""
    return QGuiApplication.platformName() != "xcb" or has_compositor()


def has_compositor(display: bytes | None = None) -> bool:
    """Whether a compositor runs on an X display, by the selection that it must own; None is that of the environment.

    False where that cannot be asked. (Extended Window Manager Hints, “_NET_WM_CM_Sn”.)
    """
    import ctypes  # late: only an X display is asked

    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x11.XDefaultScreen.argtypes = x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XInternAtom.restype = x11.XGetSelectionOwner.restype = ctypes.c_ulong
    x11.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    opened = x11.XOpenDisplay(display)
    if not opened:
        return False
    try:
        atom = x11.XInternAtom(opened, f"_NET_WM_CM_S{x11.XDefaultScreen(opened)}".encode(), 0)
        return bool(x11.XGetSelectionOwner(opened, atom))
    finally:
        x11.XCloseDisplay(opened)


def round_off(window: QWidget, radius: float, composed: Callable[[], bool] = is_composed) -> None:
    """Give a window round corners; before it is shown."""
    if composed():
        window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    else:
        _Cut(window, radius)


class _Cut(QObject):
    """Cuts the corners off at each size."""

    def __init__(self, window: QWidget, radius: float) -> None:
        super().__init__(window)
        self._window, self._radius = window, radius
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: the window has another size."""
        if event is not None and event.type() == QEvent.Type.Resize:
            path = QPainterPath()
            path.addRoundedRect(QRectF(self._window.rect()), self._radius, self._radius)
            self._window.setMask(QRegion(path.toFillPolygon().toPolygon()))
        return super().eventFilter(watched, event)

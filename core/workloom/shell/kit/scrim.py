"""What lies over a window while a dialog asks: the window can be seen, and that it waits."""

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QDialog, QWidget

INK, OPACITY = "#0A0C10", 0.5


class Scrim(QWidget):
    """Covers a window for as long as the dialog is open."""

    def __init__(self, window: QWidget, dialog: QDialog) -> None:
        super().__init__(window)
        self.setObjectName("scrim")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        dialog.finished.connect(lambda _result: self._gone())
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: follow the size of the window."""
        if event is not None and event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: half of the dark."""
        ink = QColor(INK)
        ink.setAlphaF(OPACITY)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ink)
        painter.end()

    def _gone(self) -> None:
        self.hide()
        self.deleteLater()

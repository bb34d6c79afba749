"""The line below a panel: a hint with an icon before it, or with keys behind it."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import key_caps, label, line
from workloom.shell.kit.type_scale import TypeScale


class PanelFoot(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, icons: Icons, scale: TypeScale) -> None:
        super().__init__()
        self._icons, self._scale = icons, scale
        self._keys: tuple[str, ...] = ()
        self._icon = QLabel()
        self._text = label(scale, "", "small", elide=False, selectable=False, wrap=True)
        self._text.setObjectName("panel.foot")
        self._row = QHBoxLayout()
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(6)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line(vertical=False))
        column.addLayout(self._row)
        self.hide()

    def say(self, text: str, icon: str, keys: Sequence[str]) -> None:
        """Show this; empty text hides the line."""
        self._text.setText(text)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.setPixmap(self._icons.pixmap(icon, "muted", 14, self.devicePixelRatioF()))
        while self._row.count() > 2 and tuple(keys) != self._keys:
            entry = self._row.takeAt(2)
            widget = entry.widget() if entry is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            for key in keys:
                self._row.addWidget(key_caps(self._scale, key))
        self.setVisible(bool(text))

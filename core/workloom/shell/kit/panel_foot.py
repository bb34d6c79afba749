"""The line below a panel: a hint with an icon before it, or with keys behind it."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import key_caps, label, line
from workloom.shell.kit.type_scale import TypeScale

LEAST_PANEL = 116
"""Height of a panel that has room for its foot too."""


class PanelFoot(QWidget):
    """Hidden while there is nothing to say, or while its panel is so low that it would have no room for what it is
    for.
    """

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
        self._fit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Qt: it stands in a panel now, or its font has changed."""
        super().changeEvent(event)
        parent = self.parentWidget()
        if event is not None and event.type() == QEvent.Type.ParentChange and parent is not None:
            parent.installEventFilter(self)
        if event is not None and event.type() in (QEvent.Type.ParentChange, QEvent.Type.FontChange):
            self._fit()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: the panel has another height."""
        if event is not None and event.type() == QEvent.Type.Resize and watched is self.parent():
            self._fit()
        return False

    def _fit(self) -> None:
        # As high as a line of the text, the icon stands in the middle of the first one.
        self._icon.setFixedHeight(QFontMetrics(self._scale.font("small")).height())
        panel = self.parentWidget()
        low = panel is not None and panel.height() < self._scale.px(LEAST_PANEL)
        self.setVisible(bool(self._text.text()) and panel is not None and not low)

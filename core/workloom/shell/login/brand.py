"""The left panel of the login page: logo, woven pattern, whose site it is."""

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workloom.shell.kit.glyphs import weave
from workloom.shell.kit.kit import Kit
from workloom.shell.words import product, say

TOP, BOTTOM = 112, 150
FULL, SOFT = 255, 190
"""Opacity of the words on the brand's ground, of 255."""


class Brand(QWidget):
    """A woven pattern between the product's name and the site's."""

    def __init__(self, kit: Kit, version: str) -> None:
        super().__init__()
        self.setMinimumWidth(300)
        self._tokens = kit.tokens
        layout = QVBoxLayout(self)
        layout.setContentsMargins(56, 0, 24, 0)
        layout.setSpacing(4)
        head = QWidget()
        head.setFixedHeight(TOP)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        logo = kit.label()
        logo.setPixmap(kit.pixmap("logo:", size=32))
        row.addWidget(logo)
        self._product = _on_brand(kit, kit.label(product(), "item-title"), FULL)
        self._product.setObjectName("login-product")
        row.addWidget(self._product)
        row.addStretch(1)
        layout.addWidget(head)
        layout.addStretch(1)
        self._foot = foot = QWidget()
        foot.setMinimumHeight(BOTTOM)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 28, 0, 28)
        column.setSpacing(4)
        self._title = _on_brand(kit, kit.label("", "item-title", wrap=True), FULL)
        self._title.setObjectName("login-site")
        self._subtitle = _on_brand(kit, kit.label("", wrap=True), SOFT)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        column.addStretch(1)
        column.addWidget(_on_brand(kit, kit.label(say("Version {version}", version=version), "small"), SOFT))
        layout.addWidget(foot)

    def show_product(self, name: str) -> None:
        """Name the product as a plugin does."""
        self._product.setText(name)

    def show_site(self, title: str, subtitle: str) -> None:
        """Name the site."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The ground, the two lines and the weave between them."""
        tokens = self._tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("brand"))
        painter.setPen(QPen(tokens.color("brand-line"), 1))
        bottom = self._foot.y()
        painter.drawLine(0, TOP, self.width(), TOP)
        painter.drawLine(0, bottom, self.width(), bottom)
        between = QRectF(0, TOP + 1, self.width(), bottom - TOP - 1)
        painter.setClipRect(between)
        weave(painter, between, tokens)
        painter.end()


def _on_brand(kit: Kit, label: QLabel, opacity: int) -> QLabel:
    color = kit.tokens.color("on-brand")
    label.setStyleSheet(f"color: rgba({color.red()}, {color.green()}, {color.blue()}, {opacity});")
    return label

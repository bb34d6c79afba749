"""Rows of a menu that cannot be chosen: headings, and actions that are blocked, with the reason below."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget, QWidgetAction

from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import label, picture
from workloom.shell.kit.type_scale import TypeScale

ICON = 16
LEFT = 5
BEFORE_TEXT = 30
"""Where icons and texts of other rows begin, in px within the menu's padding."""


def heading(menu: QMenu, scale: TypeScale, text: str) -> QWidgetAction:
    """A title over the rows below it."""
    said = label(scale, text, "meta", elide=False, selectable=False, wrap=False)
    said.setContentsMargins(LEFT, 6, 10, 4)
    return _row(menu, said, text)


def blocked(menu: QMenu, icons: Icons, scale: TypeScale, icon: str, text: str, reason: str) -> QWidgetAction:
    """An action that cannot be taken now. The reason is muted, never in the colour of what is disabled."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(LEFT if icon else BEFORE_TEXT, 4, 14, 6)
    line.setSpacing(BEFORE_TEXT - LEFT - ICON)
    if icon:
        drawn = icons.pixmap(icon, "disabled", ICON, menu.devicePixelRatioF())
        line.addWidget(picture(drawn), 0, Qt.AlignmentFlag.AlignVCenter)
    words = QVBoxLayout()
    words.setSpacing(0)
    verb = label(scale, text, "base", elide=False, selectable=False, wrap=False)
    verb.setEnabled(False)
    words.addWidget(verb)
    words.addWidget(label(scale, reason, "small", elide=False, selectable=False, wrap=False))
    line.addLayout(words, 1)
    return _row(menu, row, f"{text} — {reason}")


def _row(menu: QMenu, widget: QWidget, text: str) -> QWidgetAction:
    made = QWidgetAction(menu)
    made.setDefaultWidget(widget)
    made.setText(text.replace("&", "&&"))
    widget.setAccessibleName(text)
    # A disabled row would grey its widget too; one that is only read takes no clicks.
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made

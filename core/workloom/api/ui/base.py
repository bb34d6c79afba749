"""What all widgets of the kit have in common: words for looks, colours, and what happens when a widget goes."""

from collections.abc import Callable
from typing import Literal, Protocol

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QColor

ButtonKind = Literal["plain", "primary", "quiet", "danger", "link"]

BadgeTone = Literal["neutral", "accent", "success", "warning", "danger"]

LabelRole = Literal[
    "base", "muted", "meta", "small", "strong", "panel-title", "item-title", "greeting", "mono", "danger", "link"
]

Undo = Callable[[], None]


class Tokens(Protocol):
    """The colours in force."""

    dark: bool

    def color(self, name: str) -> QColor:
        """A token's colour. KeyError if there is no such token."""

    def on_change(self, changed: Callable[[], None]) -> Undo:
        """Call `changed` after the theme has been switched; returns its undo."""


class WhenGone:
    """Calls undos when a widget is destroyed, for as long as somebody keeps this; the widget itself may keep it.

    `destroyed.connect(lambda …)` can end the program: the garbage collector empties a function first and then has Qt
    call it. Of a method like this one's Qt keeps a weak reference, which is cleared before anything is emptied.
    """

    def __init__(self, widget: QObject, *undos: Callable[[], object]) -> None:
        self._undos = undos
        widget.destroyed.connect(self._gone)

    def _gone(self, _widget: object) -> None:
        for undo in self._undos:
            undo()

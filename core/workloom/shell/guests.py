"""Widgets that plugins make: they stand in the window like its own, and their methods are a plugin's code all the same.

Such a widget may have methods of its own in place of Qt's, and they may fail: so the shell calls those of QWidget by
their full names. What Qt calls itself is caught elsewhere.
"""

import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from PyQt6.QtWidgets import QMainWindow, QWidget

from workloom.api.plugins import Guard
from workloom.shell.registries.contributed import Contributed, Kind

CONTRIBUTION: Final = "contribution"
"""Property of a widget that a plugin's factory made: the id of the contribution."""


def made_by(guard: Guard, found: Contributed[Kind], factory: Callable[[], object]) -> QWidget | None:
    """The widget that a plugin's factory makes; None, with the plugin named, when it makes none, or no new one."""

    def checked() -> QWidget:
        widget, place = factory(), _place(found.what)
        if not isinstance(widget, QWidget):
            kind = type(widget).__name__
            raise TypeError(f"view {found.what.id} must make a QWidget, not {kind}: let {place} return one")
        if _stands_somewhere(widget):
            raise TypeError(
                f"view {found.what.id} must make a new QWidget each time, and this one stands somewhere already:"
                f" let {place} return another"
            )
        widget.setProperty(CONTRIBUTION, found.what.id)
        return widget

    return guard.call(found.plugin, f"view {found.what.id}", checked)


def put_away(widget: QWidget) -> None:
    """Have a widget gone: at once from sight, and as soon as nothing of it runs any more, altogether."""
    QWidget.hide(widget)
    QWidget.deleteLater(widget)


def take_out(widget: QWidget) -> None:
    """Like `put_away`, for one in a layout, which forgets it at once."""
    QWidget.setParent(widget, None)
    put_away(widget)


def give_keyboard(widget: QWidget) -> None:
    """Give the keyboard to a widget."""
    QWidget.setFocus(widget)


def _stands_somewhere(widget: QWidget) -> bool:
    """Whether it is in use: two places cannot have one widget, and a window within itself would never end."""
    is_shown_window = isinstance(widget, QMainWindow) and widget.isVisible()
    return is_shown_window or widget.parentWidget() is not None or bool(widget.property(CONTRIBUTION))


def _place(view: object) -> str:
    """Where a plugin's author finds what makes the view: file and line, or the class and its file."""
    maker = getattr(view, "make_for", None) or getattr(view, "make", None)
    while isinstance(maker, partial):
        maker = maker.func
    code = getattr(maker, "__code__", None)
    if code is not None:
        return f"{code.co_filename}:{code.co_firstlineno}"
    kind = maker if isinstance(maker, type) else type(maker)
    file = getattr(sys.modules.get(kind.__module__), "__file__", None)
    return f"{kind.__qualname__}: {file or kind.__module__}"

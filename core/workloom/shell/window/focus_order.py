"""In which order the keyboard goes through a window: as its layouts have it, whenever a widget was made."""

from collections.abc import Iterator, Sequence
from typing import Final

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QWidget,
)

from workloom.shell.window.entries import Entry

PART: Final = "pane"
"""The property of what F6 stops at."""

FIELDS: Final = (QLineEdit, QComboBox, QPlainTextEdit)


def takes_focus(widget: QWidget) -> bool:
    """Whether Tab stops at a widget."""
    tabs = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return tabs and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def in_order(*roots: QWidget) -> list[QWidget]:
    """The widgets at which Tab stops, below some roots, which are gone through in turn."""
    return [widget for root in roots for widget in _walk(root)]


def parts(root: QWidget) -> list[QWidget]:
    """The parts of a page at which F6 stops, in order; a page that names none is one part."""
    return list(_parts(root)) or [root]


def has_keyboard(widget: QWidget) -> bool:
    """Whether the keyboard is in a widget or below it, or will be when its window is active."""
    focus = _focus_near(widget)
    return focus is not None and (widget is focus or widget.isAncestorOf(focus))


def next_of(stops: Sequence[QWidget], step: int) -> QWidget | None:
    """The stop after (or before, `step` -1) the one that has the keyboard, round the ends; None when there is none."""
    if not stops:
        return None
    at = next((number for number, stop in enumerate(stops) if has_keyboard(stop)), None)
    if at is not None:
        return stops[(at + step) % len(stops)]
    focus = _focus_near(stops[0])
    inside = [stop for stop in stops if focus is not None and focus.isAncestorOf(stop)] or stops
    return inside[0 if step > 0 else -1]


def landing(stops: Sequence[QWidget]) -> QWidget:
    """Where F6 lands in a pane: on what is current, a list, the first field that can be changed, or the first stop."""
    wanted = (
        (stop for stop in stops if isinstance(stop, Entry) and stop.isChecked()),
        (stop for stop in stops if isinstance(stop, QAbstractItemView)),
        (stop for stop in stops if isinstance(stop, FIELDS) and not stop.property("readOnly")),
    )
    return next((stop for kind in wanted for stop in kind), stops[0])


def _focus_near(widget: QWidget) -> QWidget | None:
    window = widget.window()
    return window.focusWidget() if window is not None else None


def _parts(widget: QWidget) -> Iterator[QWidget]:
    for child in _children(widget):
        if not child.isVisible():
            continue
        if child.property(PART):
            yield child
        else:
            yield from _parts(child)


def _walk(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    if takes_focus(widget):
        yield widget
    for child in _children(widget):
        yield from _walk(child)


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [inside] if inside is not None else []
    if isinstance(widget, QAbstractScrollArea | QComboBox | QLineEdit):
        return []
    if isinstance(widget, QStackedWidget):
        front = widget.currentWidget()
        return [front] if front is not None else []
    if isinstance(widget, QSplitter):
        return [part for number in range(widget.count()) for part in _split(widget, number) if part is not None]
    layout = widget.layout()
    laid_out = list(_laid_out(layout)) if layout is not None else []
    own = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return laid_out + [child for child in own if child not in laid_out and not child.isWindow()]


def _split(splitter: QSplitter, number: int) -> tuple[QWidget | None, ...]:
    """A part of a splitter, behind the edge that sets it off from the one before."""
    part = splitter.widget(number)
    return (splitter.handle(number), part) if number else (part,)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    if isinstance(layout, QStackedLayout):
        front = layout.currentWidget()
        yield from () if front is None else (front,)
        return
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if isinstance(item, QLayout):
            yield from _laid_out(item)
        elif item is not None and (widget := item.widget()) is not None:
            yield widget

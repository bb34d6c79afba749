"""The ground of an area: window, surface or raised, painted by the style sheet of the kit."""

from typing import Literal, TypeVar

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

Area = TypeVar("Area", bound=QWidget)


def grounded(widget: Area, ground: Literal["window", "surface", "raised"]) -> Area:
    """Give a widget its ground; returns the widget."""
    widget.setProperty("ground", ground)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget

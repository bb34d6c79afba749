"""Where the agent sits: a combo of the places, which says which one was used last."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QComboBox, QHBoxLayout

from workloom.api.ui import Choice, Field, Ui
from workloom.shell.words import say

ARROW = 34
"""Pixels at the right of a combo that its arrow takes."""


def place_field(kit: Ui, places: Sequence[str], last: str) -> Field:
    """The field, at the place used last if there still is one, else at the first."""
    field = kit.combo(say("Place"), [Choice(id=place, text=place) for place in places])
    box = field.widget
    assert isinstance(box, QComboBox)
    box.setObjectName("login-place")
    for index in range(box.count()):
        box.setItemIcon(index, kit.icon("map-pin"))
    known = last in places
    if places:
        field.set_text(last if known else places[0])
    if known:
        said = kit.label(say("Last used"), "small")
        said.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(box)
        inside.setContentsMargins(0, 0, ARROW, 0)
        inside.addWidget(said, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box.currentIndexChanged.connect(lambda _index: said.setVisible(field.text() == last))
    return field

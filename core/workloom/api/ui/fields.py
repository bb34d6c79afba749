"""Values that are shown and edited: fields, forms, badges, and one of a few."""

from collections.abc import Callable
from typing import Protocol

from PyQt6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from workloom.api.ui.base import BadgeTone


class Field(Protocol):
    """A widget in which a value is edited. `widget` is what goes into a layout."""

    @property
    def widget(self) -> QWidget: ...
    def text(self) -> str:
        """The value as text: the id of the chosen entry, `true`/`false` of a check box."""

    def set_text(self, text: str) -> None:
        """Show a value without calling back."""

    def set_error(self, text: str) -> None:
        """Mark the field as wrong; empty = right again."""

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back at each edit by the person."""

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person leaves the field, or chooses."""


class Badge(Protocol):
    """A word on a soft ground."""

    @property
    def widget(self) -> QLabel: ...
    def set(self, text: str, tone: BadgeTone = "neutral", icon: str = "") -> None:
        """Change what it says; empty text hides it."""


class Segmented(Protocol):
    """One of two to four."""

    @property
    def widget(self) -> QWidget: ...
    def current(self) -> str: ...
    def choose(self, choice: str) -> None:
        """Make a choice current without calling back."""

    def set_text(self, choice: str, text: str) -> None:
        """Change the words of a choice, for a count."""


class Form(Protocol):
    """Labels and fields in one or two columns; labels stand above the fields below 560 px."""

    @property
    def widget(self) -> QWidget: ...
    def add(self, key: str, label: str, field: Field, *, required: bool = False, wide: bool = False) -> None:
        """Add an editable field; `wide` takes both columns."""

    def add_text(self, key: str, label: str, text: str) -> None:
        """Add a read-only value that can be selected and copied."""

    def set_text(self, key: str, text: str) -> None:
        """Change a read-only value."""

    def set_error(self, key: str, text: str) -> None:
        """Show one line below the field; empty takes it away."""

    def flash(self, key: str, said: str = "") -> None:
        """Soft ground for 1.5 s: somebody else changed the field; `said` stands below it a little longer."""

    def set_link(self, key: str, opened: Callable[[], None] | None, tip: str = "") -> None:
        """Put an icon after a read-only value that opens what it names; None takes it away. `tip` is its tooltip."""


EditWidgets = QLineEdit | QComboBox | QCheckBox | QPlainTextEdit
"""The widgets that fields are made of, for tests and for focus."""

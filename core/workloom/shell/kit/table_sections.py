"""Puts the columns of a list where they belong: their order, their widths, and which of them are there."""

from collections.abc import Sequence
from typing import Protocol

from PyQt6.QtWidgets import QWidget

from workloom.api.ui import Column, Row
from workloom.shell.kit.table_columns import ColumnWidths
from workloom.shell.kit.table_delegate import lead_of
from workloom.shell.kit.table_header import Header
from workloom.shell.kit.table_layout import TableLayout
from workloom.shell.kit.table_model import PagedModel


class View(Protocol):
    """What is needed of the list."""

    checkable: bool

    def viewport(self) -> QWidget | None: ...


class Sections:
    """Follows the person, the rows and the room."""

    def __init__(
        self, view: View, header: Header, model: PagedModel, layout: TableLayout, widths: ColumnWidths
    ) -> None:
        self._view, self._header, self._model, self._layout, self._widths = view, header, model, layout, widths
        self._busy = False
        self.arrange()
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)

    def offered(self) -> list[tuple[Column, bool]]:
        """The columns that can be shown, and whether the person wants them."""
        wanted = self._layout.shown(self._model.columns)
        return [(column, column in wanted) for column in self._model.columns if column.title]

    def show(self, key: str, shown: bool) -> None:
        """The person wants a column, or does not."""
        self._layout.show(self._model.columns, key, shown)
        self.fit()

    def measure(self, rows: Sequence[Row]) -> None:
        """Rows have come: whole columns may need more room."""
        if self._widths.measure(self._model.columns, rows):
            self.fit()

    def measure_anew(self) -> None:
        """The text has another size."""
        self._widths.forget()
        self._widths.measure(self._model.columns, list(self._model.held()))
        self.arrange()

    def arrange(self) -> None:
        """There are other columns: put them as the person left them."""
        self._busy = True
        for column in self._model.columns:
            if width := self._layout.width(column.key):
                self._widths.choose(column, width)
        self._layout.arrange(self._model.columns)
        self._busy = False
        self.fit()

    def fit(self) -> None:
        """Give each column its width; optional ones without room are hidden."""
        columns, viewport = self._model.columns, self._view.viewport()
        lead = lead_of(checkable=self._view.checkable)
        room = (viewport.width() if viewport is not None else 0) - lead
        widths = self._widths.fit(self._layout.shown(columns), room)
        self._busy = True
        for place, column in enumerate(columns):
            self._header.setSectionHidden(place, column.key not in widths)
        first = self._header.first()
        for place, column in enumerate(columns):
            if column.key in widths:
                self._header.resizeSection(place, widths[column.key] + (lead if place == first else 0))
        self._busy = False

    def _moved(self) -> None:
        if not self._busy:
            self._layout.moved(self._model.columns)
            self.fit()

    def _resized(self, place: int, _before: int, width: int) -> None:
        if self._busy or not width or place >= len(self._model.columns):
            return
        lead = lead_of(checkable=self._view.checkable) if place == self._header.first() else 0
        column = self._model.columns[place]
        got = self._widths.choose(column, width - lead) + lead
        self._layout.resized(column.key, got - lead)
        if got != width:
            self._busy = True
            self._header.resizeSection(place, got)
            self._busy = False

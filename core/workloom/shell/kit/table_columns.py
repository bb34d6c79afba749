"""How wide the columns of a list are, and which of them have room."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from workloom.api.ui import Cell, Column, Row

LEAST_STRETCH = 180
"""Width below which the stretching column is not squeezed while optional ones can go."""

LEAST = 80
WIDEST = 320
"""A number that needs more than this is cut off after all, lest it push the other columns out."""


class ColumnWidths:
    """Widths by column key. `px` scales a width by the text size; `text_width(cell, bold)` is what a cell needs."""

    def __init__(self, px: Callable[[int], int], text_width: Callable[[Cell, bool], int]) -> None:
        self._px, self._text_width = px, text_width
        self._chosen: dict[str, int] = {}
        self._needed: dict[str, int] = {}

    def forget(self) -> None:
        """The text has another size."""
        self._chosen.clear()
        self._needed.clear()

    def choose(self, column: Column, width: int) -> int:
        """The person drags an edge; the width that it gets: whole columns are never narrower than their text."""
        self._chosen[column.key] = max(width, self._needed.get(column.key, 0)) if column.whole else width
        return self._chosen[column.key]

    def measure(self, columns: Iterable[Column], rows: Sequence[Row]) -> bool:
        """Rows have come; whether a whole column must be wider than it was."""
        grown = False
        for column in columns:
            if not column.whole:
                continue
            cells = ((row.cells.get(column.key), row.unread) for row in rows)
            widest = max((self._text_width(cell, bold) for cell, bold in cells if cell is not None), default=0)
            widest = min(widest, self._px(WIDEST))
            if widest > max(self._needed.get(column.key, 0), self.wanted(column)):
                grown = True
            self._needed[column.key] = max(self._needed.get(column.key, 0), widest)
        return grown

    def wanted(self, column: Column) -> int:
        """What the column has when there is room."""
        least = self._needed.get(column.key, 0) if column.whole else 0
        return max(self._chosen.get(column.key, self._px(column.width)), least)

    def fit(self, columns: Sequence[Column], room: int) -> Mapping[str, int]:
        """Widths of the columns that have room, from left to right as they stand; the others are left out."""
        kept = list(columns)
        for column in reversed(columns):
            if sum(self._at_least(each) for each in kept) <= room:
                break
            if column.optional and len(kept) > 1:
                kept.remove(column)
        widths = {column.key: self.wanted(column) for column in kept}
        stretching = next((column.key for column in kept if column.stretch), kept[-1].key if kept else "")
        if stretching:
            spare = room - sum(widths.values())
            widths[stretching] = max(self._px(LEAST), widths[stretching] + spare)
        return widths

    def _at_least(self, column: Column) -> int:
        return self._px(LEAST_STRETCH) if column.stretch else self.wanted(column)

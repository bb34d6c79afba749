"""Which rows of a list are ticked, by id."""

from collections.abc import Callable, Iterable

from workloom.api.ui import Row
from workloom.shell.kit.table_all import WholeList
from workloom.shell.kit.table_model import PagedModel


class Ticks:
    """Tells `changed()` after each change."""

    def __init__(self, model: PagedModel, changed: Callable[[], None]) -> None:
        self._model, self._changed = model, changed
        self._ticked: dict[str, None] = {}
        self._anchor = -1
        self._all = WholeList(model, self._add_rows)

    def __contains__(self, row: object) -> bool:
        return row in self._ticked

    def __len__(self) -> int:
        return len(self._ticked)

    def ids(self) -> tuple[str, ...]:
        """In the order of the list; those whose place is not known come last."""
        if len(self._ticked) < 2:
            return tuple(self._ticked)
        held = self._model.held_places()
        places = {row: held.get(row, self._model.places.get(row, self._model.total)) for row in self._ticked}
        return tuple(sorted(self._ticked, key=places.__getitem__))

    def toggle(self, index: int) -> None:
        """Tick the row, or take its tick away."""
        row = self._model.row(index)
        if row is not None:
            self._all.stop()
            if row.id in self._ticked:
                del self._ticked[row.id]
            else:
                self._ticked[row.id] = None
            self._anchor = index
            self._changed()

    def extend(self, index: int) -> None:
        """Tick all rows from the one that was touched last to this one."""
        start = self._anchor if self._anchor >= 0 else index
        self.add(range(min(start, index), max(start, index) + 1))
        self._anchor = index

    def add(self, indexes: Iterable[int]) -> None:
        """Tick these rows, as far as they are here."""
        rows = (self._model.row(index) for index in indexes)
        self._ticked.update((row.id, None) for row in rows if row is not None)
        self._changed()

    def add_all(self) -> None:
        """Tick every row of the list: those that are here at once, the others as they come."""
        self._all.begin()

    def sorted_anew(self) -> None:
        """The list has another order."""
        self._all.begin_anew()

    def go_on(self) -> None:
        """Rows have come: they are ticked if all are to be."""
        self._all.go_on()

    def _add_rows(self, rows: Iterable[Row]) -> None:
        self._ticked.update((row.id, None) for row in rows)
        self._changed()

    def drop(self, rows: Iterable[str]) -> None:
        """These rows have left the list."""
        gone = [row for row in rows if row in self._ticked]
        for row in gone:
            del self._ticked[row]
        if gone:
            self._changed()

    def clear(self) -> None:
        """Untick all."""
        self._all.stop()
        self._anchor = -1
        self._ticked.clear()
        self._changed()

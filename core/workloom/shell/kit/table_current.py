"""The current row of a list: kept by id, wherever sorting and refreshing put it."""

from collections.abc import Callable

from workloom.shell.kit.table_model import PagedModel

NEAR = 30
"""Rows after and before the current one of which one takes over when it goes."""


class CurrentRow:
    """`move(index)` makes Qt's current index follow; `changed(id)` is told when another row is current.

    `chosen`: the person went there. At first the top row is current because none else is.
    """

    def __init__(
        self, model: PagedModel, where: Callable[[], int], move: Callable[[int], None], changed: Callable[[str], None]
    ) -> None:
        self._model, self._where, self._move, self._changed = model, where, move, changed
        self.id = ""
        self.chosen = False
        self._awaited = -1
        self._following = False
        self._neighbours: tuple[str, ...] = ()

    def went_to(self, index: int) -> None:
        """Qt's current index is another one. If its row has not come yet, it becomes current when it does."""
        if self._following or self._model.is_taking:
            return
        self.chosen = True
        self._take_over(index)

    def choose(self, row: str) -> None:
        """A row becomes current whose place is not known yet."""
        self.forget()
        self.chosen = True
        self._become(row)

    def remember(self) -> None:
        """Rows are about to be read anew: note which of them takes over if the current one is no longer there."""
        here, model = self._where(), self._model
        if here >= 0:
            places = (*range(here + 1, here + NEAR), *range(here - 1, max(here - NEAR, -1), -1))
            rows = (model.row(place) for place in places)
            self._neighbours = tuple(row.id for row in rows if row is not None)

    def forget(self) -> None:
        """Another list is shown."""
        self.id, self.chosen, self._awaited, self._neighbours = "", False, -1, ()

    def follow(self) -> None:
        """Rows have come: the current index goes where the row is now."""
        model = self._model
        if not model.total:
            self._become("")
            return
        if self._awaited >= 0:
            self._take_over(self._awaited)
        elif not self.id:
            self._take_over(0)
        if self._awaited < 0:
            self._go_to(model.find(self.id))

    def leave(self) -> None:
        """The row is no longer in the list: the next one that is left takes over, else the one before."""
        following = next((row for row in self._neighbours if self._model.find(row) >= 0), "")
        if following:
            self._become(following)
        else:
            self._take_over(max(self._where(), 0))
        if self._awaited < 0:
            self._go_to(self._model.find(self.id))

    @property
    def awaited(self) -> bool:
        """Whether a row is to become current that has not come yet."""
        return self._awaited >= 0

    def _take_over(self, index: int) -> None:
        index = min(index, self._model.total - 1)
        row = self._model.row(index)
        self._awaited = index if row is None else -1
        # Until the row has come nothing is current: a key must not reach the row that was left.
        self._become(row.id if row is not None else "")
        if row is None and index >= 0:
            self._model.touch(index)

    def _go_to(self, place: int) -> None:
        if place >= 0 and place != self._where():
            self._following = True
            self._move(place)
            self._following = False

    def _become(self, row: str) -> None:
        if row != self.id:
            self.id = row
            self._changed(row)

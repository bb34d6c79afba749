"""Every row of a list, read page by page, whoever has looked at it or not."""

from collections.abc import Callable, Sequence

from workloom.api.ui import Row
from workloom.shell.kit.table_model import PAGE, PagedModel


class WholeList:
    """Hands each page over once, from the first to the last; one is asked for at a time, so that a service is not
    asked faster than it answers.
    """

    def __init__(self, model: PagedModel, take: Callable[[Sequence[Row]], None]) -> None:
        self._model, self._take = model, take
        self._next: int | None = None

    def begin(self) -> None:
        """From the first page on."""
        self._next = 0
        self.go_on()

    def begin_anew(self) -> None:
        """The list has another order: from the first page on, if not all was read."""
        if self._next is not None:
            self._next = 0

    def stop(self) -> None:
        """No more is wanted."""
        self._next = None

    def go_on(self) -> None:
        """Hand over what is here now, and ask for the page after it."""
        if self._next is None:
            return
        page, here = self._next, list[Row]()
        while page * PAGE < self._model.total and (rows := self._model.page(page)) is not None:
            here += rows
            page += 1
        self._next = page if page * PAGE < self._model.total else None
        if self._next is not None:
            self._model.want(page)
        if here:
            self._take(here)

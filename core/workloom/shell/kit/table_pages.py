"""Pages of a list that are held, and those that are asked for: an answer counts while its request is the newest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from workloom.api.ui import PageRequest, Row

KEEP_PAGES = 40
"""Pages held at once; those looked at longest ago are forgotten."""

Fetch = Callable[[PageRequest], None]
_Take = Callable[["Request", Sequence[Row], int, Mapping[str, int] | None], None]


class Request:
    """`workloom.api.ui.PageRequest`."""

    def __init__(
        self,
        offset: int,
        limit: int,
        sort: str,
        descending: bool,
        find: tuple[str, ...],
        *,
        pages: "Pages",
        take: _Take,
    ) -> None:
        self.offset, self.limit, self.sort, self.descending, self.find = offset, limit, sort, descending, find
        self._pages, self._take = pages, take

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted."""
        return self._pages.awaits(self)

    def answer(self, rows: Sequence[Row], total: int, places: Mapping[str, int] | None = None) -> None:
        """Hand over the rows of a list of `total`."""
        if self._pages.close(self):
            self._take(self, rows, total, places)

    def failed(self) -> None:
        """The rows cannot be had now."""
        self._pages.give_up(self)


class Pages:
    """Rows by page. Stale pages stay on show until their answer comes.

    `left` is told where the rows of a page stand that is forgotten because others were looked at since.
    """

    def __init__(self, size: int, left: dict[str, int]) -> None:
        self._size, self._left = size, left
        self._held: dict[int, tuple[Row, ...]] = {}
        self._stale: set[int] = set()
        self._asked: dict[int, Request] = {}
        self._again: set[int] = set()
        self._places: dict[str, int] = {}

    def row(self, index: int) -> Row | None:
        """A row, None if it is not here."""
        page = self._held.get(index // self._size)
        place = index % self._size
        return page[place] if page is not None and place < len(page) else None

    def page(self, page: int) -> tuple[Row, ...] | None:
        """The rows of a page, None if it is not here."""
        return self._held.get(page)

    def rows(self) -> Iterator[Row]:
        """All rows that are here."""
        return chain.from_iterable(self._held.values())

    def fresh_rows(self) -> int:
        """How many rows are here as they were last read."""
        return sum(len(rows) for page, rows in self._held.items() if page not in self._stale)

    def find(self, row_id: str) -> int:
        """Where a row stands among those that are here, -1 = not here."""
        return self._places.get(row_id, -1)

    def places(self) -> Mapping[str, int]:
        """Where the rows that are here stand, by id. Of two places the one that was read last counts."""
        return self._places

    def put(self, request: Request, rows: Sequence[Row]) -> bool:
        """Hold the rows that answer a request; whether the page is wanted once more since then."""
        page = request.offset // self._size
        again = page in self._again
        self._again.discard(page)
        if not again:
            self._stale.discard(page)
        self._drop(page)
        self._held[page] = tuple(rows)
        self._places.update((row.id, request.offset + place) for place, row in enumerate(rows))
        while len(self._held) > KEEP_PAGES:
            oldest = next(iter(self._held))
            self._left.update((row.id, place) for place, row in enumerate(self._held[oldest], oldest * self._size))
            self._drop(oldest)
        return again

    def replace(self, row: Row) -> int:
        """Hold a row as it is said now; its place, -1 = it is not here."""
        place = self.find(row.id)
        if place >= 0:
            page, within = divmod(place, self._size)
            rows = self._held[page]
            self._held[page] = (*rows[:within], row, *rows[within + 1 :])
        return place

    def cut(self, total: int) -> None:
        """The list has only so many rows now."""
        for page in [page for page in self._held if page * self._size >= total]:
            self._drop(page)

    def _drop(self, page: int) -> None:
        for place, row in enumerate(self._held.pop(page, ()), page * self._size):
            if self._places.get(row.id) == place:
                del self._places[row.id]

    def clear(self) -> None:
        """Hold nothing and wait for nothing."""
        self._places.clear()
        self._held.clear()
        self._stale.clear()
        self._asked.clear()
        self._again.clear()

    def all_stale(self) -> None:
        """What is held may have changed, and what is on its way as well: that is asked for once more when it has come.

        So there is one request for a page at a time, and a slow service is not asked faster than it answers.
        """
        self._stale = {*self._held, *self._asked}
        self._again = set(self._asked)

    def ask_again(self, page: int) -> None:
        """Wait no longer for the answer about a page."""
        self._asked.pop(page, None)
        self._again.discard(page)

    def asked(self, request: Request) -> None:
        """The newest request for its page."""
        self._asked[request.offset // self._size] = request

    def is_asked(self, page: int | None = None) -> bool:
        """Whether an answer about the page, or about any, is awaited."""
        return bool(self._asked) if page is None else page in self._asked

    def is_needed(self, page: int) -> bool:
        """Whether the page is not here, or may have changed."""
        return page not in self._held or page in self._stale

    def awaits(self, request: Request) -> bool:
        """Whether this is the newest request for its page and not answered yet."""
        return self._asked.get(request.offset // self._size) is request

    def give_up(self, request: Request) -> None:
        """It cannot be answered."""
        if self.close(request):
            self._again.discard(request.offset // self._size)

    def close(self, request: Request) -> bool:
        """Await it no longer; whether it was awaited."""
        awaited = self.awaits(request)
        if awaited:
            del self._asked[request.offset // self._size]
        return awaited

"""Lists of items that are read page by page: what any list of items does, without its widgets. No Qt."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from workloom.api.columns import ItemColumn
from workloom.api.context import Context
from workloom.api.shown import Cell, Column, PageRequest, Row
from workloom.domain import wording
from workloom.domain.commands import Pull
from workloom.domain.errors import WorkloomError
from workloom.domain.interaction import Interaction
from workloom.domain.pages import ItemRow, Page, Sort

LONGEST, LONGEST_TOOLTIP = 300, 1000
"""Characters of a cell and of its tooltip: more cannot be seen, but takes long to draw."""

ReadPage = Callable[[PageRequest, Sort], Page[ItemRow]]
"""`read(request, sort)`: one page, with the places of the items that the request wants to find. Blocks."""


class ItemFeed:
    """Answers the requests of a table from the services and keeps the rows that it read by id.

    `row(item_row)` makes the row that the table shows, off the UI thread. `came(page)` is told after a page is on show,
    `failed(error)` when one could not be read: what is on show stays.
    """

    def __init__(
        self,
        context: Context,
        row: Callable[[ItemRow], Row],
        came: Callable[[Page[ItemRow]], None],
        failed: Callable[[WorkloomError], None],
    ) -> None:
        self._context, self._shown, self._came, self._failed = context, row, came, failed
        self._read: ReadPage | None = None
        self._stopped = False
        self._rows: dict[str, ItemRow] = {}
        self._young: tuple[ItemRow, ...] = ()

    def show(self, read: ReadPage) -> None:
        """Another list is shown from now on; let the table begin anew after this."""
        self._read = read
        self._rows.clear()
        self._young = ()

    def stop(self) -> None:
        """The view has gone: no answer comes any more."""
        self._read, self._stopped = None, True

    def fetch(self, request: PageRequest) -> None:
        """The table needs rows."""
        if self._read is None:
            return
        read = self._read
        order = Sort(key=request.sort, descending=request.descending) if request.sort else Sort()

        def work() -> tuple[Page[ItemRow], list[Row]]:
            page = read(request, order)
            return page, [self._shown(row) for row in page.rows]

        def came(answer: tuple[Page[ItemRow], list[Row]]) -> None:
            page, rows = answer
            if request.is_open and not self._stopped:
                self._rows.update({row.item.id: row for row in page.rows})
                self._young = tuple(row for row in self._rows.values() if _in_seconds(row, self._context.now()))
                request.answer(rows, page.total, page.places)
                self._came(page)

        def failed(error: WorkloomError) -> None:
            if request.is_open and not self._stopped:
                request.failed()
                self._failed(error)

        self._context.read(work, came, failed)

    def aging(self, now: datetime) -> list[Row]:
        """Rows whose times are in seconds, said anew for `Table.renew`; each once more when its minute is full."""
        rows = [self._shown(row) for row in self._young]
        self._young = tuple(row for row in self._young if _in_seconds(row, now))
        return rows

    def row(self, item: str) -> ItemRow | None:
        """A row that was read, None if it was not."""
        return self._rows.get(item)

    def rows(self, items: Sequence[str]) -> tuple[ItemRow, ...]:
        """Those of the rows that were read, in the order given."""
        return tuple(self._rows[item] for item in items if item in self._rows)

    def holds(self, item: str) -> bool:
        """Whether the item was in the list when it was read."""
        return item in self._rows


def _in_seconds(row: ItemRow, now: datetime) -> bool:
    item = row.item
    return wording.in_seconds(now - item.received_at, now - item.placed_at, *([now - row.since] if row.since else []))


def open_from_list(context: Context, rows: Sequence[ItemRow], *, from_history: bool = False) -> None:
    """Take items from where they rest and show them; one that is with the agent already is only shown.

    Whether they may be taken is judged by the service at this moment, not by the rows: what it refuses becomes a notice
    in its words. `from_history`: the option of the media type for opening from the history counts as well.
    """

    def found(mine: frozenset[str]) -> None:
        for place, row in enumerate(rows):
            show = partial(context.desktop.open_item, focus=place == 0)
            if row.item.id in mine:
                show(row.item.id)
            else:
                context.change(Pull(item=row.item.id, from_history=from_history), then=partial(_shown, show))

    context.read(lambda: frozenset(item.id for item in context.services.items.open_items()), found)


def _shown(show: Callable[[str], None], item: Interaction) -> None:
    show(item.id)


def shown_columns(columns: Sequence[ItemColumn]) -> tuple[Column, ...]:
    """The columns as a table takes them."""
    return tuple(
        Column(
            key=column.name,
            title=column.title,
            width=column.width,
            stretch=column.stretch,
            sort=column.sort,
            whole=column.whole,
            optional=column.optional,
        )
        for column in columns
    )


def shown_row(row: ItemRow, columns: Sequence[ItemColumn], now: datetime, icons: Mapping[str, str]) -> Row:
    """A row as a table takes it. `icons`: the icon of each media type."""
    cells = {}
    for column in columns:
        said = column.say(row, now)
        text, tooltip = wording.shortened(said.text, LONGEST), wording.shortened(said.tooltip, LONGEST_TOOLTIP)
        cells[column.name] = Cell(text=text, icon=said.icon, tone=said.tone, tooltip=tooltip)
    return Row(
        id=row.item.id,
        cells=cells,
        icon=icons.get(row.item.media_type, "clipboard-list"),
        unread=row.item.unread and not row.item.is_finished,
    )

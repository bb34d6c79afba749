"""Lists of items that are read page by page: what any list of items does, without its widgets. No Qt."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from workloom.api.columns import ItemColumn
from workloom.api.context import Context
from workloom.api.shown import Cell, Column, Row
from workloom.domain.commands import Pull
from workloom.domain.pages import ItemRow, Page, Sort

ReadPage = Callable[[int, int, Sort], Page[ItemRow]]
"""`read(offset, limit, sort)`: one page. Blocks."""

KEPT = frozenset(("Subject", "Due"))
LEAST_SUBJECT = 140
"""Width below which Subject is not squeezed while other columns can go."""


class ItemFeed:
    """Reads the pages that a table asks for and keeps their rows by id.

    `answer(offset, rows, total)` hands a page to the table. What was asked of another list before is dropped.
    """

    def __init__(self, context: Context, answer: Callable[[int, Sequence[ItemRow], int], None]) -> None:
        self._context, self._answer = context, answer
        self._read: ReadPage | None = None
        self._turn = 0
        self._rows: dict[str, ItemRow] = {}

    def show(self, read: ReadPage) -> None:
        """Another list is shown from now on; let the table begin anew after this."""
        self._read = read
        self._turn += 1
        self._rows.clear()

    def fetch(self, offset: int, limit: int, sort: str, descending: bool) -> None:
        """The table needs rows."""
        if self._read is None:
            return
        read, turn = self._read, self._turn
        order = Sort(key=sort, descending=descending) if sort else Sort()

        def came(page: Page[ItemRow]) -> None:
            if turn == self._turn:
                self._rows.update({row.item.id: row for row in page.rows})
                self._answer(page.offset, page.rows, page.total)

        self._context.read(lambda: read(offset, limit, order), came)

    def row(self, item: str) -> ItemRow | None:
        """A row that was read, None if it was not."""
        return self._rows.get(item)

    def rows(self, items: Sequence[str]) -> tuple[ItemRow, ...]:
        """Those of the rows that were read, in the order given."""
        return tuple(self._rows[item] for item in items if item in self._rows)

    def holds(self, item: str) -> bool:
        """Whether the item was in the list when it was read."""
        return item in self._rows


def open_from_list(context: Context, rows: Sequence[ItemRow]) -> None:
    """Take items from where they rest and show them; one that is with the agent already is only shown.

    What the service refuses becomes a notice in its words.
    """
    services = context.services

    def take(me: str, row: ItemRow, *, focus: bool) -> None:
        if row.item.assigned_to == me and not row.item.is_finished:
            context.desktop.open_item(row.item.id, focus=focus)
            return
        context.change(Pull(item=row.item.id), then=lambda item: context.desktop.open_item(item.id, focus=focus))

    def found(answer: tuple[str, Sequence[ItemRow]]) -> None:
        me, now = answer
        for place, row in enumerate(now):
            take(me, row, focus=place == 0)

    context.read(lambda: (services.configuration.me().name, [services.items.get(row.item.id) for row in rows]), found)


def fitting_columns(columns: Sequence[ItemColumn], width: int) -> tuple[ItemColumn, ...]:
    """As many of the columns as have room in `width`: optional ones go from the right, Subject and Due never."""
    kept = list(columns)
    for column in reversed(columns):
        needed = sum(LEAST_SUBJECT if each.stretch else each.width for each in kept)
        if needed <= width or len(kept) == 1:
            break
        if column.name not in KEPT:
            kept.remove(column)
    return tuple(kept)


def shown_columns(columns: Sequence[ItemColumn]) -> tuple[Column, ...]:
    """The columns as a table takes them."""
    return tuple(
        Column(
            key=column.name,
            title=column.title,
            width=column.width,
            stretch=column.stretch,
            sort=column.sort,
        )
        for column in columns
    )


def shown_row(row: ItemRow, columns: Sequence[ItemColumn], now: datetime, icons: Mapping[str, str]) -> Row:
    """A row as a table takes it. `icons`: the icon of each media type."""
    cells = {}
    for column in columns:
        said = column.say(row, now)
        cells[column.name] = Cell(text=said.text, icon=said.icon, tone=said.tone, tooltip=said.tooltip)
    return Row(
        id=row.item.id,
        cells=cells,
        icon=icons.get(row.item.media_type, "clipboard-list"),
        unread=row.item.unread and not row.item.is_finished,
    )

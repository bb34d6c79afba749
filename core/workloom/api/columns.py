"""Columns that any list of items can show; options such as `displayed-columns` name them.

A column says what stands in its cell for a row at an instant; widgets are made of it elsewhere.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from workloom.domain import wording
from workloom.domain.interaction import Outcome
from workloom.domain.pages import ItemRow


class CellText(Struct, frozen=True, kw_only=True):
    """What a cell says: text, an icon before it, a tone (warning, danger, muted) and the full form for the tooltip."""

    text: str
    icon: str = ""
    tone: str = ""
    tooltip: str = ""


class ItemColumn(Struct, frozen=True, kw_only=True):
    """A column of a list of items. `sort` is the sort key of the service, empty = cannot be sorted by.

    `whole`, `optional`: as in `Column`.
    """

    name: str
    title: str
    say: Callable[[ItemRow, datetime], CellText]
    width: int = 120
    stretch: bool = False
    sort: str = ""
    whole: bool = True
    optional: bool = True


def _received(row: ItemRow, now: datetime) -> CellText:
    at = row.item.received_at
    return CellText(text=wording.moment(at, now), tone="muted", tooltip=wording.full_moment(at))


def _due(row: ItemRow, now: datetime) -> CellText:
    at = row.item.attributes.due_at
    if at is None:
        return CellText(text="")
    if row.item.is_finished:
        return CellText(text=wording.moment(at, now), tone="muted", tooltip=wording.full_moment(at))
    due = wording.due(at, now)
    icon = {"danger": "triangle-alert", "warning": "clock"}.get(due.tone, "")
    return CellText(text=due.text, icon=icon, tone=due.tone, tooltip=wording.full_moment(at))


def _priority(row: ItemRow, now: datetime) -> CellText:
    del now
    level = wording.priority_level(row.item.priority)
    return CellText(
        text=wording.priority_word(row.item.priority),
        icon=f"priority:{level}",
        tone="danger" if level == 4 else "",
        tooltip=f"Priority {row.item.priority:,}",
    )


def _age(row: ItemRow, now: datetime) -> CellText:
    at = row.item.received_at
    age = wording.duration(max(now - at, timedelta(0)))
    return CellText(text=age, tone="muted", tooltip=f"Received {wording.full_moment(at)}")


def _where(row: ItemRow, now: datetime) -> CellText:
    item = row.item
    if item.is_finished:
        at = item.completed_at
        return CellText(text=row.where, icon="check", tone="muted", tooltip=_since(row.where, "", at))
    icon = "inbox" if item.workbin else "list-end" if not item.assigned_to else "presence:with-agent"
    return CellText(text=row.where_at(now), icon=icon, tooltip=_since(row.where, "since ", row.since or item.placed_at))


def _since(where: str, word: str, at: datetime | None) -> str:
    return f"{where}, {word}{wording.full_moment(at)}" if at is not None else where


def _result(row: ItemRow, now: datetime) -> CellText:
    del now
    item = row.item
    if not item.is_finished:
        return CellText(text="—", tone="muted")
    outcome = "Canceled" if item.outcome is Outcome.CANCELED else item.outcome.value.capitalize() or "Done"
    return CellText(text=row.disposition or outcome)


def _from(row: ItemRow, now: datetime) -> CellText:
    del now
    return CellText(text=row.contact or "Unknown contact")


def _subject(row: ItemRow, now: datetime) -> CellText:
    del now
    return CellText(text=row.item.subject, tooltip=row.item.subject)


def _number(row: ItemRow, now: datetime) -> CellText:
    del now
    return CellText(text=row.item.number, tone="muted")


_COLUMNS = (
    ItemColumn(name="From", title="From", say=_from, width=168, sort="from", whole=False),
    ItemColumn(
        name="Subject",
        title="Subject",
        say=_subject,
        width=240,
        stretch=True,
        sort="subject",
        whole=False,
        optional=False,
    ),
    ItemColumn(name="Number", title="Number", say=_number, width=136, sort="number"),
    ItemColumn(name="Received", title="Received", say=_received, width=108, sort="received"),
    ItemColumn(name="Due", title="Due", say=_due, width=124, sort="due", optional=False),
    ItemColumn(name="Priority", title="Priority", say=_priority, width=88, sort="priority"),
    ItemColumn(name="Age", title="Age", say=_age, width=88),
    ItemColumn(name="WhereItIs", title="Where it is", say=_where, width=288, whole=False),
    ItemColumn(name="Result", title="Result", say=_result, width=104, whole=False),
)
ITEM_COLUMNS = {column.name: column for column in _COLUMNS}


def item_columns(names: Sequence[str]) -> tuple[ItemColumn, ...]:
    """The named columns in the order of the names; unknown names are left out, at least Subject is there."""
    known = tuple(ITEM_COLUMNS[name] for name in dict.fromkeys(names) if name in ITEM_COLUMNS)
    return known or (ITEM_COLUMNS["Subject"],)

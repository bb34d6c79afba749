"""Columns that any list of items can show; options such as `displayed-columns` name them.

A column says what stands in its cell for a row at an instant; widgets are made of it elsewhere.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct

from workloom.api.words import Say, as_it_is
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


def _due(say: Say, row: ItemRow, now: datetime) -> CellText:
    at = row.item.attributes.due_at
    if at is None:
        return CellText(text="")
    if row.item.is_finished:
        return CellText(text=wording.moment(at, now), tone="muted", tooltip=wording.full_moment(at))
    due = wording.due(at, now, say=say)
    icon = {"danger": "triangle-alert", "warning": "clock"}.get(due.tone, "")
    return CellText(text=due.text, icon=icon, tone=due.tone, tooltip=wording.full_moment(at))


def priority_words(priority: int, say: Say) -> str:
    """How urgent an item is, in a word."""
    return (say("Low"), say("Normal"), say("High"), say("Urgent"))[wording.priority_level(priority) - 1]


def _priority(say: Say, row: ItemRow, now: datetime) -> CellText:
    del now
    level = wording.priority_level(row.item.priority)
    return CellText(
        text=priority_words(row.item.priority, say),
        icon=f"priority:{level}",
        tone="danger" if level == 4 else "",
        tooltip=say("Priority {number:,}", number=row.item.priority),
    )


def _age(say: Say, row: ItemRow, now: datetime) -> CellText:
    at = row.item.received_at
    age = wording.duration(max(now - at, timedelta(0)))
    return CellText(text=age, tone="muted", tooltip=say("Received {time}", time=wording.full_moment(at)))


def _where(say: Say, row: ItemRow, now: datetime) -> CellText:
    item = row.item
    if item.is_finished:
        at = item.completed_at
        tooltip = f"{row.where}, {wording.full_moment(at)}" if at else row.where
        return CellText(text=row.where, icon="check", tone="muted", tooltip=tooltip)
    icon = "inbox" if item.workbin else "list-end" if not item.assigned_to else "presence:with-agent"
    since = say("since {time}", time=wording.full_moment(row.since or item.placed_at))
    return CellText(text=row.where_at(now), icon=icon, tooltip=f"{row.where}, {since}")


def _result(say: Say, row: ItemRow, now: datetime) -> CellText:
    del now
    item = row.item
    if not item.is_finished:
        return CellText(text="—", tone="muted")
    outcome = say("Canceled") if item.outcome is Outcome.CANCELED else say("Done")
    return CellText(text=row.disposition or outcome)


def _from(say: Say, row: ItemRow, now: datetime) -> CellText:
    del now
    return CellText(text=row.contact or say("Unknown contact"))


def _subject(row: ItemRow, now: datetime) -> CellText:
    del now
    return CellText(text=row.item.subject, tooltip=row.item.subject)


def _number(row: ItemRow, now: datetime) -> CellText:
    del now
    return CellText(text=row.item.number, tone="muted")


def _columns(say: Say) -> tuple[ItemColumn, ...]:
    return (
        ItemColumn(name="From", title=say("From"), say=partial(_from, say), width=168, sort="from", whole=False),
        ItemColumn(
            name="Subject",
            title=say("Subject"),
            say=_subject,
            width=240,
            stretch=True,
            sort="subject",
            whole=False,
            optional=False,
        ),
        ItemColumn(name="Number", title=say("Number"), say=_number, width=136, sort="number"),
        ItemColumn(name="Received", title=say("Received"), say=_received, width=108, sort="received"),
        ItemColumn(name="Due", title=say("Due"), say=partial(_due, say), width=124, sort="due", optional=False),
        ItemColumn(name="Priority", title=say("Priority"), say=partial(_priority, say), width=88, sort="priority"),
        ItemColumn(name="Age", title=say("Age"), say=partial(_age, say), width=88),
        ItemColumn(name="WhereItIs", title=say("Where it is"), say=partial(_where, say), width=288, whole=False),
        ItemColumn(name="Result", title=say("Result"), say=partial(_result, say), width=104, whole=False),
    )


ITEM_COLUMNS = {column.name: column for column in _columns(as_it_is)}


def item_columns(names: Sequence[str], say: Say = as_it_is) -> tuple[ItemColumn, ...]:
    """The named columns in the order of the names; unknown names are left out, at least Subject is there.

    `say`: `Context.translate`, for titles and cells in the agent's language.
    """
    there = {column.name: column for column in _columns(say)}
    known = tuple(there[name] for name in dict.fromkeys(names) if name in there)
    return known or (there["Subject"],)

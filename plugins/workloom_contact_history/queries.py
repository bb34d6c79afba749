"""What is asked of the history, and what its rows and cards say. No Qt."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from workloom.api import (
    Cell,
    Column,
    Contact,
    EventKind,
    Fact,
    HistoryQuery,
    HistoryScope,
    HistoryStatus,
    Interaction,
    ItemColumn,
    ItemDetails,
    ItemRow,
    OptionSet,
    Outcome,
    Row,
    Say,
    Services,
    as_it_is,
    common_facts,
    item_columns,
    shown_columns,
    shown_row,
    wording,
)

ACTION = "action"
_NAMES = ("Title", "FirstName", "LastName")
_ACTION_COLUMN = Column(key=ACTION, title="", width=104, align="right", whole=True)

_COLUMN_OPTIONS = {
    HistoryScope.MINE: "contact.myhistory-displayed-columns",
    HistoryScope.CONTACT: "contact.history-displayed-columns",
    HistoryScope.ALL: "contact.history-displayed-columns",
}


def statuses(say: Say) -> tuple[tuple[HistoryStatus, str], ...]:
    """The status filter: values and titles."""
    return (
        (HistoryStatus.ALL, say("All")),
        (HistoryStatus.IN_PROGRESS, say("In progress")),
        (HistoryStatus.DONE, say("Done")),
    )


class Words(Struct, frozen=True, kw_only=True):
    """What lists need besides their rows: the agent's user name, icons of media types."""

    me: str
    icons: Mapping[str, str]


def read_words(services: Services) -> Words:
    """Read them once. Blocks."""
    configuration = services.configuration
    return Words(
        me=configuration.me().name,
        icons={media.name: media.icon for media in configuration.media_types()},
    )


def query(scope: HistoryScope, status: str, text: str, contact: str = "") -> HistoryQuery:
    """What the filters of a list ask for."""
    return HistoryQuery(scope=scope, contact=contact, status=HistoryStatus(status), text=text)


def columns_of(options: OptionSet, scope: HistoryScope, say: Say = as_it_is) -> tuple[ItemColumn, ...]:
    """The columns that the option of a list names."""
    return item_columns(options.words(_COLUMN_OPTIONS[scope]), say)


def table_columns(columns: Sequence[ItemColumn]) -> tuple[Column, ...]:
    """The columns, and that of Open, Go to and Locked at the right."""
    return (*shown_columns(columns), _ACTION_COLUMN)


def table_row(row: ItemRow, columns: Sequence[ItemColumn], now: datetime, words: Words, say: Say = as_it_is) -> Row:
    """A row with what can be done with it."""
    shown = shown_row(row, columns, now, words.icons)
    cells = {**shown.cells, ACTION: action_of(row, words.me, say)}
    return replace(shown, cells=cells, unread=False)


def action_of(row: ItemRow, me: str, say: Say = as_it_is) -> Cell:
    """Open, Go to, or Locked with the reason; nothing for what is done."""
    if row.item.is_finished:
        return Cell(text="")
    if row.item.assigned_to == me:
        return Cell(text=say("Go to"), icon="arrow-right", button=True, tooltip=say("Go to the open item"))
    if row.can_open:
        tooltip = say("Open it from where it rests")
        return Cell(text=say("Open"), icon="folder-open", button=True, tooltip=tooltip)
    return Cell(text=say("Locked"), icon="lock", tone="muted", tooltip=row.closed_reason)


def is_locked(row: ItemRow, me: str) -> bool:
    """Whether the agent may not take it: it is in progress elsewhere."""
    return not (row.item.is_finished or row.can_open or row.item.assigned_to == me)


def facts_of(details: ItemDetails, say: Say = as_it_is) -> tuple[Fact, ...]:
    """When it came, who had it, where it came from, and what every list says."""
    taken = [event for event in details.path if event.kind in (EventKind.ACCEPTED, EventKind.PULLED)]
    facts = []
    if taken:
        who = taken[-1].person
        facts.append(Fact(label=say("Handled by"), value=say("You") if who == details.me else details.name_of(who)))
    if details.queue:
        facts.append(Fact(label=say("Came from"), value=details.queue))
    if details.row.disposition:
        facts.append(Fact(label=say("Disposition"), value=details.row.disposition))
    first, *rest = common_facts(details, say)
    return (first, *facts, *rest)


def rests_words(details: ItemDetails, say: Say = as_it_is) -> str:
    """The sentence of the card: `Rests in your workbin “Waiting for documents” since 11:34. Nobody has it open.`"""
    row, item, now = details.row, details.row.item, details.read_at
    if details.is_mine:
        row = replace(row, where=say("With you"))
    if item.is_finished:
        at = f", {wording.moment(item.completed_at, now)}" if item.completed_at else ""
        return f"{row.where}{at}."
    if item.assigned_to:
        return f"{row.where_at(now)}."
    since = item.placed_at.astimezone()
    said = f"{since:%H:%M}" if since.date() == now.astimezone().date() else wording.moment(item.placed_at, now)
    if item.offer is not None:
        return say("{place} since {time}.", place=row.where, time=said)
    return say("Rests in {place:within} since {time}. Nobody has it open.", place=row.where, time=said)


def state_word(item: Interaction, say: Say = as_it_is) -> str:
    """`In progress`, `Done`; what was ended otherwise says so."""
    if not item.is_finished:
        return say("In progress")
    ends = {Outcome.CANCELED: say("Canceled"), Outcome.REJECTED: say("Rejected")}
    return ends.get(item.outcome, say("Done"))


def second_line(row: ItemRow, me: str, say: Say = as_it_is) -> Cell:
    """What stands below the subject in the short history, with its icon."""
    item = row.item
    if item.is_finished:
        said = say("Done · {disposition}", disposition=row.disposition) if row.disposition else row.where
        return Cell(text=said, icon="check", tone="muted", tooltip=row.where)
    mine = item.assigned_to == me
    text = say("In progress · {place:within}", place=say("With you") if mine else row.where)
    if mine:
        return Cell(text=text, icon="presence:with-agent", tone="accent")
    if not row.can_open:
        return Cell(text=text, icon="lock", tooltip=row.closed_reason)
    return Cell(text=text, icon="inbox" if item.workbin else "list-end")


def short_day(at: datetime, now: datetime, say: Say = as_it_is) -> str:
    """`today`, `22 Nov`."""
    local, today = at.astimezone().date(), now.astimezone().date()
    return say("today") if local == today else wording.day(local, today)


def counted(in_progress: int, done: int, say: Say = as_it_is) -> dict[str, str]:
    """Titles of the status filter with their counts."""
    counts = {HistoryStatus.IN_PROGRESS: in_progress, HistoryStatus.DONE: done}
    return {status: f"{title} {counts[status]:,}" if counts.get(status) else title for status, title in statuses(say)}


def displayed(contact: Contact, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Attribute and value for each value that is shown below the name, each value once."""
    shown = (name for name in names if name not in _NAMES)
    said = {_plain(contact.full_name)}
    found = []
    for name in shown:
        for value in contact.attributes.get(name, ()):
            if value and _plain(value) not in said:
                said.add(_plain(value))
                found.append((name, value))
    return tuple(found)


def key_said(contact: Contact, names: Sequence[str]) -> str:
    """The key by which the source knows the contact; empty where name or attributes say it already."""
    values = (value for name in ("FirstName", "LastName", *names) for value in contact.attributes.get(name, ()))
    said = {_plain(contact.full_name), *map(_plain, values)}
    return "" if _plain(contact.key) in said else contact.key


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def called(contact: Contact, names: Sequence[str]) -> str:
    """The full name, with the title where it is displayed."""
    title = contact.first("Title") if "Title" in names else ""
    return f"{title} {contact.full_name}".strip()

"""Lists are read page by page: queries and the pages that answer them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

from workloom.domain.interaction import Interaction
from workloom.domain.wording import duration

Row = TypeVar("Row")


class Page(Struct, Generic[Row], frozen=True, kw_only=True):
    """Rows `offset` … of a list that has `total` rows at this moment.

    `places`: where those items stand in it that the query asked to find; one that is not in the list is left out.
    """

    offset: int
    total: int
    rows: tuple[Row, ...]
    places: Mapping[str, int] = {}


class Sort(Struct, frozen=True, kw_only=True):
    """Column key and direction."""

    key: str = "received"
    descending: bool = True


class ItemRow(Struct, frozen=True, kw_only=True):
    """An item as a list shows it: the record, the name of its contact, and where it rests in words.

    `since` is the instant from which the time there is counted; None = the time is not said. `disposition` is what
    people call that of the item.
    """

    item: Interaction
    contact: str = ""
    where: str = ""
    since: datetime | None = None
    can_open: bool = False
    closed_reason: str = ""
    disposition: str = ""

    def where_at(self, now: datetime) -> str:
        """Where it rests and for how long: `Queue “Claims – Experts”, 38 min`, `With you, 12 min`."""
        return f"{self.where}, {duration(now - self.since)}" if self.since else self.where


class WorkbinQuery(Struct, frozen=True, kw_only=True):
    """One workbin's items; `limit` is capped by the option `.max-results`. `find`: items whose places are asked for."""

    workbin: str
    owner: str
    text: str = ""
    only: str = ""  # "", "unread", "due-today"
    sort: Sort = Sort()
    offset: int = 0
    limit: int = 100
    find: tuple[str, ...] = ()


class WorkbinNode(Struct, frozen=True, kw_only=True):
    """A workbin in the explorer tree with its counts."""

    workbin: str
    owner: str
    owner_kind: str  # agent, agent-group, place, place-group
    title: str
    section: str  # my, shared, team
    owner_title: str = ""
    total: int = 0
    unread: int = 0
    accepts: bool = True


class HistoryScope(StrEnum):
    """Whose history is searched."""

    CONTACT = "contact"
    MINE = "mine"
    ALL = "all"


class HistoryStatus(StrEnum):
    """Status filter of the history."""

    ALL = "all"
    IN_PROGRESS = "in-progress"
    DONE = "done"


class HistoryQuery(Struct, frozen=True, kw_only=True):
    """Interactions of a contact, of the caller, or all; `text` is the quick search (each word a prefix).

    `find`: items whose places in the list are asked for.
    """

    scope: HistoryScope
    contact: str = ""
    status: HistoryStatus = HistoryStatus.ALL
    text: str = ""
    sort: Sort = Sort()
    offset: int = 0
    limit: int = 100
    find: tuple[str, ...] = ()


class HistoryCounts(Struct, frozen=True, kw_only=True):
    """How many rows each status filter would show."""

    in_progress: int = 0
    done: int = 0

"""What the reading services need of a store: lists, counts and searches that indexes answer page by page."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from workloom.domain.contact import Contact
from workloom.domain.interaction import Interaction
from workloom.domain.pages import HistoryScope, HistoryStatus, Sort

SORT_KEYS = ("received", "placed", "from", "subject", "number", "due", "priority", "completed")
"""Columns by which lists can be sorted. Rows without a value come last; equal ones keep their order over pages."""

WorkbinAddress = tuple[str, str]
"""Workbin and owner."""


class Listed(Struct, frozen=True, kw_only=True):
    """An item with what a list says of it: the name of its contact, and the actor of the event that finished it."""

    item: Interaction
    contact: str = ""
    finished_by: str = ""


class WorkbinList(Struct, frozen=True, kw_only=True):
    """Items of one workbin. `text`: each word begins a word of subject, number, notes or contact name."""

    workbin: str
    owner: str
    text: str = ""
    unread: bool = False
    due_before: datetime | None = None
    sort: Sort = Sort()


class HistoryList(Struct, frozen=True, kw_only=True):
    """Items of a contact, of a person (ever party of them), or all; `text` as in `WorkbinList`."""

    scope: HistoryScope
    contact: str = ""
    person: str = ""
    status: HistoryStatus = HistoryStatus.ALL
    text: str = ""
    sort: Sort = Sort()


class Counts(Struct, frozen=True, kw_only=True):
    """Items of a workbin."""

    total: int = 0
    unread: int = 0


class QueueLoad(Struct, frozen=True, kw_only=True):
    """Items that wait in a queue, and the age (instant) of the oldest."""

    waiting: int
    oldest: datetime


class Belonging(Struct, frozen=True, kw_only=True):
    """The queue to which an item would go back, and its media type."""

    queue: str
    media_type: str


class ListReader(Protocol):
    """Lists, as the snapshot has them."""

    def listed(self, items: Sequence[str]) -> tuple[Listed, ...]:
        """These items, in this order; unknown ones are left out."""
        ...

    def workbin_counts(self, owners: Sequence[str]) -> Mapping[WorkbinAddress, Counts]:
        """Counts of all workbins of these owners that hold anything, in one query."""
        ...

    def workbin_total(self, query: WorkbinList) -> int:
        """How many items the list has."""
        ...

    def workbin_page(self, query: WorkbinList, *, offset: int, limit: int) -> tuple[Listed, ...]:
        """Items of the list from `offset` on. BadInput for an unknown sort key."""
        ...

    def workbin_places(self, query: WorkbinList, items: Sequence[str]) -> Mapping[str, int]:
        """Where these items stand in the list, counted from 0; those that are not in it are left out."""
        ...

    def history_total(self, query: HistoryList) -> int:
        """How many items the list has."""
        ...

    def history_page(self, query: HistoryList, *, offset: int, limit: int) -> tuple[Listed, ...]:
        """Items of the list from `offset` on. BadInput for an unknown sort key."""
        ...

    def history_places(self, query: HistoryList, items: Sequence[str]) -> Mapping[str, int]:
        """As `workbin_places`."""
        ...

    def contacts(
        self, tenant: str, text: str, permitted: Mapping[str, Sequence[str]], limit: int
    ) -> tuple[Contact, ...]:
        """Contacts, by name. `permitted`: for each attribute the values of which a contact must have one."""
        ...

    def in_process(self) -> Collection[Belonging]:
        """To which queues and media types unfinished items belong, wherever they are."""
        ...

    def queue_loads(self) -> Mapping[str, QueueLoad]:
        """Queues in which anything waits."""
        ...

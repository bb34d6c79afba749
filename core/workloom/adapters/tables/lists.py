"""Lists of items, contacts and queues: the rows of a page are found first, then read."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from workloom.adapters.tables.contacts import ContactRows
from workloom.adapters.tables.database import Database
from workloom.adapters.tables.statements import Statements
from workloom.adapters.tables.values import json_text
from workloom.domain.contact import Contact
from workloom.domain.errors import BadInput
from workloom.domain.pages import HistoryScope, HistoryStatus, Sort
from workloom.services.ports_reading import (
    SORT_KEYS,
    Belonging,
    Counts,
    HistoryList,
    Listed,
    QueueLoad,
    WorkbinAddress,
    WorkbinList,
)

FREQUENT: Final = 2000
ONE_OF: Final = 20
"""So many items, and one of so many of all, have the words of a search where the list is gone through in its order."""

_Values = dict[str, Any]
_Wanted = tuple[str, _Values]
"""Conditions and the values of their parameters."""


class ListRows:
    """`ports_reading.ListReader`."""

    def __init__(self, database: Database, sql: Statements, contacts: ContactRows) -> None:
        self._database = database
        self._sql = sql
        self._contacts = contacts

    def listed(self, items: Sequence[str]) -> tuple[Listed, ...]:
        return self._read(self._rows("rows_of_ids", items=self._database.list_of(items)))

    def workbin_counts(self, owners: Sequence[str]) -> Mapping[WorkbinAddress, Counts]:
        rows = self._database.rows(self._sql["workbin_counts"], {"owners": self._database.list_of(owners)})
        return {(workbin, owner): Counts(total=total, unread=unread) for workbin, owner, total, unread in rows}

    def workbin_total(self, query: WorkbinList) -> int:
        return self._count("count", self._of_workbin(query))

    def workbin_page(self, query: WorkbinList, *, offset: int, limit: int) -> tuple[Listed, ...]:
        return self._page("from", self._of_workbin(query), query.sort, offset, limit)

    def workbin_places(self, query: WorkbinList, items: Sequence[str]) -> Mapping[str, int]:
        return self._places("from", self._of_workbin(query), query.sort, items)

    def history_total(self, query: HistoryList) -> int:
        words = self._database.words(query.text)
        if words and query.scope is HistoryScope.ALL and query.status is HistoryStatus.ALL:
            return self._number(self._sql["count_of_text"], {"words": words})
        return self._count(_from("count", query), self._of_history(query))

    def history_page(self, query: HistoryList, *, offset: int, limit: int) -> tuple[Listed, ...]:
        wanted = self._of_history(query, frequent=query.sort.key == "received" and self._is_frequent(query.text))
        return self._page(_from("from", query), wanted, query.sort, offset, limit)

    def history_places(self, query: HistoryList, items: Sequence[str]) -> Mapping[str, int]:
        return self._places(_from("from", query), self._of_history(query), query.sort, items)

    def contacts(
        self, tenant: str, text: str, permitted: Mapping[str, Sequence[str]], limit: int
    ) -> tuple[Contact, ...]:
        words = self._database.words(text)
        if not words:
            return ()
        values = {"tenant": tenant, "words": words, "permitted": json_text(dict(permitted)), "limit": limit}
        found = (self._contacts.contact_of(row) for row in list(self._database.rows(self._sql["contacts"], values)))
        return tuple(contact for contact in found if contact is not None)

    def in_process(self) -> Collection[Belonging]:
        rows = self._database.rows(self._sql["in_process"])
        return [Belonging(queue=queue, media_type=media_type) for queue, media_type in rows]

    def queue_loads(self) -> Mapping[str, QueueLoad]:
        instant = self._database.instant
        rows = self._database.rows(self._sql["queue_loads"])
        return {queue: QueueLoad(waiting=waiting, oldest=instant(oldest)) for queue, waiting, oldest in rows}

    def _is_frequent(self, text: str) -> bool:
        """Whether so many items have these words that sorting them all would take longer than looking for the first."""
        words = self._database.words(text)
        if not words:
            return False
        limit = max(FREQUENT, self._number(self._sql["newest_row"]) // ONE_OF)
        return self._number(self._sql["count_up_to"], {"words": words, "limit": limit}) == limit

    def _count(self, start: str, wanted: _Wanted) -> int:
        conditions, values = wanted
        return self._number(f"{self._sql[start]} {conditions}", values)

    def _number(self, statement: str, values: _Values | None = None) -> int:
        """The one number that a statement gives, 0 for none."""
        row = self._database.row(statement, values or {})
        return int(row[0] or 0) if row else 0

    def _rows(self, name: str, **values: Any) -> list[int]:
        return [row[0] for row in self._database.rows(self._sql[name], values)]

    def _page(self, start: str, wanted: _Wanted, sort: Sort, offset: int, limit: int) -> tuple[Listed, ...]:
        conditions, values = wanted
        statement = f"{self._sql['rows']} {self._sql[start]} {conditions} {self._order(sort)} {self._sql['page']}"
        rows = self._database.rows(statement, {**values, "offset": max(0, offset), "limit": max(0, limit)})
        return self._read([row[0] for row in rows])

    def _places(self, start: str, wanted: _Wanted, sort: Sort, items: Sequence[str]) -> Mapping[str, int]:
        conditions, values = wanted
        ranked = f"{self._sql['places']} ({self._order(sort)}) - 1 AS place {self._sql[start]} {conditions})"
        values = {**values, "find": self._database.list_of(items)}
        return dict(self._database.rows(f"{ranked} {self._sql['those_to_find']}", values))

    def _read(self, rows: Sequence[int]) -> tuple[Listed, ...]:
        if not rows:
            return ()
        found = self._database.rows(self._sql["listed"], {"rows": self._database.list_of(rows)})
        return tuple(
            Listed(item=self._database.items.item_of(row), contact=row[-2] or "", finished_by=row[-1] or "")
            for row in found
        )

    def _order(self, sort: Sort) -> str:
        if sort.key not in SORT_KEYS:
            raise BadInput(f"Lists cannot be sorted by “{sort.key}”; they can by {', '.join(SORT_KEYS)}.")
        return self._sql[f"order_{sort.key}_descending" if sort.descending else f"order_{sort.key}"]

    def _of_workbin(self, query: WorkbinList) -> _Wanted:
        parts = ["in_workbin"]
        values: _Values = {"workbin": query.workbin, "owner": query.owner}
        if query.unread:
            parts.append("is_unread")
        if query.due_before is not None:
            parts.append("is_due")
            values["due_before"] = self._database.at(query.due_before)
        return self._with_text(parts, values, query.text)

    def _of_history(self, query: HistoryList, *, frequent: bool = False) -> _Wanted:
        parts = ["of_contact" if query.scope is HistoryScope.CONTACT else "of_all", f"status_{query.status.value}"]
        values: _Values = {"contact": query.contact, "person": query.person}
        return self._with_text(parts, values, query.text, "with_frequent_text" if frequent else "with_text")

    def _with_text(self, parts: list[str], values: _Values, text: str, part: str = "with_text") -> _Wanted:
        words = self._database.words(text)
        if words:
            parts = [*parts, part]
            values = {**values, "words": words}
        return " AND ".join(self._sql[part] for part in parts), values


def _from(start: str, query: HistoryList) -> str:
    return f"{start}_of_person" if query.scope is HistoryScope.MINE else start

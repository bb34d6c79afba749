"""Lists of items, contacts and queues in SQLite: the rows of a page are found first, then read."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from workloom.adapters.sqlite.contacts import SqliteContacts
from workloom.adapters.sqlite.item_rows import item_of
from workloom.adapters.sqlite.search_words import match_of
from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value, json_text
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

_SQL = statements("lists")
FREQUENT: Final = 2000
ONE_OF: Final = 20
"""So many items, and one of so many of all, have the words of a search where the list is gone through in its order."""

_Values = dict[str, Any]
_Wanted = tuple[str, _Values]
"""Conditions and the values of their parameters."""


class SqliteLists:
    """`ports_reading.ListReader`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def listed(self, items: Sequence[str]) -> tuple[Listed, ...]:
        rows = self._connection.execute(_SQL["rows_of_ids"], {"items": json_text(list(items))})
        return self._read([row["row"] for row in rows])

    def workbin_counts(self, owners: Sequence[str]) -> Mapping[WorkbinAddress, Counts]:
        rows = self._connection.execute(_SQL["workbin_counts"], {"owners": json_text(list(owners))})
        return {
            (row["workbin"], row["workbin_owner"]): Counts(total=row["total"], unread=row["unread"]) for row in rows
        }

    def workbin_total(self, query: WorkbinList) -> int:
        return self._count("count", _of_workbin(query))

    def workbin_page(self, query: WorkbinList, *, offset: int, limit: int) -> tuple[Listed, ...]:
        return self._page("from", _of_workbin(query), query.sort, offset, limit)

    def workbin_places(self, query: WorkbinList, items: Sequence[str]) -> Mapping[str, int]:
        return self._places("from", _of_workbin(query), query.sort, items)

    def history_total(self, query: HistoryList) -> int:
        words = match_of(query.text)
        if words and query.scope is HistoryScope.ALL and query.status is HistoryStatus.ALL:
            return int(self._connection.execute(_SQL["count_of_text"], {"words": words}).fetchone()["items"])
        return self._count(_from("count", query), _of_history(query))

    def history_page(self, query: HistoryList, *, offset: int, limit: int) -> tuple[Listed, ...]:
        wanted = _of_history(query, frequent=query.sort.key == "received" and self._is_frequent(query.text))
        return self._page(_from("from", query), wanted, query.sort, offset, limit)

    def history_places(self, query: HistoryList, items: Sequence[str]) -> Mapping[str, int]:
        return self._places(_from("from", query), _of_history(query), query.sort, items)

    def contacts(
        self, tenant: str, text: str, permitted: Mapping[str, Sequence[str]], limit: int
    ) -> tuple[Contact, ...]:
        words = match_of(text)
        if not words:
            return ()
        values = {"tenant": tenant, "words": words, "permitted": json_text(dict(permitted)), "limit": limit}
        tables = SqliteContacts(self._connection)
        found = (tables.contact_of(row) for row in self._connection.execute(_SQL["contacts"], values).fetchall())
        return tuple(contact for contact in found if contact is not None)

    def in_process(self) -> Collection[Belonging]:
        rows = self._connection.execute(_SQL["in_process"])
        return [Belonging(queue=row["queue"], media_type=row["media_type"]) for row in rows]

    def queue_loads(self) -> Mapping[str, QueueLoad]:
        rows = self._connection.execute(_SQL["queue_loads"])
        return {row["queue"]: QueueLoad(waiting=row["waiting"], oldest=at_value(row["oldest"])) for row in rows}

    def _is_frequent(self, text: str) -> bool:
        """Whether so many items have these words that sorting them all would take longer than looking for the first."""
        words = match_of(text)
        if not words:
            return False
        newest = self._connection.execute(_SQL["newest_row"]).fetchone()["row"] or 0
        limit = max(FREQUENT, newest // ONE_OF)
        found = self._connection.execute(_SQL["count_up_to"], {"words": words, "limit": limit}).fetchone()["items"]
        return bool(found == limit)

    def _count(self, start: str, wanted: _Wanted) -> int:
        conditions, values = wanted
        return int(self._connection.execute(f"{_SQL[start]} {conditions}", values).fetchone()["items"])

    def _page(self, start: str, wanted: _Wanted, sort: Sort, offset: int, limit: int) -> tuple[Listed, ...]:
        conditions, values = wanted
        statement = f"{_SQL['rows']} {_SQL[start]} {conditions} {_order(sort)} {_SQL['page']}"
        rows = self._connection.execute(statement, {**values, "offset": max(0, offset), "limit": max(0, limit)})
        return self._read([row["row"] for row in rows])

    def _places(self, start: str, wanted: _Wanted, sort: Sort, items: Sequence[str]) -> Mapping[str, int]:
        conditions, values = wanted
        ranked = f"{_SQL['places']} ({_order(sort)}) - 1 AS place {_SQL[start]} {conditions})"
        rows = self._connection.execute(f"{ranked} {_SQL['those_to_find']}", {**values, "find": json_text(list(items))})
        return {row["id"]: row["place"] for row in rows}

    def _read(self, rows: Sequence[int]) -> tuple[Listed, ...]:
        if not rows:
            return ()
        found = self._connection.execute(_SQL["listed"], {"rows": json_text(list(rows))})
        return tuple(
            Listed(item=item_of(row), contact=row["contact_name"] or "", finished_by=row["finished_by"] or "")
            for row in found
        )


def _order(sort: Sort) -> str:
    if sort.key not in SORT_KEYS:
        raise BadInput(f"Lists cannot be sorted by “{sort.key}”; they can by {', '.join(SORT_KEYS)}.")
    return _SQL[f"order_{sort.key}_descending" if sort.descending else f"order_{sort.key}"]


def _of_workbin(query: WorkbinList) -> _Wanted:
    parts = ["in_workbin"]
    values: _Values = {"workbin": query.workbin, "owner": query.owner}
    if query.unread:
        parts.append("is_unread")
    if query.due_before is not None:
        parts.append("is_due")
        values["due_before"] = at_text(query.due_before)
    return _with_text(parts, values, query.text)


def _from(start: str, query: HistoryList) -> str:
    return f"{start}_of_person" if query.scope is HistoryScope.MINE else start


def _of_history(query: HistoryList, *, frequent: bool = False) -> _Wanted:
    parts = ["of_contact" if query.scope is HistoryScope.CONTACT else "of_all", f"status_{query.status.value}"]
    values: _Values = {"contact": query.contact, "person": query.person}
    return _with_text(parts, values, query.text, "with_frequent_text" if frequent else "with_text")


def _with_text(parts: list[str], values: _Values, text: str, part: str = "with_text") -> _Wanted:
    words = match_of(text)
    if words:
        parts = [*parts, part]
        values = {**values, "words": words}
    return " AND ".join(_SQL[part] for part in parts), values

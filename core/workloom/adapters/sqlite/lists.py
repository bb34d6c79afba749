"""Lists of items, contacts and queues in SQLite: the rows of a page are found first, then read."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from workloom.adapters.sqlite.contacts import SqliteContacts
from workloom.adapters.sqlite.item_rows import item_of
from workloom.adapters.sqlite.search_words import match_of
from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value, json_text
from workloom.domain.contact import Contact
from workloom.domain.errors import BadInput
from workloom.domain.pages import HistoryCounts, Sort
from workloom.services.ports_reading import (
    SORT_KEYS,
    Counts,
    HistoryList,
    Listed,
    QueueLoad,
    WorkbinAddress,
    WorkbinList,
)

_SQL = statements("lists")
_Values = dict[str, Any]


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
        conditions, values = _of_workbin(query)
        statement = f"{_SQL['count']} {conditions}"
        return int(self._connection.execute(statement, values).fetchone()["items"])

    def workbin_page(self, query: WorkbinList, *, offset: int, limit: int) -> tuple[Listed, ...]:
        return self._page(*_of_workbin(query), query.sort, offset, limit)

    def history_counts(self, query: HistoryList) -> HistoryCounts:
        conditions, values = _of_history(query, with_status=False)
        row = self._connection.execute(f"{_SQL['count_by_status']} {conditions}", values).fetchone()
        return HistoryCounts(in_progress=row["in_progress"], done=row["done"])

    def history_page(self, query: HistoryList, *, offset: int, limit: int) -> tuple[Listed, ...]:
        return self._page(*_of_history(query), query.sort, offset, limit)

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

    def queue_loads(self) -> Mapping[str, QueueLoad]:
        rows = self._connection.execute(_SQL["queue_loads"])
        return {row["queue"]: QueueLoad(waiting=row["waiting"], oldest=at_value(row["oldest"])) for row in rows}

    def _page(self, conditions: str, values: _Values, sort: Sort, offset: int, limit: int) -> tuple[Listed, ...]:
        statement = f"{_SQL['rows']} {conditions} {_order(sort)} {_SQL['page']}"
        rows = self._connection.execute(statement, {**values, "offset": max(0, offset), "limit": max(0, limit)})
        return self._read([row["row"] for row in rows])

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


def _of_workbin(query: WorkbinList) -> tuple[str, _Values]:
    parts = ["in_workbin"]
    values: _Values = {"workbin": query.workbin, "owner": query.owner}
    if query.unread:
        parts.append("is_unread")
    if query.due_before is not None:
        parts.append("is_due")
        values["due_before"] = at_text(query.due_before)
    return _with_text(parts, values, query.text)


def _of_history(query: HistoryList, *, with_status: bool = True) -> tuple[str, _Values]:
    scope = {"contact": "of_contact", "mine": "of_person", "all": "of_all"}[query.scope.value]
    parts = [scope, f"status_{query.status.value}"] if with_status else [scope]
    return _with_text(parts, {"contact": query.contact, "person": query.person}, query.text)


def _with_text(parts: list[str], values: _Values, text: str) -> tuple[str, _Values]:
    words = match_of(text)
    if words:
        parts = [*parts, "with_text"]
        values = {**values, "words": words}
    return " AND ".join(_SQL[part] for part in parts), values

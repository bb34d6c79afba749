"""The history as one agent sees it (`api.History`): items of a contact, of the caller, or all."""

from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.errors import BadInput
from workloom.domain.pages import HistoryCounts, HistoryQuery, HistoryScope, HistoryStatus, ItemRow, Page
from workloom.domain.privileges import CONTACT_HISTORY, INTERACTION_SEARCH, MY_HISTORY
from workloom.domain.sentences import sentence
from workloom.services.callers import Caller, Callers
from workloom.services.ports import Store
from workloom.services.ports_reading import HistoryList
from workloom.services.rows import history_row

MAXIMUM_PAGE = 1000
"""Rows of one page at most."""


class _Right(Struct, frozen=True):
    privilege: str
    what: str


_RIGHTS = {
    HistoryScope.CONTACT: _Right(CONTACT_HISTORY, sentence("see the history of contacts")),
    HistoryScope.MINE: _Right(MY_HISTORY, sentence("use My history")),
    HistoryScope.ALL: _Right(INTERACTION_SEARCH, sentence("search all items")),
}


class AgentHistory:
    """Items in progress and done. Each scope needs its own privilege."""

    def __init__(self, store: Store, callers: Callers) -> None:
        self._store = store
        self._callers = callers

    def search(self, query: HistoryQuery) -> Page[ItemRow]:
        """One page; each row says where the item rests and whether the caller may open it now, or why not.

        NotAllowed without the privilege of the scope; BadInput for an unknown sort key or a missing contact.
        """
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            wanted = _list_of(query, caller)
            total = reader.lists.history_total(wanted)
            offset = max(0, query.offset)
            limit = max(0, min(query.limit, MAXIMUM_PAGE))
            found = reader.lists.history_page(wanted, offset=offset, limit=limit)
            options = caller.options()
            rows = tuple(history_row(listed, caller, options) for listed in found)
            places = reader.lists.history_places(wanted, query.find) if query.find else {}
            return Page(offset=offset, total=total, rows=rows, places=places)

    def counts(self, query: HistoryQuery) -> HistoryCounts:
        """How many rows each status filter would show for the same query."""
        with self._store.reading() as reader:
            wanted = _list_of(query, self._callers.of(reader))
            every = reader.lists.history_total(replace(wanted, status=HistoryStatus.ALL))
            in_progress = reader.lists.history_total(replace(wanted, status=HistoryStatus.IN_PROGRESS))
            return HistoryCounts(in_progress=in_progress, done=every - in_progress)


def _list_of(query: HistoryQuery, caller: Caller) -> HistoryList:
    right = _RIGHTS[query.scope]
    caller.need(right.privilege, right.what)
    if query.scope is HistoryScope.CONTACT and not query.contact:
        raise BadInput("The history of a contact needs the contact's id.")
    return HistoryList(
        scope=query.scope,
        contact=query.contact,
        person=caller.name,
        status=query.status,
        text=query.text,
        sort=query.sort,
    )

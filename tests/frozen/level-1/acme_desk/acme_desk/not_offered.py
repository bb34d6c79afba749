"""Services that the system does not have: lists, contacts and targets. Write those that yours has, one by one."""

from typing import NoReturn

from workloom.api import (
    Contact,
    HistoryCounts,
    HistoryQuery,
    ItemRow,
    NotAllowed,
    Page,
    TargetRow,
    WorkbinNode,
    WorkbinQuery,
)


class NotOffered:
    """`Workbins`, `History`, `Contacts` and `Directory` of `workloom.api`: an empty answer, or NotAllowed."""

    def tree(self) -> tuple[WorkbinNode, ...]:
        """Workbins."""
        return ()

    def page(self, query: WorkbinQuery) -> Page[ItemRow]:
        """One page of a workbin."""
        self._refuse("workbins")

    def places_for(self, item: str) -> tuple[WorkbinNode, ...]:
        """Workbins into which the agent may put the item."""
        return ()

    def counts(self, query: HistoryQuery) -> HistoryCounts:
        """How many rows a search would find."""
        return HistoryCounts()

    def get(self, contact: str) -> Contact:
        """One contact."""
        self._refuse("contacts")

    def search(self, *query: object, **more: object) -> NoReturn:
        """Of the history, of contacts and of targets."""
        self._refuse("search")

    def favourites(self, *, item: str) -> tuple[TargetRow, ...]:
        """Targets that the agent keeps."""
        return ()

    def recent(self, *, item: str) -> tuple[TargetRow, ...]:
        """Targets that the agent used last."""
        return ()

    def set_favourite(self, row: TargetRow, favourite: bool, *, key: str = "") -> None:
        """Keep or drop a favourite."""
        self._refuse("favourites")

    def _refuse(self, what: str) -> NoReturn:
        raise NotAllowed(f"The system has no {what}.")

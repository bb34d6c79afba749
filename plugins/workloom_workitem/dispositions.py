"""Dispositions: the values that can be chosen, and those that the agent has chosen last. No Qt."""

from collections.abc import Sequence

from workloom.api import (
    AttributeValue,
    HistoryQuery,
    HistoryScope,
    HistoryStatus,
    NotAllowed,
    Services,
)

LOOKED_THROUGH = 30
"""Items of the agent's own history whose dispositions count as recent."""


def leaves(values: Sequence[AttributeValue]) -> tuple[AttributeValue, ...]:
    """Values that can be chosen, in order."""
    found: list[AttributeValue] = []
    for value in values:
        found += leaves(value.values) if value.values else (value,)
    return tuple(found)


def read_recent(services: Services) -> tuple[str, ...]:
    """What the agent has chosen last, the latest first; nothing without My History. Blocks."""
    query = HistoryQuery(scope=HistoryScope.MINE, status=HistoryStatus.DONE, limit=LOOKED_THROUGH)
    try:
        rows = services.history.search(query).rows
    except NotAllowed:
        return ()
    return tuple(dict.fromkeys(row.item.disposition for row in rows if row.item.disposition))


def quick_choices(values: Sequence[AttributeValue], recent: Sequence[str], limit: int) -> tuple[str, ...]:
    """The recent ones that can still be chosen; without any the first ones of the list."""
    known = [value.name for value in leaves(values)]
    found = [value for value in recent if value in known]
    return tuple(found or known)[:limit]

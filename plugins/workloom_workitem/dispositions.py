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


def quick_choices(
    values: Sequence[AttributeValue], recent: Sequence[str], limit: int
) -> tuple[tuple[AttributeValue, ...], bool]:
    """The recent ones that can be chosen here, and True; without any the first ones of the list, and False."""
    known = {value.name: value for value in leaves(values)}
    found = [known[name] for name in recent if name in known]
    return tuple(found or known.values())[:limit], bool(found)

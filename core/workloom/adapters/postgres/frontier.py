"""Up to which event a reader may read, so that nobody sees a number before a smaller one.

Numbers are drawn from a sequence before the transaction that draws them is committed, and transactions end in any
order. So each publishes, before it draws, a lock whose key is the last number drawn so far; all it draws is greater.
Whoever reads the last number first, the least published one next, and takes the snapshot only then, sees in it every
event up to the lesser of the two: what had been drawn by then is committed, rolled back, or still published. PostgreSQL
lets go of locks after a commit can be seen. The function `event_frontier` of the schema reads the two in this order.
"""

from collections.abc import Sequence
from threading import Lock
from typing import Any, Final

from workloom.adapters.postgres.dialect import sql

TAG: Final = 0x574C
"""The upper bits of the keys of published numbers."""

_SQL: Final = sql("events")
LOOK: Final = ("BEGIN READ ONLY", _SQL["frontier"], "COMMIT")
"""A look; the snapshot comes behind it."""

PUBLISH: Final = _SQL["publish"]


class Frontier:
    """The greatest sequence up to which all is decided, as this node knows. It never goes back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._value = 0
        self._news = 1
        self._learned = 0

    @property
    def value(self) -> int:
        """As of the last look."""
        return self._value

    @property
    def is_behind(self) -> bool:
        """Whether something may have been decided since the last look."""
        return self._learned < self._news

    def mark(self) -> int:
        """There may be news; returns their number."""
        with self._lock:
            self._news += 1
            return self._news

    @property
    def news(self) -> int:
        """Number of the newest news, to be noted before a look."""
        return self._news

    def learn(self, looked: Sequence[Any], news: int) -> int:
        """What a look has found that began when `news` was the newest; returns the frontier of that look."""
        last_given, published = looked
        found: int = last_given if published is None else min(last_given, published)
        with self._lock:
            self._value = max(self._value, found)
            if found == last_given:  # else somebody is still about to commit, and the next look will find more
                self._learned = max(self._learned, news)
        return found

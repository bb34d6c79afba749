"""From where desktops may ask for what has happened: a question from far behind would read the whole log."""

from workloom.domain.errors import EventsMissed
from workloom.services.news import goes_on
from workloom.services.ports import Store


class Positions:
    """`most`: events that may lie between a position and the newest event."""

    def __init__(self, store: Store, most: int) -> None:
        self._store = store
        self._most = most

    def check(self, position: int) -> None:
        """EventsMissed for one that is too far behind, or beyond the end of the log."""
        with self._store.reading() as reader:
            if not goes_on(reader, position, self._most):
                raise EventsMissed("Too much has happened since. Everything is read anew.")

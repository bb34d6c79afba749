"""When the data could not be read or written, as one who tries again and again notices it."""

from datetime import datetime, timedelta


class Outage:
    """The last one, until what it has kept people from is made good."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._until: datetime | None = None
        self._is_made_good = False

    def failed(self, begun: datetime) -> None:
        """A try that began then has failed."""
        if self._since is None or self._until is not None:
            self._since, self._until = begun, None
        self._is_made_good = False

    def worked(self, now: datetime) -> None:
        """A try has come to its end."""
        if self._is_made_good:
            self._since = self._until = None
        elif self._since is not None and self._until is None:
            self._until = now

    def end(self, now: datetime, *, longer_than: timedelta) -> datetime | None:
        """When it was over, now at the latest; None if there was none as long as that. It counts as made good once this
        try has worked.
        """
        if self._since is None:
            return None
        until = self._until or now
        self._is_made_good = True
        return until if until - self._since > longer_than else None

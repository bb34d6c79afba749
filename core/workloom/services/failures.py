"""Failures that come again and again: said once, then how often, and when they are over."""

from logging import Logger

MOST = 10
"""A failure that goes on is said again after ten times as many."""


class Failures:
    """Of one background operation, named by `what`, which begins a sentence: `The dispatcher`."""

    def __init__(self, log: Logger, what: str) -> None:
        self._log, self._what = log, what
        self._said, self._times, self._next = "", 0, 0

    def failed(self, error: BaseException, *, trace: bool = False) -> None:
        """It has failed and is tried again. `trace`: nobody foresaw this, so the way to it is logged as well."""
        said = f"{type(error).__name__}: {error}" if trace else str(error)
        if said != self._said:
            self._said, self._times, self._next = said, 1, MOST
            self._log.warning("%s has failed and tries again: %s", self._what, said, exc_info=error if trace else None)
            return
        self._times += 1
        if self._times == self._next:
            self._next *= MOST
            self._log.warning("%s has failed %s times in a row: %s", self._what, f"{self._times:,}", said)

    def succeeded(self) -> None:
        """It works, or works again."""
        if self._times:
            times = "once" if self._times == 1 else f"{self._times:,} times"
            self._log.warning("%s works again. It had failed %s.", self._what, times)
            self._said, self._times, self._next = "", 0, 0

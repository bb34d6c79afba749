"""Reads of the same thing, one after the other, so that an older answer never comes after a newer one. No Qt."""

from collections.abc import Callable
from typing import Generic, TypeVar

from workloom.api.context import Context
from workloom.domain.errors import WorkloomError

Result = TypeVar("Result")


class ReadInTurn(Generic[Result]):
    """Asked again while it reads, it reads once more with what was asked last: many events cost few reads.

    `then` hears each answer and `failed` each error, on the UI thread.
    """

    def __init__(
        self,
        context: Context,
        then: Callable[[Result], None],
        failed: Callable[[WorkloomError], None],
    ) -> None:
        self._context, self._then, self._failed = context, then, failed
        self._reading = self._stopped = False
        self._next: Callable[[], Result] | None = None

    def ask(self, function: Callable[[], Result]) -> None:
        """Call `function` off the UI thread, as soon as the read before it has come back."""
        self._next = function
        if not self._reading:
            self._read()

    def forget(self) -> None:
        """What was asked last is not wanted any more."""
        self._next = None

    def stop(self) -> None:
        """Whoever asked has gone: no answer comes any more."""
        self._next, self._stopped = None, True

    def _read(self) -> None:
        function, self._next = self._next, None
        if function is not None:
            self._reading = True
            self._context.read(function, self._came, self._went_wrong)

    def _came(self, result: Result) -> None:
        self._reading = False
        self._read()
        if not self._stopped:
            self._then(result)

    def _went_wrong(self, error: WorkloomError) -> None:
        self._reading = False
        self._read()
        if not self._stopped:
            self._failed(error)

"""Calls beside each other."""

from collections.abc import Callable
from threading import Thread
from typing import Any


class Beside:
    """A call in a thread of its own; `end` gives its result or raises its error."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._call = call
        self._result: Any = None
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    def waits(self, seconds: float = 0.3) -> bool:
        """Whether it has not ended after so many seconds."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def end(self, seconds: float = 30) -> Any:
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "the call hangs"
        if self._error is not None:
            raise self._error
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._call()
        except BaseException as error:
            self._error = error
            if not isinstance(error, Exception):
                raise

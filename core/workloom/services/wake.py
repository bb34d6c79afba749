"""Waking those who wait for news, from whatever thread the news comes."""

from collections.abc import Callable
from threading import Condition
from time import monotonic


class Wake:
    """Listeners, and a bell on which threads can wait. The bell counts: a ring before the wait is not lost."""

    def __init__(self) -> None:
        self._rung = Condition()
        self._rings = 0
        self._listeners: list[Callable[[], None]] = []

    @property
    def rings(self) -> int:
        """How often it rang; read it before looking for news, and wait for more than that."""
        return self._rings

    def ring(self) -> None:
        """There may be news."""
        with self._rung:
            self._rings += 1
            self._rung.notify_all()
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def wait(self, rings: int, timeout: float) -> bool:
        """Block until it has rung more than `rings` times; False when `timeout` seconds (real time) have passed."""
        end = monotonic() + timeout
        with self._rung:
            while self._rings <= rings:
                left = end - monotonic()
                if left <= 0:
                    return False
                self._rung.wait(left)
        return True

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` at each ring; returns the undo."""
        with self._rung:
            self._listeners.append(listener)

        def undo() -> None:
            with self._rung:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return undo

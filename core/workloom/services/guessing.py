"""A delay after wrong passwords that grows with each: guessing becomes slow, and nobody is locked out for good."""

from typing import Final

FREE_TRIES: Final = 2
FIRST_DELAY: Final = 2.0
LONGEST_DELAY: Final = 60.0
FORGOTTEN_AFTER: Final = 900.0
MOST_NAMES: Final = 10_000


class Guesses:
    """Failures by user name, known or not, so that an answer never tells which names exist. Seconds, monotonic."""

    def __init__(self) -> None:
        self._failures: dict[str, tuple[int, float]] = {}

    def wait(self, user: str, now: float) -> float:
        """Seconds that must pass before the next try."""
        failures, last = self._failures.get(user, (0, now))
        return max(0.0, last + _delay(failures) - now)

    def failed(self, user: str, now: float) -> float:
        """A try has failed; returns the seconds until the next one."""
        failures, last = self._failures.pop(user, (0, now))
        failures = 1 if now - last > FORGOTTEN_AFTER else failures + 1
        self._failures[user] = (failures, now)
        if len(self._failures) > MOST_NAMES:
            self._failures.pop(next(iter(self._failures)))
        return _delay(failures)

    def passed(self, user: str) -> None:
        """The right password was given."""
        self._failures.pop(user, None)


def _delay(failures: int) -> float:
    if failures <= FREE_TRIES:
        return 0.0
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(failures - FREE_TRIES - 1, 10))

"""A delay after wrong passwords that grows with each: guessing becomes slow, and nobody is locked out for good.

Failures are counted by user name, known or not, so that an answer never tells which names exist. They are kept in the
store, so that the delay holds whichever node is asked.
"""

from datetime import datetime, timedelta
from typing import Final

from workloom.services.digests import digest
from workloom.services.ports import Transaction
from workloom.services.ports_login import WrongGuesses

FREE_TRIES: Final = 2
FIRST_DELAY: Final = 2.0
LONGEST_DELAY: Final = 60.0
FORGOTTEN_AFTER: Final = timedelta(seconds=900)
MOST_NAMES: Final = 10_000


def count_try(transaction: Transaction, user: str, now: datetime) -> tuple[float, float]:
    """Count a try before its password is looked at, so that tries side by side cannot pass uncounted.

    Seconds for which no try is allowed (then it is not counted), and those that follow if this one fails.
    """
    name = digest(user)
    known = transaction.logins.guesses(name)
    wait = _left(known, now)
    if wait > 0:
        return wait, wait
    counted = _counted(known, now)
    transaction.logins.put_guesses(name, counted)
    transaction.logins.prune(now, forgotten=now - FORGOTTEN_AFTER, most=MOST_NAMES)
    return 0.0, _delay(counted.failures)


def passed(transaction: Transaction, user: str) -> None:
    """The right password was given."""
    transaction.logins.drop_guesses(digest(user))


def _counted(known: WrongGuesses | None, now: datetime) -> WrongGuesses:
    fresh = known is None or now - known.last > FORGOTTEN_AFTER
    return WrongGuesses(failures=1 if known is None or fresh else known.failures + 1, last=now)


def _left(known: WrongGuesses | None, now: datetime) -> float:
    """Never more than the delay, also where the clock was put back."""
    if known is None:
        return 0.0
    delay = _delay(known.failures)
    return min(delay, max(0.0, delay - (now - known.last).total_seconds()))


def _delay(failures: int) -> float:
    if failures <= FREE_TRIES:
        return 0.0
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(failures - FREE_TRIES - 1, 10))

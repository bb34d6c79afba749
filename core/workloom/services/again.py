"""Doing a whole service call again where the store gave it up for another change.

The transaction that was given up has left nothing, and a command carries its idempotency key, so that nothing is done
twice. Only whole calls are repeated: what was read in a transaction that is gone counts for nothing.
"""

from collections.abc import Callable
from random import Random
from time import sleep
from typing import Final, TypeVar

from workloom.domain.errors import StorageConflict

TRIES: Final = 5
FIRST_PAUSE: Final = 0.02
"""Seconds at most; each further pause may be twice as long, so that two who met do not meet again."""

_Result = TypeVar("_Result")
_chance: Final = Random()  # noqa: S311  # it spreads calls in time, it keeps no secret


def again(call: Callable[[], _Result], *, tries: int = TRIES) -> _Result:
    """The result of the call. Its last StorageConflict when it was given up so many times."""
    for attempt in range(tries - 1):
        try:
            return call()
        except StorageConflict:
            sleep(_chance.uniform(0, FIRST_PAUSE * 2.0**attempt))
    return call()

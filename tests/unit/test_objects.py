"""The count of objects finds one that stays, and none that only the counting or SQLite keeps for a while."""

import gc
import sqlite3
from collections.abc import Iterator
from threading import Event, Thread
from typing import Final

import pytest

from tests.objects import LOOKS, count_objects, grown, most

ROUNDS: Final = 2
MANY: Final = 300_000
"""Objects whose count takes longer than a thread has its turn."""


class Thing:
    """Something that may stay."""


NAME: Final = f"{Thing.__module__}.{Thing.__qualname__}"


@pytest.fixture(autouse=True)
def _those_of_the_test_alone() -> Iterator[None]:
    """What other tests of the process have left is not gone through at each count."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def settled() -> dict[str, int]:
    """What there is in several counts at most."""
    before: dict[str, int] = {}
    for _ in range(ROUNDS):
        before = most(before, count_objects())
    return before


def test_counting_again_finds_nothing_more() -> None:
    before = settled()
    assert grown(before, patience=0.0) == {}


def test_one_object_that_stays_is_found_however_often_it_is_looked() -> None:
    before, looks, kept = settled(), list[int](), list[Thing]()
    kept.append(Thing())
    assert grown(before, lambda: looks.append(1), 0.0)[NAME] == len(kept) == 1
    assert len(looks) == LOOKS


def test_what_goes_meanwhile_has_not_stayed() -> None:
    before, kept = settled(), [Thing()]
    assert NAME not in grown(before, kept.clear, 0.0)


def test_the_dead_cursors_of_sqlite_are_no_objects_of_ours() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("SELECT 1").close()
    before = settled()
    for _ in range(150):  # fewer than after which it lets go of the dead ones
        connection.execute("SELECT 1").close()
    assert grown(before, patience=0.0) == {}
    connection.close()


def test_counting_disturbs_no_thread_that_is_building_tuples() -> None:
    ended, wrong, there = Event(), list[BaseException](), [list[int]() for _ in range(MANY)]

    def build() -> None:
        try:
            while not ended.is_set():
                assert len(tuple(str(number) for number in range(200))) == 200
        except BaseException as error:  # noqa: BLE001  # SystemError, when somebody else has hold of the tuple
            wrong.append(error)

    thread = Thread(target=build)
    thread.start()
    for _ in range(3 * ROUNDS):
        count_objects()
    ended.set()
    thread.join()
    assert wrong == []
    assert len(there) == MANY

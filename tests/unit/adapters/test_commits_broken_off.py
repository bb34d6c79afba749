"""Threads that are broken off in the middle of a transaction, wherever it is: nobody is lied to, and work goes on."""

import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from inspect import CO_GENERATOR
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from workloom.adapters.sqlite import commits
from workloom.adapters.sqlite.commits import Commits

PATIENCE = 60.0
MOST_POINTS = 200
"""Calls that no transaction makes."""


class BrokenOffError(BaseException):
    """What is thrown into a thread."""


class RefusedError(Exception):
    """What a transaction ends itself with."""


class Break:
    """Breaks off the thread that enters it behind so many calls: there, and at the beginning of functions, an error
    that is thrown into a thread comes out.
    """

    def __init__(self, point: int) -> None:
        self._left = point
        self.met = False

    def __enter__(self) -> None:
        sys.setprofile(self._see)

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _see(self, frame: FrameType, what: str, _what: Any) -> None:
        code = frame.f_code
        if code.co_filename != commits.__file__ or what not in ("call", "c_return"):
            return
        if what == "call" and code.co_flags & CO_GENERATOR:
            return  # one that is raised here would pass by what the generator does about errors
        self._left -= 1
        if not self._left:
            self.met = True
            raise BrokenOffError


class Desk:
    """A database, its writing connection, and three threads that write in turn, of which one is broken off."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.executescript("PRAGMA journal_mode = WAL; CREATE TABLE item (name TEXT, half TEXT);")
        self.commits = Commits(self.connection, patience=0.001)
        self.threads = ThreadPoolExecutor(3)

    def found(self) -> set[str]:
        """What another connection finds, each whole."""
        other = sqlite3.connect(self._path)
        rows = other.execute(
            "SELECT name, group_concat(half, '') FROM (SELECT * FROM item ORDER BY half) GROUP BY name"
        )
        found = dict(rows.fetchall())
        other.close()
        assert set(found.values()) <= {"12"}
        return set(found)

    def write(self, name: str, *, breaks: Break | None = None, refuses: bool = False, alone: bool = False) -> None:
        """One transaction of two writes."""
        if breaks is not None:
            with breaks:
                self._write(name, refuses=refuses, alone=alone)
        else:
            self._write(name, refuses=refuses, alone=alone)
        assert name in self.found()

    def _write(self, name: str, *, refuses: bool, alone: bool) -> None:
        with self.commits.transaction(alone=alone):
            for half in "12":
                self.connection.execute("INSERT INTO item VALUES (?, ?)", (name, half))
                if refuses:
                    raise RefusedError


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk.db")
    yield made
    made.threads.shutdown()
    made.connection.close()


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("refuses", [False, True])
@pytest.mark.parametrize("place", range(4))
def test_a_thread_is_broken_off_behind_any_call(desk: Desk, place: int, refuses: bool, alone: bool) -> None:
    """`place` of the thread that is broken off among those that wait for each other, 3 if it is by itself."""
    for point in range(1, MOST_POINTS):
        breaks = Break(point)
        names = [f"{point}-{number}" for number in range(3 if place < 3 else 1)]
        begun: dict[str, Future[None]] = {}
        with desk.commits.lock:
            for number, name in enumerate(names):
                if number == place % 3:
                    begun[name] = desk.threads.submit(desk.write, name, breaks=breaks, refuses=refuses, alone=alone)
                else:
                    begun[name] = desk.threads.submit(desk.write, name)
                while not (len(desk.commits.waiting) > number or breaks.met):
                    pass
        ends = {name: each.exception(timeout=PATIENCE) for name, each in begun.items()}
        for name, error in ends.items():
            if error is None:
                assert name in desk.found()
            elif not isinstance(error, BrokenOffError) or refuses:
                assert isinstance(error, sqlite3.Error | RefusedError | BrokenOffError), error
                assert name not in desk.found()
        desk.threads.submit(desk.write, f"{point}-behind").result(timeout=PATIENCE)
        assert not desk.commits.waiting
        if not breaks.met:
            assert point > 5
            assert [name for name, error in ends.items() if error is not None] == [names[place % 3]] * refuses
            return
    raise AssertionError

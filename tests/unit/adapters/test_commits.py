"""Write transactions of threads that wait for each other: one COMMIT for many, and each its own fate."""

import resource
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import pytest

from workloom.adapters.sqlite.commits import Commits

PATIENCE = 60.0
SCHEMA = """
CREATE TABLE item (name TEXT PRIMARY KEY);
CREATE TABLE note (item TEXT REFERENCES item (name) DEFERRABLE INITIALLY DEFERRED);
"""


@dataclass(frozen=True)
class Write:
    """An item to be written, and what else."""

    name: str
    statement: str = ""
    alone: bool = False
    minds: bool = True


class Desk:
    """A database, its writing connection, and threads that write beside each other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; {SCHEMA}")
        self.said: list[str] = []
        self.connection.set_trace_callback(self.said.append)
        self.commits = Commits(self.connection, patience=PATIENCE)
        self._begun: Queue[Future[list[str]]] = Queue()
        self.threads = ThreadPoolExecutor(40)

    def names(self) -> list[str]:
        """What another connection finds."""
        other = sqlite3.connect(self._path)
        found = [name for (name,) in other.execute("SELECT name FROM item ORDER BY name")]
        other.close()
        return found

    def write(
        self, name: str, statement: str = "", *, alone: bool = False, minds: bool = True, inside: tuple[Write, ...] = ()
    ) -> list[str]:
        """One transaction; what another connection finds as soon as it has returned. While it lasts the first of those
        that are to follow begins to wait. `minds`: whether an error of the statement ends it.
        """
        with self.commits.transaction(alone=alone):
            self.connection.execute("INSERT INTO item VALUES (?)", (name,))
            if inside:
                self._begin(inside)
            if statement:
                with suppress(*() if minds else (sqlite3.Error,)):
                    self.connection.execute(statement)
        return self.names()

    def in_turn(self, *writes: Write) -> list[Future[list[str]]]:
        """Transactions of threads, each of which waits for the one before."""
        with self.commits.lock:
            self._begin(writes)
        return [self._begun.get(timeout=PATIENCE) for _ in writes]

    def _begin(self, writes: tuple[Write, ...]) -> None:
        first = writes[0]
        later = self.threads.submit(
            self.write, first.name, first.statement, alone=first.alone, minds=first.minds, inside=writes[1:]
        )
        self._begun.put(later)
        while not self.commits.waiting:
            assert not later.done()

    def commits_said(self) -> int:
        """How many COMMITs there were."""
        return self.said.count("COMMIT")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "desk.db")
    yield made
    made.threads.shutdown()
    made.connection.close()


def test_one_transaction_is_committed_when_it_ends(desk: Desk) -> None:
    assert desk.write("a") == ["a"]
    assert [word for word in desk.said if not word.startswith("INSERT")] == ["BEGIN IMMEDIATE", "COMMIT"]


def test_those_that_wait_for_each_other_share_a_commit_and_return_behind_it(desk: Desk) -> None:
    begun = desk.in_turn(*map(Write, "abcdef"))
    assert [each.result() for each in begun] == [["a", "b", "c", "d", "e", "f"]] * 6
    assert desk.commits_said() == 1


def test_no_more_than_so_many_share_one(desk: Desk) -> None:
    desk.commits = Commits(desk.connection, 2, patience=PATIENCE)
    for each in desk.in_turn(*map(Write, "abcd")):
        each.result()
    assert desk.names() == ["a", "b", "c", "d"]
    assert desk.commits_said() == 2


def test_one_that_fails_takes_back_its_own_writes_only(desk: Desk) -> None:
    for position in range(3):
        names = [f"{position}-{number}" for number in range(3)]
        bad = names[position]
        begun = desk.in_turn(*(Write(name, "INSERT INTO nowhere VALUES (1)" if name == bad else "") for name in names))
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            begun.pop(position).result()
        for each in begun:
            each.result()
        assert set(desk.names()) >= {name for name in names if name != bad}
        assert bad not in desk.names()


def test_where_the_commit_fails_all_fail_whose_it_was(desk: Desk) -> None:
    orphan = "INSERT INTO note VALUES ('nobody')"
    begun = desk.in_turn(Write("a"), Write("b", orphan), Write("c"))
    for each in begun:
        with pytest.raises(sqlite3.IntegrityError):
            each.result()
    assert desk.names() == []
    assert desk.write("d") == ["d"]


def test_where_the_database_gives_up_all_nobody_is_told_that_it_is_written(desk: Desk) -> None:
    desk.write("x")
    gives_up = "INSERT OR ROLLBACK INTO item VALUES ('x')"
    begun = desk.in_turn(Write("a"), Write("b", gives_up), Write("c"))
    for lost in begun[:2]:
        with pytest.raises(sqlite3.Error):
            lost.result()
    begun[2].result()
    assert desk.names() == ["c", "x"]


def test_who_is_refused_for_what_another_has_written_is_told_when_that_is_on_the_disk(desk: Desk) -> None:
    begun = desk.in_turn(Write("a"), Write("a"))
    begun[0].result()
    with pytest.raises(sqlite3.IntegrityError, match=r"item\.name"):
        begun[1].result()
    orphan = "INSERT INTO note VALUES ('nobody')"
    begun = desk.in_turn(Write("b", orphan), Write("b"))
    for each in begun:  # neither is told that there is a "b"
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            each.result()
    assert desk.names() == ["a"]


def test_who_does_not_mind_that_the_database_gave_up_all_fails_and_those_behind_it_do_not(desk: Desk) -> None:
    desk.write("x")
    gives_up = "INSERT OR ROLLBACK INTO item VALUES ('x')"
    for position in range(3):
        names = [f"{position}-{number}" for number in range(3)]
        begun = desk.in_turn(
            *(
                Write(name, gives_up if number == position else "", minds=number != position)
                for number, name in enumerate(names)
            )
        )
        for lost in begun[: position + 1]:
            with pytest.raises(sqlite3.Error):
                lost.result()
        for each in begun[position + 1 :]:
            each.result()
        assert [name for name in desk.names() if name in names] == names[position + 1 :]


def test_what_is_committed_within_a_transaction_does_not_reach_into_it(desk: Desk) -> None:
    def close_within() -> None:
        with desk.commits.transaction():
            desk.connection.execute("INSERT INTO item VALUES ('half')")
            desk.commits.finish()  # as who closes the store

    with pytest.raises(sqlite3.OperationalError, match="given up"):
        close_within()
    assert desk.names() == []
    assert desk.write("a") == ["a"]


def test_a_step_has_a_commit_of_its_own(desk: Desk) -> None:
    begun = desk.in_turn(Write("a"), Write("step", alone=True), Write("b"), Write("c"))
    for each in begun:
        each.result()
    marks = [word.removeprefix("INSERT INTO item VALUES ") for word in desk.said]
    assert [word for word in marks if word == "COMMIT" or word.startswith("(")] == [
        "('a')", "COMMIT", "('step')", "COMMIT", "('b')", "('c')", "COMMIT",
    ]  # fmt: skip


def test_one_inside_another_is_refused_and_the_outer_one_can_go_on(desk: Desk) -> None:
    with desk.commits.transaction():
        desk.connection.execute("INSERT INTO item VALUES ('outer')")
        with pytest.raises(sqlite3.OperationalError, match="within a transaction"), desk.commits.transaction():
            raise AssertionError
    assert desk.names() == ["outer"]


def test_what_has_returned_is_there_whoever_else_writes_and_fails(desk: Desk) -> None:
    def work(name: str) -> bool:
        if name.endswith("7"):
            with pytest.raises(sqlite3.OperationalError):
                desk.write(name, "INSERT INTO nowhere VALUES (1)")
            return name not in desk.names()
        return name in desk.write(name)

    assert all(desk.threads.map(work, [str(number) for number in range(400)]))
    assert len(desk.names()) == 360
    assert desk.commits_said() <= 360


def test_who_waits_for_a_commit_sees_to_it_where_nobody_else_does(desk: Desk) -> None:
    desk.commits = Commits(desk.connection, patience=0.0)
    desk.commits.waiting.add(object())  # as of a thread that was broken off before its turn
    assert desk.write("a") == ["a"]


def test_a_disk_that_is_full_for_a_while_leaves_the_index_of_words_sound(tmp_path: Path) -> None:
    log = tmp_path / "words.db-wal"
    connection = sqlite3.connect(tmp_path / "words.db", isolation_level=None)
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA cache_size = 8; CREATE TABLE item (data);")
    connection.execute("CREATE VIRTUAL TABLE word USING fts5 (text, prefix = '2 3')")
    commits = Commits(connection)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    full = 0
    for room in range(0, 100_000, 1_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + room, limits[1]))
        try:
            with commits.transaction():  # larger than the cache, so that it meets the disk in the middle of statements
                for size in (20_000, 9_000):
                    connection.execute("INSERT INTO item VALUES (randomblob(?))", (size,))
                    connection.execute("INSERT INTO word VALUES (?)", ("much water " * 20,))
        except sqlite3.Error:
            full += 1
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        with commits.transaction():
            connection.execute("INSERT INTO word VALUES ('afterwards')")
        connection.execute("INSERT INTO word (word) VALUES ('integrity-check')")
    connection.close()
    assert full > 10

"""Write transactions of one connection: one at a time, and those that wait for each other reach the disk together.

A transaction that ends while others wait for their turn leaves the COMMIT to one of them, and returns when that is
done: what is acknowledged is on the disk, as ever, but many share the wait for it. Each but the first has a savepoint,
so that one that fails takes back its own writes only. Where a COMMIT fails, all fail whose it was.

A thread may be broken off behind any call. So it is said before a statement what it leaves open (`_unclean`), and what
was found out is kept in assignments, between which no thread is broken off, before anybody is called.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from threading import Event, RLock
from typing import Final

MOST: Final = 32
"""Turns in one COMMIT, so that none waits long for it."""

PATIENCE: Final = 0.05
"""Seconds after which who waits for a COMMIT sees to it, should nobody else: the last one may have been broken off."""


class _Group:
    """Transactions of one COMMIT: `turns` have begun and `members` have ended well. `error`: why they are lost."""

    def __init__(self) -> None:
        self.turns = 0
        self.members = 0
        self.over = False
        self.told = Event()
        self.error: sqlite3.Error | None = None


class Commits:
    """The writing connection. `together`: how many turns one COMMIT may have; `patience` in seconds."""

    def __init__(self, connection: sqlite3.Connection, together: int = MOST, patience: float = PATIENCE) -> None:
        self._connection = connection
        self._together = together
        self._patience = patience
        self.lock = RLock()
        """Held by whoever uses the connection."""
        self.waiting: set[object] = set()
        """Transactions that wait for their turn."""
        self._inside = False
        self._unclean = False  # there may be writes of a transaction that has not ended well
        self._group: _Group | None = None

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[None]:
        """One transaction; it is durable when this has returned. `alone`: in a COMMIT of its own.

        What fails of itself is told when that is on the disk which it may have failed for: a command that is refused
        because of what another has written, which is lost, has met a failure of the disk and no refusal.
        """
        turn, seen = object(), None
        try:
            self.waiting.add(turn)
            with self.lock:
                self.waiting.discard(turn)
                self._enter()
                try:
                    group = self._begin(alone=alone)
                    yield
                    self._end(group)
                except BaseException as error:
                    self._undo(error)
                    seen = self._group
                    raise
                finally:
                    self._inside = False
                    if alone or not self.waiting or self._is_large():
                        self.finish()
        except Exception:
            if seen is not None:
                self._await(seen)
            raise
        finally:
            self.waiting.discard(turn)
        self._await(group)

    def finish(self) -> None:
        """Commit what has not been yet, under the lock. What goes wrong is told to those whose it was."""
        self._give_up_what_is_not_whole()
        group = self._group
        if group is None:
            return
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)
            return
        except BaseException:  # broken off before the COMMIT or behind it
            if not self._connection.in_transaction:
                self._group, group.over = None, True
            raise
        self._group, group.over = None, True
        group.told.set()

    def _enter(self) -> None:
        if self._inside:
            raise sqlite3.OperationalError("cannot start a transaction within a transaction")
        self._inside = True

    def _begin(self, *, alone: bool) -> _Group:
        self._give_up_what_is_not_whole()
        if alone:
            self.finish()
        group = self._group
        if group is None:
            group = _Group()
            self._group, self._unclean = group, True
            self._connection.execute("BEGIN IMMEDIATE")
        else:
            self._unclean = True
            self._connection.execute("SAVEPOINT member")
        group.turns += 1
        return group

    def _end(self, group: _Group) -> None:
        """The transaction has ended well, unless the database gave it up and nobody has minded."""
        if not self._connection.in_transaction:
            raise _given_up()
        if group.members:
            self._connection.execute("RELEASE member")
        self._unclean = False
        group.members += 1

    def _undo(self, error: BaseException) -> None:
        """Take back what the transaction that has failed has written, and no more, unless the database has done so."""
        if not self._unclean:
            return
        if self._group is not None and self._group.members and self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK TO member")
                self._connection.execute("RELEASE member")
            except sqlite3.Error as failed:
                error = failed
            else:
                self._unclean = False
                return
        self._give_up(error if isinstance(error, sqlite3.Error) else _given_up())

    def _give_up_what_is_not_whole(self) -> None:
        """A thread was broken off before it could take back its writes, or the database has done so with all."""
        if self._unclean or (self._group is not None and not self._connection.in_transaction):
            self._give_up(_given_up())

    def _give_up(self, error: sqlite3.Error) -> None:
        """None of the group is written.

        Where the database has rolled back by itself, in the middle of a statement, FTS5 may have counted no words for
        lack of the row that tells how many there are, and would write that: reading the schema anew makes it forget.
        """
        group, self._group, self._unclean = self._group, None, True
        if group is not None:
            group.error, group.over = error, True
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            else:
                self._connection.execute("PRAGMA writable_schema = RESET")
            self._unclean = False
        finally:
            if group is not None:
                group.told.set()

    def _is_large(self) -> bool:
        return self._group is not None and self._group.turns >= self._together

    def _await(self, group: _Group) -> None:
        """Until the group is on the disk. Raises where it is lost."""
        while not group.over:
            if not group.told.wait(self._patience):
                with self.lock:
                    if self._group is group:
                        self.finish()
        if group.error is not None:
            raise copy(group.error)


def _given_up() -> sqlite3.Error:
    return sqlite3.OperationalError("it was given up together with another transaction")

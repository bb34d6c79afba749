"""Write transactions of one connection: one at a time, and those that wait for each other reach the disk together.

A transaction that ends while others wait for their turn leaves the COMMIT to one of them, and returns when that is
done: what is acknowledged is on the disk, as ever, but many share the wait for it. Each but the first has a savepoint,
so that one that fails takes back its own writes only. Where a COMMIT fails, all fail whose it was.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from threading import Event, Lock, RLock
from typing import Final

MOST: Final = 32
"""Transactions in one COMMIT, so that none waits long for it."""

PATIENCE: Final = 0.05
"""Seconds after which who waits for a COMMIT sees to it, should nobody else: the last one may have been broken off."""


_GIVEN_UP: Final = "it was given up together with another transaction"


class _Group:
    """Transactions of one COMMIT. `error`: why they are lost."""

    def __init__(self) -> None:
        self.members = 0
        self.ended = Event()
        self.error: sqlite3.Error | None = None


class Commits:
    """The writing connection. `together`: how many transactions one COMMIT may have; `patience` in seconds."""

    def __init__(self, connection: sqlite3.Connection, together: int = MOST, patience: float = PATIENCE) -> None:
        self._connection = connection
        self._together = together
        self._patience = patience
        self.lock = RLock()
        """Held by whoever uses the connection."""
        self.waiting = 0
        """Transactions that wait for their turn."""
        self._counting = Lock()
        self._inside = False
        self._group: _Group | None = None

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[None]:
        """One transaction; it is durable when this has returned. `alone`: in a COMMIT of its own."""
        self._take_turn()
        try:
            if alone and not self._inside:
                self.finish()
            group = self._begin()
            try:
                yield
                if group.members:
                    self._connection.execute("RELEASE member")
            except BaseException:
                self._undo(group)
                raise
            finally:
                self._inside = False
            group.members += 1
            if alone or not self.waiting or group.members >= self._together:
                self.finish(own=True)
        finally:
            self._end_turn()
        self._await(group)

    def finish(self, *, own: bool = False) -> None:
        """Commit what has not been yet, under the lock. What goes wrong is told to those whose it was; raised if one of
        them is the caller's `own`.
        """
        group, self._group = self._group, None
        if group is None:
            return
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(group, error)
            if own:
                raise
        except BaseException:  # the thread was broken off, behind the COMMIT or before it
            if self._connection.in_transaction:
                self._give_up(group, sqlite3.OperationalError(_GIVEN_UP))
            raise
        finally:
            group.ended.set()

    def _take_turn(self) -> None:
        with self._counting:
            self.waiting += 1
        try:
            self.lock.acquire()
        finally:
            with self._counting:
                self.waiting -= 1

    def _end_turn(self) -> None:
        """Let the next one write. What nobody waits to go on with is committed: this one may have failed."""
        try:
            if not self.waiting and not self._inside:
                self.finish()
        finally:
            self.lock.release()

    def _begin(self) -> _Group:
        if self._group is None or self._inside:
            self._connection.execute("BEGIN IMMEDIATE")  # refuses one inside another
            self._group = _Group()
        else:
            self._connection.execute("SAVEPOINT member")
        self._inside = True
        return self._group

    def _undo(self, group: _Group) -> None:
        """Take back what the transaction that has failed has written, and no more, unless the database has done so."""
        if self._connection.in_transaction and group.members:
            try:
                self._connection.execute("ROLLBACK TO member")
                self._connection.execute("RELEASE member")
            except sqlite3.Error as error:
                self._give_up(group, error)
            else:
                return
        self._group = None
        self._give_up(group, group.error or sqlite3.OperationalError(_GIVEN_UP))

    def _give_up(self, group: _Group, error: sqlite3.Error) -> None:
        """None of the group is written."""
        group.error = error
        group.ended.set()
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _await(self, group: _Group) -> None:
        while not group.ended.is_set() and not group.ended.wait(self._patience):
            with self.lock:
                if self._group is group:
                    self.finish()
        if group.error is not None:
            raise copy(group.error)

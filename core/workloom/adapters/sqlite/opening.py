"""Opening the store of a data folder, so that nothing damaged or foreign is ever written to."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from workloom.adapters.sqlite.faults import as_storage_error, damaged
from workloom.adapters.sqlite.folder import DATABASE, FolderLock, ended_well, prepare
from workloom.adapters.sqlite.migrate import refuse_foreign
from workloom.adapters.sqlite.store import MEMORY, SqliteStore, connect

_HEADER = b"SQLite format 3\x00"
_PAGE_SIZE, _PAGES = slice(16, 18), slice(28, 32)
_WRITES_LOG, _LOGGED = 18, 2
"""A database of ours has a log, once it was opened; a copy that was put back may have none."""


def open_store(
    folder: Path | str, *, exclusive: bool = True, connect: Callable[[str], sqlite3.Connection] = connect
) -> SqliteStore:
    """The store in `folder/workloom.db`, made if there is none; `:memory:` gives one that nobody else sees.

    `exclusive` is for the one engine that dispatches; commands beside an open desktop say False. `connect` opens the
    database; a test of failing disks has its own. Raises StorageBusy,
    StorageReadOnly, StorageFull, StorageDamaged (the file is kept as it is) and StorageTooNew.
    """
    if str(folder) == MEMORY:
        return SqliteStore(MEMORY)
    folder = Path(folder)
    prepare(folder)
    closed_well = ended_well(folder)
    lock = FolderLock(folder) if exclusive else None
    if lock is not None:
        lock.take()
    path = folder / DATABASE
    try:
        whole = _check_header(path, closed_well=closed_well)
        if not whole or (lock is not None and lock.ended_badly and path.exists()):
            check_thoroughly(path)
        return SqliteStore(path, on_close=lock.release if lock is not None else None, connect=connect)
    except BaseException:
        if lock is not None:
            lock.abandon()
        raise


def check_thoroughly(path: Path) -> None:
    """SQLite's own check of the whole file. StorageDamaged."""
    with as_storage_error(path):
        connection = sqlite3.connect(path)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    if found != "ok":
        raise damaged(path, str(found))


def _refuse_foreign(path: Path) -> None:
    """StorageError for a database of another program, which opening it for writing would change."""
    with as_storage_error(path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            refuse_foreign(connection, path)
        finally:
            connection.close()


def _check_header(path: Path, *, closed_well: bool) -> bool:
    """StorageDamaged for a file that is no database, or that is shorter than its header says.

    False if it is shorter and its log may hold the rest: so a power cut leaves it while the log is written back.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return True  # there is none yet, or SQLite says why it cannot be read
    has_log = _size(path.with_name(f"{path.name}-wal")) > 0
    if not header:
        if closed_well and not has_log:
            raise damaged(path, "the file is empty")
        return True  # made a moment ago, and its process ended before it wrote anything
    if not header.startswith(_HEADER) or len(header) < 100:
        raise damaged(path, "the file is not a database")
    if header[_WRITES_LOG] != _LOGGED and not _size(path.with_name(f"{path.name}-journal")):
        _refuse_foreign(path)  # with a journal, SQLite has first to take back what was begun
    page_size = int.from_bytes(header[_PAGE_SIZE], "big")
    expected = int.from_bytes(header[_PAGES], "big") * (65536 if page_size == 1 else page_size)
    if size >= expected:
        return True
    if has_log:
        return False
    raise damaged(path, f"the file has {size} of {expected} bytes")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

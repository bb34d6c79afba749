"""What SQLite raises, said as `StorageError` kinds: nothing of sqlite3 leaves the adapter."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path

from workloom.domain.errors import (
    StorageBusy,
    StorageDamaged,
    StorageError,
    StorageFull,
    StorageReadOnly,
)

_PRIMARY = 0xFF  # the low byte of an extended result code is the primary code


def damaged(path: Path | str, found: str) -> StorageDamaged:
    """The error for a file that is no sound database."""
    return StorageDamaged(
        f"The database {path} is damaged ({found}). It is kept as it is and nothing was overwritten."
        " Move it to a safe place and put a backup there, or start with another data folder (--data)."
    )


def read_only(path: Path | str) -> StorageReadOnly:
    """The error for a folder or file that cannot be written."""
    return StorageReadOnly(
        f"The {'database' if Path(path).is_file() else 'data folder'} {path} cannot be written. Nothing was changed."
        " Give this user the right to write there, or choose another data folder (--data)."
    )


def full(path: Path | str) -> StorageFull:
    """The error for a disk without space."""
    return StorageFull(f"No space is left for {path}. Nothing was changed. Free some space, then try again.")


def busy(path: Path | str) -> StorageBusy:
    """The error for data that another process keeps locked for too long."""
    return StorageBusy(f"The data in {path} is in use by another process. Nothing was changed. Try again in a moment.")


def fault_of(error: sqlite3.Error, path: Path | str) -> StorageError:
    """The kind of storage error that a failure of SQLite is."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    match code & _PRIMARY:
        case sqlite3.SQLITE_FULL:
            return full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return read_only(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(path, str(error))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy(path)
    return StorageError(f"The database {path} cannot be read or written ({error}). Nothing was changed. Try again.")


def fault_of_system(error: OSError, path: Path | str) -> StorageError:
    """The kind of storage error that a failure of the file system is."""
    if error.errno in (ENOSPC, EDQUOT):
        return full(path)
    return read_only(path)


@contextmanager
def as_storage_error(path: Path | str) -> Iterator[None]:
    """Let storage errors of Workloom out in the place of those of SQLite and the file system."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault_of(error, path) from error

"""What PostgreSQL and its driver raise, said as `StorageError` kinds: nothing of psycopg leaves the adapter."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from workloom.adapters.tables.items import stale
from workloom.domain.errors import (
    BadInput,
    StorageBusy,
    StorageConflict,
    StorageDamaged,
    StorageError,
    StorageFull,
    StorageReadOnly,
    StorageUnreachable,
    WorkloomError,
)

_TOO_LONG: Final = "54"
"""Class of what is more than the database can keep, such as a name too long for an index."""

NOT_THE_ONE: Final = "22012"
"""Division by zero: what the statement that saves items does when a record is not the one any more."""

_UNKNOWN: Final = (
    "Whether the last change was made is not known: repeat it with the same key, and it is made once and no more."
)
_KINDS: Final[Mapping[str, tuple[type[StorageError], str]]] = {
    "40": (StorageConflict, "Another change came in between. Nothing was changed. Try again."),
    "55P03": (StorageConflict, "Another change took too long. Nothing was changed. Try again."),
    "23505": (StorageConflict, "The same thing was made twice at a time. Nothing was changed. Try again."),
    "57014": (StorageBusy, "The database {where} took too long. Nothing was changed. Try again in a moment."),
    "53100": (StorageFull, "The disk of the database {where} is full. Nothing was changed. Make room, then try again."),
    "53": (StorageBusy, "The database {where} has no room for more. Nothing was changed. Try again in a moment."),
    "25006": (StorageReadOnly, "The database {where} takes no changes: it is a copy. Name the one that others copy."),
    "XX001": (StorageDamaged, "The database {where} is damaged ({error}). Stop, and restore a backup."),
    "XX002": (StorageDamaged, "An index of the database {where} is damaged ({error}). REINDEX mends it."),
}
"""By code of the error, or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""


def place_of(dsn: str) -> str:
    """The database of a DSN, without its password."""
    parts = conninfo_to_dict(dsn)
    host, port = parts.get("host") or "this machine", parts.get("port")
    return f"{parts.get('dbname') or 'postgres'} on {host}{f':{port}' if port else ''}"


def fault_of(error: psycopg.Error, where: str) -> WorkloomError:
    """The kind of error that a failure of PostgreSQL is. `where` names the database."""
    code = error.sqlstate or ""
    if code == NOT_THE_ONE:
        return stale()
    if isinstance(error, psycopg.DataError):
        return BadInput("A text or number cannot be kept: it holds a sign of no width, or too much. Type it anew.")
    if code.startswith(_TOO_LONG):
        return BadInput("Something in it is longer than the database can keep. Nothing was changed. Make it shorter.")
    kind, text = _KINDS.get(code) or _KINDS.get(code[:2]) or (StorageError, "")
    if text:
        return kind(text.format(where=where, error=_said(error)))
    if _is_cut_off(error):
        tried_to_connect = error.pgconn is not None
        after = "Nothing was changed. Try again." if tried_to_connect else _UNKNOWN
        return StorageUnreachable(f"The database {where} does not answer ({_said(error)}). {after}")
    return StorageError(f"The database {where} cannot be read or written ({_said(error)}). Nothing was changed.")


def _is_cut_off(error: psycopg.Error) -> bool:
    """Whether the database may have ended the connection, so that nobody knows what became of a COMMIT.

    Any other error that it has named is one of a statement, and the transaction is undone.
    """
    if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    code = error.sqlstate or ""
    return not code or code[:2] in ("08", "57") or error.diag.severity_nonlocalized in ("FATAL", "PANIC")


@contextmanager
def as_storage_error(where: str) -> Iterator[None]:
    """Let storage errors of Workloom out in the place of those of psycopg."""
    try:
        yield
    except psycopg.Error as error:
        raise fault_of(error, where) from error


def _said(error: psycopg.Error) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__

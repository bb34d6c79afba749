"""Looking after the data: a folder, or a PostgreSQL database where one is named."""

import os
from pathlib import Path
from typing import Protocol

from workloom.adapters.tables.promises import BrokenPromise
from workloom.domain.errors import BadInput
from workloom.settings import Settings


class Upkeep(Protocol):
    """What can be done with the data as a whole. Raises StorageError kinds."""

    @property
    def where(self) -> str:
        """What people call the place."""
        ...

    def upgrade(self) -> list[str]:
        """Bring the schema up to date; names of the migrations applied."""
        ...

    def check(self) -> list[BrokenPromise]:
        """What does not hold of the data."""
        ...

    def backup(self, target: Path) -> None:
        """Write a copy as of one moment to a new file."""
        ...


def upkeep_of(settings: Settings) -> Upkeep:
    """The upkeep of the database that is named, else of the data folder."""
    if settings.dsn:
        from workloom.adapters.postgres.upkeep import PostgresUpkeep  # late: a folder needs no psycopg

        return PostgresUpkeep(settings.dsn)
    from workloom.adapters.sqlite.upkeep import SqliteUpkeep

    return SqliteUpkeep(settings.data)


def back_up(upkeep: Upkeep, target: Path) -> int:
    """Back up to `target`, which is there only when it is whole; returns its bytes. BadInput if it exists already, or
    there is no such folder.
    """
    if target.exists():
        raise BadInput(f"{target} exists already. Nothing was written. Name a new file.")
    if not target.absolute().parent.is_dir():
        raise BadInput(f"There is no folder {target.absolute().parent}. Nothing was written. Make it, or name another.")
    begun = target.with_name(f"{target.name}.part-{os.getpid()}")
    try:
        upkeep.backup(begun)
        begun.replace(target)
    finally:
        begun.unlink(missing_ok=True)
    return target.stat().st_size

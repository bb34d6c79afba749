"""Looking after the file of a data folder: upgrade, check and backup, beside a running engine where that can be."""

import sqlite3
from contextlib import closing
from pathlib import Path

from workloom.adapters.sqlite.database import FOLDER
from workloom.adapters.sqlite.faults import as_storage_error
from workloom.adapters.sqlite.folder import DATABASE
from workloom.adapters.sqlite.migrate import INSTEAD, applied_to
from workloom.adapters.sqlite.opening import check_thoroughly, open_store
from workloom.adapters.tables.migrations import check, migrations
from workloom.adapters.tables.promises import BrokenPromise, broken_promises
from workloom.domain.errors import StorageError


class SqliteUpkeep:
    """The data in `folder`. Raises StorageError kinds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / DATABASE
        self.where = str(self._path)

    def upgrade(self) -> list[str]:
        """Bring the schema up to date, alone on the folder; names of the migrations applied."""
        before = self._applied() if self._path.exists() else {}
        open_store(self._folder).close()
        return [each.name for each in migrations(FOLDER) if each.number not in before]

    def check(self) -> list[BrokenPromise]:
        """What does not hold of the data. Raises where the file is damaged, or the schema not that of this version."""
        applied = self._applied()
        check(applied, migrations(FOLDER), self._path, INSTEAD)
        missing = [each.name for each in migrations(FOLDER) if each.number not in applied]
        if missing:
            raise StorageError(f"The schema of {self._path} lacks {', '.join(missing)}. Run: workloom db upgrade")
        check_thoroughly(self._path)
        with as_storage_error(self._path), closing(self._connected()) as connection:
            connection.execute("BEGIN")
            return broken_promises(connection.execute)

    def backup(self, target: Path) -> None:
        """A copy as of one moment, while others read and write."""
        source = self._connected()
        with as_storage_error(target), closing(source), closing(sqlite3.connect(target)) as copy:
            source.backup(copy)

    def _applied(self) -> dict[int, str]:
        with as_storage_error(self._path), closing(self._connected()) as connection:
            return applied_to(connection)

    def _connected(self) -> sqlite3.Connection:
        if not self._path.exists():
            raise StorageError(
                f"There is no database {self._path}. Name its folder (--data), or start a desktop there."
            )
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)

"""Looking after a PostgreSQL database: upgrade, check and backup while nodes work on it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from workloom.adapters.postgres.connecting import Connection, PostgresSettings, connect, refuse_unsafe
from workloom.adapters.postgres.faults import as_storage_error
from workloom.adapters.postgres.migrate import check_schema, upgrade
from workloom.adapters.postgres.store import place_of_named
from workloom.adapters.tables.promises import BrokenPromise, broken_promises
from workloom.domain.errors import StorageError

PROGRAM: Final = "pg_dump"


class PostgresUpkeep:
    """The database of a DSN. Raises StorageError kinds."""

    def __init__(self, dsn: str, program: str = PROGRAM) -> None:
        self._dsn = dsn
        self._program = program
        self.where = place_of_named(dsn)

    def upgrade(self) -> list[str]:
        """Bring the schema up to date, one process at a time; names of the migrations applied."""
        with self._connected() as connection:
            return upgrade(connection, self.where)

    def check(self) -> list[BrokenPromise]:
        """What does not hold of the data. Raises for an unsafe server, or a schema that is not that of this version."""
        with self._connected() as connection:
            check_schema(connection, self.where)
            connection.execute("SET statement_timeout = 0")
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return broken_promises(lambda statement: connection.execute(statement.encode()))

    def backup(self, target: Path) -> None:
        """A dump in the custom format of `pg_dump`, as of one moment; `pg_restore` reads it."""
        with self._connected() as connection:
            server = connection.info.server_version // 10000
        program = self._found(server)
        parts = {name: str(value) for name, value in conninfo_to_dict(self._dsn).items() if value is not None}
        password = parts.pop("password", "")
        known = {"PGPASSWORD": password} if password else {}  # in the line of the command others would see it
        words = [program, "--format=custom", f"--file={target}", f"--dbname={make_conninfo('', **parts)}"]
        # Of the words only the DSN is the caller's, and it is one word.
        done = subprocess.run(words, env={**os.environ, **known}, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise StorageError(f"{PROGRAM} could not back up {self.where}: {' '.join(done.stderr.split())}")

    def _found(self, server: int) -> str:
        """The program, of a version that can read the server."""
        program = shutil.which(self._program)
        needed = f"Install the client programs of PostgreSQL {server} or later."
        if program is None:
            raise StorageError(f"{self._program} was not found; it makes the backup. {needed}")
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - it was found on the PATH
        version = re.search(r"(\d+)(?:\.\d+|[a-z]+\d*)?\s*(?:\(|$)", said)
        if version is None or int(version[1]) < server:
            raise StorageError(
                f"{program} is too old for the server ({said.strip() or 'it says no version'}). {needed}"
            )
        return program

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        with as_storage_error(self.where), connect(self._dsn, PostgresSettings()) as connection:
            refuse_unsafe(connection, self.where)
            yield connection

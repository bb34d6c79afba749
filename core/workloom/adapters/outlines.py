"""The outlines of icons, from the database that the package python-lucide (ISC) brings.

The package itself is never imported: it costs as much as a third of the desktop's start, most of it for a search by
meaning that nobody asks for here.
"""

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final
from weakref import finalize

if TYPE_CHECKING:
    from sqlite3 import Connection

DATABASE: Final = ("data", "lucide-icons.db")
_RENAMED: Final = {"history": "rotate-ccw-clock"}
"""Names of our design that Lucide has changed since."""


class LucideOutlines:
    """Gives the SVG text of an icon by Lucide's name, as Lucide has it. KeyError if there is no such icon."""

    def __init__(self, package: str = "lucide") -> None:
        self._package = package
        self._reading = Lock()

    def __call__(self, name: str) -> str:
        """Any thread. FileNotFoundError where the package is not installed, with what to do."""
        known = _RENAMED.get(name, name)
        with self._reading:
            row = self._connection.execute("SELECT svg FROM icons WHERE name = ?", (known,)).fetchone()
        if row is None:
            raise KeyError(f"There is no icon named {name!r}.")
        return str(row[0])

    @cached_property
    def _connection(self) -> "Connection":
        import sqlite3  # late: the login page is painted without an icon

        address = f"{self._database.as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        connection.execute("PRAGMA cache_size = 4")  # pages: what was read is kept as icons
        finalize(self, connection.close)
        return connection

    @cached_property
    def _database(self) -> Path:
        spec = find_spec(self._package)
        for place in spec.submodule_search_locations or () if spec else ():
            path = Path(place, *DATABASE)
            if path.is_file():
                return path.resolve()
        raise FileNotFoundError(
            f"The icons are missing: there is no {'/'.join((self._package, *DATABASE))} among the installed packages."
            " Install the package python-lucide; in a checkout, ./loom run repairs its environment by itself."
        )

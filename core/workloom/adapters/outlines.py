"""The outlines of icons, from the database that the package python-lucide (ISC) brings.

The package itself is never imported: it costs as much as a third of the desktop's start, most of it for a search by
meaning that nobody asks for here.
"""

from contextlib import closing
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Final

DATABASE: Final = ("data", "lucide-icons.db")
_RENAMED: Final = {"history": "rotate-ccw-clock"}
"""Names of our design that Lucide has changed since."""


class LucideOutlines:
    """Gives the SVG text of an icon by Lucide's name, as Lucide has it. KeyError if there is no such icon."""

    def __init__(self, package: str = "lucide") -> None:
        self._package = package

    def __call__(self, name: str) -> str:
        """Any thread. FileNotFoundError where the package is not installed, with what to do."""
        import sqlite3  # late: the login page is painted without an icon

        known = _RENAMED.get(name, name)
        # Opened for each icon: they are few, and it takes a tenth of a millisecond.
        with closing(sqlite3.connect(f"{self._database.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            row = connection.execute("SELECT svg FROM icons WHERE name = ?", (known,)).fetchone()
        if row is None:
            raise KeyError(f"There is no icon named {name!r}.")
        return str(row[0])

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

"""Reading one table of a site file: each key once, by type, with every problem noted and none raised."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from msgspec import Struct

from workloom.services.site_files.positions import Path, Positions

Made = TypeVar("Made")


MENTIONED: Final = 12
"""Names of what there is that a message gives."""

MOST: Final = 2**31 - 1
"""Largest whole number, so that every part that keeps it or reckons with it can."""

_SHOWN: Final = 20

LONGEST: Final = 366 * 24 * 3600
"""Longest time in seconds: a year. Every moment that it leads to can be told."""


class Problem(Struct, frozen=True, kw_only=True):
    """What is wrong at a line and column (from 1; 0 = of the whole file). A warning does not keep the site from use.

    `path` leads to it by the keys of the tables.
    """

    line: int
    column: int
    message: str
    warning: bool = False
    path: Path = ()

    def at(self, file: str) -> str:
        """The problem as one line: `site.toml:12:5: …`."""
        where = f"{file}:{self.line}:{self.column}" if self.line else file
        return f"{where}: {'warning: ' if self.warning else ''}{self.message}"


class Problems:
    """Collects what is wrong, with where it stands."""

    def __init__(self, positions: Positions) -> None:
        self._positions = positions
        self._found: list[Problem] = []

    def key(self, path: Path, message: str, *, warning: bool = False) -> None:
        """Note a problem with a key."""
        self._add(path, message, warning, of_value=False)

    def value(self, path: Path, message: str, *, warning: bool = False) -> None:
        """Note a problem with a value."""
        self._add(path, message, warning, of_value=True)

    def all(self) -> tuple[Problem, ...]:
        """What was found, in the order of the file."""
        return tuple(sorted(self._found, key=lambda problem: (problem.line, problem.column, problem.message)))

    def _add(self, path: Path, message: str, warning: bool, *, of_value: bool) -> None:
        at = self._positions.of_value(path) if of_value else self._positions.of_key(path)
        self._found.append(Problem(line=at.line, column=at.column, message=message, warning=warning, path=path))


_TYPE_WORDS: Final = (
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number"),
    (str, "a text"),
    (list, "a list"),
    (dict, "a table"),
)


def type_words(value: object) -> str:
    """The type of a TOML value in words."""
    return next((words for type_, words in _TYPE_WORDS if isinstance(value, type_)), "a date or time")


def unknown(name: str, known: Sequence[str]) -> str:
    """`“…” is not known; did you mean “…”?`, or what there is when nothing comes near."""
    near = get_close_matches(name, known, n=1)
    if near:
        return f"“{name}” is not known; did you mean “{near[0]}”?"
    there = ", ".join(f"“{shortened(one)}”" for one in known[:MENTIONED])
    return f"“{shortened(name)}” is not known; there is {there or 'none'}{' …' if len(known) > MENTIONED else ''}"


def shortened(text: str, most: int = 60) -> str:
    """A text for a message: where it is longer, its beginning."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


class Table:
    """One table of the file. What was not asked for when `finish` is called is an unknown key."""

    def __init__(self, data: Mapping[str, Any], path: Path, problems: Problems) -> None:
        self._data = data
        self._asked: dict[str, None] = {}
        self.path = path
        self.problems = problems

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        """A text; an empty one does where it is not needed."""
        value = self._typed(key, str, default)
        if needed and (key not in self._data or value == ""):
            self.problems.key((*self.path, key) if key in self._data else self.path, f"“{key}” is missing")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        return self._typed(key, bool, default)

    def number(self, key: str, default: int = 0, *, minimum: int = 0, maximum: int = MOST) -> int:
        """A whole number within bounds."""
        value = self._typed(key, int, default)
        bound = f"{minimum} or more" if value < minimum else f"{maximum} or less" if value > maximum else ""
        if bound:
            self.problems.value((*self.path, key), f"“{key}” must be {bound}, not {shortened(str(value), _SHOWN)}")
            return default
        return value

    def seconds(self, key: str, default: float) -> float:
        """A number above 0, a year at most."""
        value = self._typed(key, (int, float), default)
        bound = "above 0" if not value > 0 else f"{LONGEST} or less" if value > LONGEST else ""
        if bound:
            self.problems.value((*self.path, key), f"“{key}” must be {bound}, not {shortened(str(value), _SHOWN)}")
            return default
        return float(value)

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        """One of a few words."""
        value = self._typed(key, str, default)
        if key in self._data and value not in choices:
            self.problems.value((*self.path, key), f"“{key}” must be one of {', '.join(choices)}, not “{value}”")
            return default
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = []
        for index, value in enumerate(self._typed(key, list, [])):
            if isinstance(value, str):
                found.append(value)
            else:
                self.problems.value((*self.path, key, index), f"expected a text, found {type_words(value)}")
        return tuple(found)

    def table(self, key: str) -> "Table":
        """A table within, empty if there is none."""
        return Table(self._typed(key, dict, {}), (*self.path, key), self.problems)

    def rows(self, key: str) -> tuple["Table", ...]:
        """A list of tables."""
        found = []
        for index, value in enumerate(self._typed(key, list, [])):
            if isinstance(value, dict):
                found.append(Table(value, (*self.path, key, index), self.problems))
            else:
                self.problems.value((*self.path, key, index), f"expected a table, found {type_words(value)}")
        return tuple(found)

    def objects(self, key: str, make: Callable[[str, "Table"], Made]) -> dict[str, Made]:
        """A table of named tables, each made into an object."""
        group = self.table(key)
        made = {}
        for name in group.names():
            one = group.table(name)
            if not name.strip():
                self.problems.key(one.path, "a name is missing")
            made[name] = make(name, one)
            one.finish()
        return made

    def levels(self, key: str) -> dict[str, int]:
        """A table of whole numbers."""
        inner = self.table(key)
        return {name: inner.number(name) for name in inner.names()}

    def raw(self, key: str) -> object:
        """Whatever stands there, None if nothing."""
        self._asked[key] = None
        return self._data.get(key)

    def names(self) -> tuple[str, ...]:
        """The keys that are there."""
        return tuple(self._data)

    def finish(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                self.problems.key((*self.path, key), unknown(key, tuple(self._asked)))

    def _typed(self, key: str, type_: type[Made] | tuple[type, ...], default: Made) -> Made:
        self._asked[key] = None
        if key not in self._data:
            return default
        value = self._data[key]
        fits = isinstance(value, type_) and not (isinstance(value, bool) and type_ is not bool)
        if not fits:
            wanted = type_words(default)
            self.problems.value((*self.path, key), f"“{key}” must be {wanted}, not {type_words(value)}")
            return default
        return value  # type: ignore[no-any-return]

"""Where each key and value of a TOML text stands.

`tomllib` reads the values and refuses what is no TOML, but tells no positions. This walks once more over a text that
tomllib has accepted and notes line and column (from 1) of each key and value by its path, such as
`("persons", "lena", "groups", 0)`.
"""

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

Path = tuple[str | int, ...]


class Position(Struct, frozen=True, order=True):
    """Line and column, both from 1."""

    line: int
    column: int


class Positions(Struct, frozen=True):
    """Positions of keys and of values by path."""

    keys: Mapping[Path, Position]
    values: Mapping[Path, Position]

    def of_key(self, path: Path) -> Position:
        """Where the key stands, else the nearest table around it."""
        while path not in self.keys and path not in self.values:
            if not path:
                return Position(1, 1)
            path = path[:-1]
        return self.keys.get(path) or self.values[path]

    def of_value(self, path: Path) -> Position:
        """Where the value stands, else its key."""
        return self.values.get(path) or self.of_key(path)


_SPACE: Final = re.compile(r"[ \t]*")
_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE: Final = re.compile(r"[^,\]}#\r\n]*")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|'
    r"'''.*?'{3,5}(?!')|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'",
    re.DOTALL,
)


def find_positions(text: str) -> Positions:
    """Positions of all keys and values of a TOML text that tomllib accepts."""
    return _Walker(text).walk()


class _Walker:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._line_start = 0
        self._counted = 0
        self._keys: dict[Path, Position] = {}
        self._values: dict[Path, Position] = {}
        self._lengths: dict[Path, int] = {}

    def walk(self) -> Positions:
        table: Path = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return Positions(self._keys, self._values)

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`: the path of the table that begins."""
        here = self._position()
        repeated = self._text.startswith("[[", self._at)
        self._at += 2 if repeated else 1
        names = self._key()
        self._at += 2 if repeated else 1
        path: Path = ()
        for name in names[:-1]:
            self._keys.setdefault((*path, name), here)
            path = self._newest((*path, name))
        path = (*path, names[-1])
        if repeated:
            count = self._lengths.get(path, 0)
            self._lengths[path] = count + 1
            self._keys.setdefault(path, here)
            path = (*path, count)
        self._keys.setdefault(path, here)
        return path

    def _newest(self, path: Path) -> Path:
        """The path itself, or its last element where it is an array of tables."""
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, table: Path) -> None:
        here = self._position()
        path = table
        for name in self._key():
            path = (*path, name)
            self._keys.setdefault(path, here)
        self._at += 1  # =
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> list[str]:
        """One key, dotted or not, with the blanks around it."""
        names = []
        while True:
            self._skip(_SPACE)
            string = _STRING.match(self._text, self._at)
            if string:
                names.append(_unquoted(string[0]))
                self._at = string.end()
            else:
                names.append(self._match(_BARE_KEY))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return names
            self._at += 1

    def _value(self, path: Path) -> None:
        self._values[path] = self._position()
        if self._text.startswith("[", self._at):
            self._array(path)
        elif self._text.startswith("{", self._at):
            self._inline_table(path)
        else:
            string = _STRING.match(self._text, self._at)
            self._at = string.end() if string else _end(_BARE_VALUE, self._text, self._at)

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        self._skip(_BLANK)
        while not self._text.startswith("]", self._at):
            self._value((*path, index))
            index += 1
            self._separator()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip(_BLANK)
        while not self._text.startswith("}", self._at):
            self._pair(path)
            self._separator()
        self._at += 1

    def _separator(self) -> None:
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
        self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._at = _end(pattern, self._text, self._at)

    def _match(self, pattern: re.Pattern[str]) -> str:
        end = _end(pattern, self._text, self._at)
        found = self._text[self._at : end]
        self._at = end
        return found

    def _position(self) -> Position:
        newlines = self._text.count("\n", self._counted, self._at)
        if newlines:
            self._line += newlines
            self._line_start = self._text.rindex("\n", self._counted, self._at) + 1
        self._counted = self._at
        return Position(self._line, self._at - self._line_start + 1)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _unquoted(string: str) -> str:
    """The name that a quoted key says; only keys come here, so it is on one line."""
    import tomllib

    return string[1:-1] if string.startswith("'") else str(tomllib.loads(f"x = {string}")["x"])

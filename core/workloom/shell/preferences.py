"""What people set for this desktop: theme, text size, keys, what the login page remembers. Kept as a TOML file."""

import tomllib
from collections.abc import Callable
from typing import Any, Literal, Protocol

import msgspec
from msgspec import Struct

from workloom.shell.words import say

Theme = Literal["system", "light", "dark"]
SMALLEST, LARGEST, STEP = 80, 200, 10
"""Text size in percent."""


class Remembered(Struct, kw_only=True, omit_defaults=True):
    """What one person chose at the last login on this computer. `channels` None = nothing was kept."""

    place: str = ""
    channels: list[str] | None = None


class ListLayout(Struct, kw_only=True, omit_defaults=True):
    """How a person arranged a list: the order of its columns from left to right, their widths at 100 % text size, those
    that are hidden, and the sort key of the rows. What is not named stands as the list itself has it.
    """

    order: list[str] = []
    widths: dict[str, int] = {}
    hidden: list[str] = []
    sort: str = ""
    descending: bool = False


class Preferences(Struct, kw_only=True, omit_defaults=True):
    """Settings of this desktop. `keys` maps the id of a key or an action to another key sequence; empty = none. `lists`
    holds the layouts of lists by person and name, `sizes` those of the parts of views by person, view and part, in
    pixels at 100 % text size. `servers`: addresses of the nodes of the server to work on.
    """

    theme: Theme = "system"
    text_size: int = 100
    rail: bool = False
    sound: bool = True
    user: str = ""
    keys: dict[str, str] = {}
    people: dict[str, Remembered] = {}
    lists: dict[str, dict[str, ListLayout]] = {}
    sizes: dict[str, dict[str, dict[str, int]]] = {}
    window: str = ""
    servers: list[str] = []

    def larger(self, steps: int) -> int:
        """The text size some steps up or down, within bounds."""
        return max(SMALLEST, min(LARGEST, self.text_size + steps * STEP))


class PreferenceFile(Protocol):
    """Where preferences are kept."""

    def read(self) -> str:
        """The text of the file; empty if there is none."""
        ...

    def write(self, values: dict[str, object]) -> None:
        """Let the file hold these values soon; never blocks."""
        ...


class PreferenceStore:
    """Preferences in memory and on the disk. `problem` says why the file was not used."""

    def __init__(self, file: PreferenceFile) -> None:
        self._file = file
        self.values, self.problem = _parse(file.read())
        self._kept = self._now()

    def save(self) -> None:
        """Keep the values as they are now; does nothing if they are kept already."""
        values = self._now()
        if values != self._kept:
            self._kept = values
            self._file.write(values)

    def _now(self) -> dict[str, object]:
        values = msgspec.to_builtins(self.values)
        assert isinstance(values, dict)
        return values


class KeptLists:
    """The layouts of one person's lists, by the name of the list. `person` is known once the session has started."""

    def __init__(self, store: PreferenceStore, person: Callable[[], str]) -> None:
        self._store, self._person = store, person

    def under(self, kept: str, name: str) -> "KeptLists":
        """For a list that is kept under an id: what was kept under its name, in some language, goes over to the id."""
        _go_over(self._store.values.lists.get(self._person(), {}), kept, name)
        return self

    def of(self, name: str) -> ListLayout:
        """As it was left; the list's own where nothing was changed."""
        return self._store.values.lists.get(self._person(), {}).get(name, ListLayout())

    def keep(self, name: str, layout: ListLayout) -> None:
        """Remember a layout."""
        self._store.values.lists.setdefault(self._person(), {})[name] = layout
        self._store.save()


class KeptSizes:
    """The sizes that one person gave the parts of views. `person` is known once the session has started."""

    def __init__(self, store: PreferenceStore, person: Callable[[], str]) -> None:
        self._store, self._person = store, person

    def under(self, kept: str, name: str) -> "KeptSizes":
        """As `KeptLists.under`."""
        _go_over(self._store.values.sizes.get(self._person(), {}), kept, name)
        return self

    def of(self, view: str, part: str) -> int:
        """As it was left; 0 where nothing was changed."""
        return self._store.values.sizes.get(self._person(), {}).get(view, {}).get(part, 0)

    def keep(self, view: str, part: str, size: int) -> None:
        """Remember a size; 0 forgets it."""
        of_view = self._store.values.sizes.setdefault(self._person(), {}).setdefault(view, {})
        of_view[part] = size
        if not size:
            del of_view[part]
        self._store.save()


def _go_over(of_person: dict[str, Any], kept: str, name: str) -> None:
    if kept and name in of_person:
        of_person.setdefault(kept, of_person.pop(name))


def _parse(text: str) -> tuple[Preferences, str]:
    try:
        values = msgspec.convert(tomllib.loads(text), Preferences)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        return Preferences(), say("The settings of this desktop are not used: {error}. The defaults hold.", error=error)
    values.text_size = max(SMALLEST, min(LARGEST, values.text_size))
    return values, ""

"""Which plugin breaks it: halves the plugins until one is left, over several starts of the desktop.

The plugins stand in their order, those that others require before them. On are always the first so many: it breaks with
`bad` of them and does not with `good`, so that the plugin between the two does it. The state is a file in the data
folder; which plugins are off meanwhile stands where it always does, and comes back as it was at the end.
"""

from pathlib import Path
from typing import Final, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.errors import BadInput

FILE: Final = "plugins-bisect.json"


class Switches(Protocol):
    """What keeps plugins off: `KeptStates`."""

    def switch(self, plugin: str, *, on: bool) -> None:
        """Keep a plugin off from the next start on, or let it start."""
        ...


class Halving(Struct, frozen=True, kw_only=True):
    """`plugins`: those that are looked at, in order. `good` −1: not even without any of them is it known to be good."""

    plugins: tuple[str, ...]
    bad: int
    good: int = -1

    @classmethod
    def of(cls, plugins: tuple[str, ...]) -> "Halving":
        """All that is known: it breaks with all of them. BadInput if there is none."""
        if not plugins:
            raise BadInput("No plugin that is on can be looked at: only those that come with Workloom are.")
        return cls(plugins=plugins, bad=len(plugins))

    @property
    def on(self) -> tuple[str, ...]:
        """The plugins that are on in this round."""
        return self.plugins[: (self.good + self.bad) // 2]

    @property
    def off(self) -> tuple[str, ...]:
        """Those that are off in this round."""
        return self.plugins[len(self.on) :]

    @property
    def rounds(self) -> int:
        """How many more rounds there are at most."""
        return (self.bad - self.good - 1).bit_length()

    @property
    def is_over(self) -> bool:
        """Whether it is known which one it is."""
        return self.bad - self.good == 1

    @property
    def found(self) -> str:
        """The plugin with which it begins to break, once that is known; empty: it breaks without all of them."""
        return self.plugins[self.bad - 1] if self.bad else ""

    def told(self, *, good: bool) -> "Halving":
        """What is known after this round."""
        return replace(self, good=len(self.on)) if good else replace(self, bad=len(self.on))


class HalvingFile:
    """Keeps a halving from one start to the next, and switches the plugins. OSError where it cannot be written."""

    def __init__(self, folder: Path, switches: Switches) -> None:
        self._path, self._switches = folder / FILE, switches

    def read(self) -> Halving:
        """The halving under way. BadInput if there is none, or it cannot be read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Halving)
        except FileNotFoundError:
            raise BadInput("No search is under way. Begin with: workloom plugin bisect start") from None
        except msgspec.DecodeError as error:
            raise BadInput(f"{self._path}: {error}. Remove the file, and begin anew.") from error

    @property
    def is_under_way(self) -> bool:
        """Whether there is one."""
        return self._path.exists()

    def keep(self, halving: Halving) -> None:
        """Remember it, and switch its plugins for the next start."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(msgspec.json.encode(halving))
        for plugin in halving.plugins:
            self._switches.switch(plugin, on=plugin in halving.on)

    def end(self, halving: Halving) -> None:
        """All plugins are on again, as they were."""
        for plugin in halving.plugins:
            self._switches.switch(plugin, on=True)
        self._path.unlink(missing_ok=True)

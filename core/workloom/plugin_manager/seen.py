"""What a desktop has seen of its plugins, in a file that others read while it runs and after it has ended.

`workloom plugin faults` and `workloom plugin bundle` know from it what no other process could. Messages of errors are
left out, as from the support bundle.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workloom.api.inspection import CallTiming, TracedCall
from workloom.api.plugins import Fault
from workloom.domain.errors import BadInput

FILE: Final = "plugins-seen.json"
"""Name of the file in the data folder. It is written anew each time, and bounded by what the plugin manager keeps."""


class Seen(Struct, frozen=True, kw_only=True):
    """How the plugins of one desktop fared until `at`; `process`: its id, to be told from an older desktop's."""

    at: datetime
    process: int
    faults: tuple[Fault, ...] = ()
    timings: tuple[CallTiming, ...] = ()
    trace: tuple[TracedCall, ...] = ()


class Inspected(Protocol):
    """What the plugin manager knows."""

    def faults(self) -> tuple[Fault, ...]:
        """The last faults, oldest first."""
        ...

    @property
    def inspector(self) -> "Calls":
        """The times of calls."""
        ...


class Calls(Protocol):
    """The times of calls."""

    def timings(self) -> tuple[CallTiming, ...]:
        """Each place that has been called."""
        ...

    def trace(self, after: int = 0) -> tuple[TracedCall, ...]:
        """The last calls."""
        ...


class SeenFile:
    """Keeps the file of one desktop. `write(path, content)` replaces a file behind the back of the caller."""

    def __init__(
        self, folder: Path, write: Callable[[Path, Callable[[], bytes]], None], now: Callable[[], datetime]
    ) -> None:
        self._path, self._write, self._now = folder / FILE, write, now
        self._faults: tuple[Fault, ...] = ()

    def look(self, plugins: Inspected) -> None:
        """Write it if there are faults that it does not have."""
        faults = plugins.faults()
        if faults != self._faults:
            self.keep(plugins)

    def keep(self, plugins: Inspected) -> None:
        """Write how things stand now."""
        self._faults = plugins.faults()
        faults, at = tuple(replace(fault, said="") for fault in self._faults), self._now()
        inspector = plugins.inspector

        def content() -> bytes:
            timings, trace = tuple(inspector.timings()), tuple(inspector.trace())
            seen = Seen(at=at, process=os.getpid(), faults=faults, timings=timings, trace=trace)
            return msgspec.json.encode(seen)

        self._write(self._path, content)


def read_seen(folder: Path) -> Seen | None:
    """What the desktop of a data folder has written; None: none has run there. BadInput if it cannot be read."""
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Seen)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise BadInput(f"{path}: {error}. It is written by the desktop; remove it to go on.") from error

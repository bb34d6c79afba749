"""The start guard: which plugin is being started stands in a file, so that a crash at start names it at the next one.

It is also the place for a plugin that holds up the window and cannot be broken off, and for one that ends the process
itself. The record is written with one small write, in place, and not forced to the disk: it must outlive the process,
not the machine.
"""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec
from msgspec import Struct

FILE: Final = "plugin-at-start.json"
_LENGTH: Final = 1024


class Left(Struct, frozen=True, kw_only=True):
    """What an earlier process left behind: the plugin, what was called, when, and by which process.

    `plugin` empty: it ended while plugins were being started, and between two calls.
    """

    plugin: str
    where: str
    at: datetime
    process: int


class StartGuard:
    """Writes the record while plugins are being started. An unwritable folder guards nothing and stops nobody."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._file: int | None = None
        self._open = False
        # plugins are called on several threads; a descriptor that was closed may be another file's
        self._using = Lock()

    def left(self) -> Left | None:
        """The record of a process that has ended within; None if there is none.

        It is taken away, but for one that names nobody, which stands until a start goes well.
        """
        try:
            record = msgspec.json.decode(self._path.read_bytes().strip(), type=Left)
        except (OSError, msgspec.DecodeError):
            return None
        if record.process == os.getpid() or _lives(record.process):
            return None
        if record.plugin:
            self.clear()
        return record

    def begin(self) -> None:
        """Plugins are being started from now on."""
        with self._using:
            self._open = True

    def note(self, plugin: str, where: str, at: datetime, *, at_any_time: bool = False) -> None:
        """This is being called now, empty texts for nothing. After the start nothing is written, unless `at_any_time`.

        A call may ask for it that began before the end of the start and comes too late: a crash an hour later would be
        laid at the door of its plugin.
        """
        record = Left(plugin=plugin, where=where[:200], at=at, process=os.getpid())
        with self._using, suppress(OSError):
            if not self._open and not at_any_time:
                return
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, msgspec.json.encode(record).ljust(_LENGTH))

    def clear(self) -> None:
        """Nothing is being started any more."""
        with self._using, suppress(OSError):
            self._open = False
            file, self._file = self._file, None
            if file is not None:
                os.close(file)
            self._path.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    """Whether a process of that number runs; it may be another one by now, which only delays the verdict."""
    if os.name == "nt":  # there, asking would end it
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

"""A virtual file system of SQLite (https://www.sqlite.org/vfs.html) that records each step and can let one fail."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import apsw
from msgspec import Struct

NAME: Final = "workloom-failing-disk"

Kind = type[BaseException] | None

OPEN, WRITE, SYNC, TRUNCATE, DELETE, READ, CLOSE = "open", "write", "sync", "truncate", "delete", "read", "close"


class Step(Struct, frozen=True):
    """One thing done to a file: `offset` and `data` of a write, the new size of a truncation as `offset`.

    `durable`: a deletion that is on disk when it returns.
    """

    what: str
    file: str
    offset: int = 0
    data: bytes = b""
    durable: bool = False


class Disk(apsw.VFS):
    """The disk under a store. `fault` is asked before each step and may raise an error of apsw in its place."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.counted = 0
        self.keeps = True
        self.fault: Callable[[Step], None] = lambda _step: None
        super().__init__(NAME, "")

    def take(self, step: Step) -> None:
        """Ask for the fault, then record the step, unless it only reads."""
        self.counted += 1
        self.fault(step)
        if self.keeps and step.what not in (READ, CLOSE):
            self.steps.append(step)

    def xOpen(self, name: Any, flags: list[int]) -> "File":  # noqa: N802 - the name is SQLite's
        """Open a file."""
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.take(Step(OPEN, Path(path).name if path else ""))
        return File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's own signature
        """Delete a file."""
        self.take(Step(DELETE, Path(filename).name, durable=bool(syncdir)))
        super().xDelete(filename, syncdir)

    def excepthook(self, etype: Kind, evalue: BaseException | None, etraceback: TracebackType | None) -> bool:
        """An error that nobody above can be told, such as one while a file is closed."""
        return True


class File(apsw.VFSFile):
    """One open file."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk = disk
        self._file = Path(path).name if path else ""
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Write."""
        self._disk.take(Step(WRITE, self._file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Put on the disk what was written."""
        self._disk.take(Step(SYNC, self._file))
        super().xSync(flags)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """Cut off."""
        self._disk.take(Step(TRUNCATE, self._file, newsize))
        super().xTruncate(newsize)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        """Read."""
        self._disk.take(Step(READ, self._file, offset))
        return super().xRead(amount, offset)

    def excepthook(self, etype: Kind, evalue: BaseException | None, etraceback: TracebackType | None) -> bool:
        """As above."""
        return True

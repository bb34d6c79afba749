"""The data folder: who may write there, who owns it, and whether the last owner ended well."""

import os
import sys
from pathlib import Path
from typing import IO, Final

from workloom.adapters.sqlite.faults import fault_of_system
from workloom.domain.errors import StorageBusy, StorageReadOnly

DATABASE: Final = "workloom.db"
LOCK: Final = "workloom.lock"
_OPEN, _CLOSED = "open", "closed"


class FolderLock:
    """The lock of the one engine that dispatches. The system lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK
        self._file: IO[str] | None = None
        self.ended_badly = False

    def take(self) -> None:
        """StorageBusy if another process has it; StorageReadOnly or StorageFull if it cannot be written."""
        try:
            self._path.touch()
            file = self._path.open("r+", encoding="utf-8")
        except OSError as error:
            raise fault_of_system(error, self._path.parent) from error
        if not _lock(file):
            file.close()
            raise StorageBusy(
                f"Another Workloom desktop uses the data in {self._path.parent}. Close it first, or log in another"
                " agent there. Commands can be used beside it."
            )
        self._file = file
        self.ended_badly = file.read().startswith(_OPEN)
        self._write(_OPEN)

    def release(self) -> None:
        """Say that all ended well, and let go."""
        if self._file is not None:
            self._write(_CLOSED)
            self._file.close()
            self._file = None

    def abandon(self) -> None:
        """Let go without saying so: what was found is still to be looked at."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, text: str) -> None:
        assert self._file is not None
        try:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(f"{text} {os.getpid()}\n")
            self._file.flush()
        except OSError as error:
            raise fault_of_system(error, self._path.parent) from error


def ended_well(folder: Path) -> bool:
    """Whether an engine was here before and the last one closed its store."""
    try:
        return (folder / LOCK).read_text(encoding="utf-8").startswith(_CLOSED)
    except OSError:
        return False


def prepare(folder: Path) -> None:
    """Make the folder if need be. StorageReadOnly if it cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise StorageReadOnly(
            f"{folder} cannot be a data folder: there is a file in its place. Nothing was changed."
            " Name another folder (--data)."
        ) from error
    except OSError as error:
        raise fault_of_system(error, folder) from error
    try:
        probe = folder / f".write-test-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise fault_of_system(error, folder) from error


def _lock(file: IO[str]) -> bool:
    """Whether the file could be locked for this process."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far behind the text: Windows locks what it names against reading too.
            file.seek(1_000_000)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

"""Drafts on this computer: one file for each item and person, so that a crash loses at most a second of typing."""

import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec

from workloom.adapters.kept_files import KeptFiles

SUFFIX, DAMAGED = ".draft.json", ".damaged"


class DraftFolder:
    """The folder with the drafts of all people who work with this data."""

    def __init__(self, folder: Path, files: KeptFiles) -> None:
        self._folder = folder
        self._files = files

    def of_person(self, person: str) -> "PersonDrafts":
        """The drafts of one person, as they are on the disk. Blocks.

        A damaged file is put aside under another name, so that nothing is written over what it holds.
        """
        folder = self._folder / quote(person, safe="")
        self._files.flush()
        kept = {}
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            try:
                kept[unquote(path.name.removesuffix(SUFFIX))] = msgspec.json.decode(
                    path.read_bytes(), type=dict[str, str]
                )
            except msgspec.DecodeError:
                with suppress(OSError):
                    path.replace(path.with_name(f"{path.name}{DAMAGED}"))
            except OSError:
                continue
        return PersonDrafts(folder, self._files, kept)


class PersonDrafts:
    """Drafts of one person: read from memory, written behind. Safe to call from any thread."""

    def __init__(self, folder: Path, files: KeptFiles, kept: dict[str, dict[str, str]]) -> None:
        self._folder = folder
        self._files = files
        self._kept = kept
        self._lock = threading.Lock()

    def keep(self, item: str, field: str, text: str) -> None:
        """Remember the text of a field of an item; empty forgets it."""
        with self._lock:
            fields = dict(self._kept.get(item, {}))
            if text:
                fields[field] = text
            else:
                fields.pop(field, None)
            if fields == self._kept.get(item, {}):
                return
            self._put(item, fields)

    def of(self, item: str) -> dict[str, str]:
        """Kept texts of an item by field."""
        with self._lock:
            return dict(self._kept.get(item, {}))

    def forget(self, item: str) -> None:
        """Drop all drafts of an item."""
        with self._lock:
            if item in self._kept:
                self._put(item, {})

    def items(self) -> tuple[str, ...]:
        """Items that have drafts, by id."""
        with self._lock:
            return tuple(sorted(self._kept))

    def _put(self, item: str, fields: dict[str, str]) -> None:
        path = self._folder / f"{quote(item, safe='')}{SUFFIX}"
        if fields:
            self._kept[item] = fields
            self._files.write(path, msgspec.json.encode(fields))
        else:
            self._kept.pop(item, None)
            self._files.write(path, None)

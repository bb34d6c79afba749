"""The files of the export: appended, on the disk before the engine goes on, and whole after a crash."""

import os
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from workloom.api import Event

PLACES = ("item", "actor", "person", "queue", "workbin", "workbin_owner")
"""What is written of an event beside when and what. Its detail is left out: it may hold what people have typed."""


class AuditFiles:
    """One file a day, named by the day in UTC. A line is a JSON object, in the order of its sequence."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, events: Sequence[Event]) -> None:
        """Write events that are not in their file yet. Blocks until they are on the disk. OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for day, of_day in groupby(events, key=lambda event: f"{event.at:%Y-%m-%d}"):
            self._append(self._folder / f"events-{day}.jsonl", tuple(of_day))

    def _append(self, path: Path, events: Sequence[Event]) -> None:
        with path.open("a+b") as file:
            last = _mend(file)
            lines = [msgspec.json.encode(_row(event)) + b"\n" for event in events if event.sequence > last]
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())


def _row(event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {"sequence": event.sequence, "at": event.at.isoformat(), "kind": event.kind.value}
    return row | {place: value for place in PLACES if (value := getattr(event, place))}


def _mend(file: Any) -> int:
    """Cut off a line that a crash left half written; the sequence of the last whole one, 0 if there is none."""
    file.seek(0)
    kept = file.read()
    whole = kept[: kept.rfind(b"\n") + 1]
    if len(whole) < len(kept):
        file.truncate(len(whole))
    file.seek(0, os.SEEK_END)
    last = whole.rstrip(b"\n").rpartition(b"\n")[2]
    return int(msgspec.json.decode(last)["sequence"]) if last else 0

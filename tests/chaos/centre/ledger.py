"""What the desktops say was acknowledged, compared with what the log of events tells."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final

from msgspec import Struct, field

from workloom.domain.events import EventKind
from workloom.services.ports import Store

EVENTS: Final = {
    "Accept": EventKind.ACCEPTED,
    "Reject": EventKind.REJECTED,
    "AddNote": EventKind.NOTE_ADDED,
    "MarkDone": EventKind.DONE,
}
"""Commands that leave one event of their kind each time that they are carried out."""

Doing = tuple[str, str, str]
"""Command, item and agent."""


class Said(Struct):
    """All ledgers together. `unknown`: tried, and neither acknowledged nor refused; `answered`: when something was
    acknowledged (`time.monotonic`).
    """

    acknowledged: Counter[Doing] = field(default_factory=Counter)
    unknown: Counter[Doing] = field(default_factory=Counter)
    operations: int = 0
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answered: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def read(paths: Iterable[Path]) -> Said:
    """Read the ledgers."""
    said = Said()
    for path in paths:
        open_commands: dict[str, tuple[Doing, float]] = {}
        for line in path.read_text().splitlines():
            words = line.split(" ")
            if len(words) != 6:
                continue  # cut off by the kill
            what, at, agent, command, item, key = words
            if what == "broken":
                said.broken.append(f"{command}: {key}")
            elif what == "trying":
                open_commands[key] = ((command, item, agent), float(at))
            elif key in open_commands:
                doing, begun = open_commands.pop(key)
                if what == "done":
                    said.acknowledged[doing] += 1
                    said.operations += 1
                    said.answered.append(float(at))
                    said.latencies[command].append(float(at) - begun)
        said.unknown.update(doing for doing, _ in open_commands.values())
    return said


class Growing:
    """Ledgers that are still written. `done` tells how many commands were acknowledged by now."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._lock = Lock()
        self._read_to = dict.fromkeys(paths, 0)
        self._done = 0

    def done(self) -> int:
        """Reads what has come since the last call. Any thread."""
        with self._lock:
            for path, at in self._read_to.items():
                if path.exists():
                    with path.open("rb") as ledger:
                        ledger.seek(at)
                        lines = ledger.read().rpartition(b"\n")[0]
                    self._done += sum(line.startswith(b"done ") for line in lines.split(b"\n"))
                    self._read_to[path] = at + len(lines) + (1 if lines else 0)
            return self._done


class Compared(Struct):
    """What is missing and what is too much."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def compare(said: Said, created: Iterable[str], store: Store) -> Compared:
    """`created`: capture ids that were acknowledged."""
    happened: Counter[Doing] = Counter()
    names = {kind: command for command, kind in EVENTS.items()}
    found, last = Compared(), 0
    items: Counter[str] = Counter()
    with store.reading() as reader:
        while events := reader.events.after(last, limit=1000):
            last = events[-1].sequence
            for event in events:
                if event.kind in names:
                    happened[(names[event.kind], event.item, event.actor)] += 1
                elif event.kind is EventKind.SUBMITTED:
                    row = reader.items.get(event.item)
                    items[row.external_id if row else "?"] += 1
    found.lost += [f"create {capture_id}" for capture_id in created if not items[capture_id]]
    found.doubled += [f"create {capture_id}" for capture_id, times in items.items() if times > 1]
    for doing in said.acknowledged.keys() | happened.keys():
        if doing[0] not in EVENTS:
            continue
        done, times, unknown = said.acknowledged[doing], happened[doing], said.unknown[doing]
        if times < done:
            found.lost.append(f"{doing}: acknowledged {done} times, happened {times} times")
        elif times > done + unknown:
            found.doubled.append(f"{doing}: acknowledged {done} times, happened {times} times")
    return found


def offered_after(kills: Iterable[datetime], store: Store) -> list[float]:
    """For each instant at which a node was killed, the seconds until somebody was offered something again."""
    offers: list[datetime] = []
    last = 0
    with store.reading() as reader:
        while events := reader.events.after(last, limit=1000):
            last = events[-1].sequence
            offers += (event.at for event in events if event.kind is EventKind.OFFERED)
    offers.sort()
    places = ((kill, bisect_right(offers, kill)) for kill in kills)
    return [(offers[place] - kill).total_seconds() for kill, place in places if place < len(offers)]

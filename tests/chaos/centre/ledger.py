"""What the desktops say was acknowledged, compared with what the log of events tells."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
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
    """All ledgers together. `unknown`: tried, and neither acknowledged nor refused."""

    acknowledged: Counter[Doing] = field(default_factory=Counter)
    unknown: Counter[Doing] = field(default_factory=Counter)
    operations: int = 0
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
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
                    said.latencies[command].append(float(at) - begun)
        said.unknown.update(doing for doing, _ in open_commands.values())
    return said


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

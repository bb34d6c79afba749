"""kill -9 in the middle of commands: what was acknowledged is there, what was not is there once or not at all."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

from tests.contract.engine.working_process import COMMANDS, command, opened
from workloom.bootstrap.engine import Engine
from workloom.domain.interaction import State

ROOT = Path(__file__).parents[3]
KILLS = 6
FLOOR = 200
"""Acknowledged operations over all: a chaos that did nothing proves nothing."""

EVENTS = {"submit": "submitted", "pull": "pulled", "note": "note-added", "finish": "done"}
Operation = tuple[str, str]


def killed_after(folder: Path, name: str, lines: int) -> tuple[list[Operation], list[Operation]]:
    """Let a process work, kill it once it has written so many lines; what it tried and what was acknowledged."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.contract.engine.working_process", str(folder), name],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    said += process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    words = [line.split() for line in said if line.endswith("\n")]
    tried, done = ([(what, item) for verb, what, item in words if verb == each] for each in ("trying", "done"))
    return tried, done


def happened(engine: Engine, item: str) -> Counter[str]:
    """How often each kind of event has happened to an item."""
    with engine.store.reading() as reader:
        return Counter(event.kind.value for event in reader.events.of_item(item))


def check(engine: Engine, acknowledged: list[Operation]) -> None:
    """Each acknowledged operation has happened once, and the record says what its events say."""
    for what, item in acknowledged:
        assert happened(engine, item)[EVENTS[what]] == 1, (what, item)
    with engine.store.reading() as reader:
        for item in {item for _, item in acknowledged}:
            record = reader.items.get(item)
            assert record is not None
            assert record.is_finished == (("finish", item) in acknowledged or happened(engine, item)["done"] == 1)
            assert len(reader.notes.of_item(item)) == happened(engine, item)["note-added"]
            assert record.state is not State.OFFERED


def test_no_acknowledged_work_is_lost_and_a_retry_with_the_same_key_does_nothing_twice(tmp_path: Path) -> None:
    chance = Random(20)  # noqa: S311 - where the kills fall is no secret
    acknowledged: list[Operation] = []
    unknown = 0
    for number in range(KILLS):
        tried, done = killed_after(tmp_path, f"run{number}", chance.randrange(60, 140))
        acknowledged += done
        engine, ann = opened(tmp_path)
        try:
            check(engine, acknowledged)
            what, item = tried[-1]
            if what in COMMANDS and tried[-1] not in done:  # nobody knows what became of it: ask again
                unknown += 1
                ann.items.execute(command(what, item), key=f"{what} {item}")
                assert happened(engine, item)[EVENTS[what]] == 1
                acknowledged.append((what, item))
        finally:
            engine.stop()
    assert len(acknowledged) >= FLOOR
    assert unknown, "no kill fell into a command"

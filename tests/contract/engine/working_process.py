"""A process that works without pause until somebody kills it, and says what has been acknowledged.

Lines on standard output: `trying WHAT ITEM` before a command is sent and `done WHAT ITEM` once it was answered.
"""

import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tests.contract.engine.office import PASSWORD, site
from workloom.adapters.passwords import Argon2Passwords
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.commands import AddNote, Command, MarkDone, Pull
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.services.backend import AgentServices

COMMANDS: dict[str, type[Command]] = {"pull": Pull, "note": AddNote, "finish": MarkDone}
"""What is done with each item, in this order; the key of a command is its name and the item."""


def command(what: str, item: str) -> Command:
    """The command, always the same for the same item."""
    return AddNote(item=item, text=f"Note on {item}") if what == "note" else COMMANDS[what](item=item)


def opened(folder: Path) -> tuple[Engine, AgentServices]:
    """The engine of the folder, running, and Ann at her desk."""
    engine = open_engine(folder, hasher=Argon2Passwords(cheap=True))
    configured = site()
    engine.configuration.apply(configured, dict.fromkeys(configured.persons, PASSWORD))
    engine.start()
    session = engine.backend.log_in(engine.backend.authenticate("ann", PASSWORD).ticket, channels=["claim"])
    return engine, engine.backend.services(session)


def submit(engine: Engine, item: str) -> None:
    """A new item that waits on the shelf."""
    with engine.store.transaction() as transaction:
        now = datetime.now(UTC)
        transaction.items.insert(
            Interaction(
                id=item,
                tenant="default",
                media_type="claim",
                queue="shelf",
                received_at=now,
                submitted_at=now,
                placed_at=now,
                queue_since={"shelf": now},
                attached={"City": "Graz"},
            )
        )
        transaction.events.append([Event(at=now, kind=EventKind.SUBMITTED, item=item, queue="shelf")])


def say(*words: str) -> None:
    """A line that is read even if the process is killed at once."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def work(folder: Path, name: str) -> None:
    """Item after item, until the end of the process."""
    engine, ann = opened(folder)
    for number in count():
        item = f"{name}-{number}"
        say("trying submit", item)
        submit(engine, item)
        say("done submit", item)
        for what in COMMANDS:
            say("trying", what, item)
            ann.items.execute(command(what, item), key=f"{what} {item}")
            say("done", what, item)


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2])

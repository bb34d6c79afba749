"""A process with some desktops without a screen, which work until somebody ends it.

Arguments: servers (commas between), users (commas between), seed, ledger file. Each line of the ledger is
 `WHAT SECONDS AGENT COMMAND ITEM KEY`: `trying` before a command is sent, `done` or `refused` after it was
answered. Lines are written at once, so that they outlive the process.
"""

import os
import signal
import sys
import threading
from random import Random
from time import monotonic

from workloom.adapters.remote.backend import RemoteBackend
from workloom.domain.commands import Command
from workloom.simulation.centre import OUTCOMES, PASSWORD, SHELF
from workloom.simulation.live_agent import Live, LiveAgent
from workloom.simulation.live_book import Book
from workloom.simulation.scenario import Habits

HABITS = Habits(
    answer=0.05, rejects=0.03, ignores=0.01, handles=0.3, forgets=0.01, transfers=0.05, requeues=0.02, retries=0.1,
    works_between_crashes=1e9,
)  # fmt: skip


def main(servers: str, users: str, seed: str, ledger: str) -> None:
    """Work until SIGTERM, then leave in good order."""
    file = os.open(ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    stopping, book = threading.Event(), Book()
    backend = RemoteBackend(servers.split(","))
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    live = Live(
        habits=HABITS,
        outcomes=OUTCOMES,
        colleagues=tuple(users.split(",")),
        shelf=SHELF,
        notes=3,
        back=0.3,
        patience=20.0,
    )

    def agent(name: str) -> None:
        def tell(what: str, command: Command, key: str) -> None:
            line = f"{what} {monotonic():.4f} {name} {type(command).__name__} {command.item} {key}\n"
            os.write(file, line.encode())

        LiveAgent(backend, name, PASSWORD, live, book, Random(f"{seed}/{name}"), tell=tell).run(stopping)  # noqa: S311

    threads = [threading.Thread(target=agent, args=(name,), daemon=True) for name in users.split(",")]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        threads[0].join(0.2)
        threads = [thread for thread in threads if thread.is_alive()] or threads
    for promise in ("I2", "I3"):
        for text in book.findings.examples(promise):
            os.write(file, f"broken 0 - {promise} - {text.replace(' ', '_')}\n".encode())
    backend.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

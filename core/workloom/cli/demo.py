"""`workloom demo`: a server node, three desktops with different roles, and a feed of work, on this computer."""

import argparse
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workloom.cli.demo_processes import DemoProcesses
from workloom.domain.errors import BadInput, WorkloomError
from workloom.settings import Settings

if TYPE_CHECKING:
    from workloom.bootstrap.demo_feed import DemoFeed

PEOPLE: Final = (
    ("lena", "leads the household claims"),
    ("lars", "handles household claims"),
    ("ines", "administers the site and may search all items"),
)
"""Who sits at the three desktops."""

LOOK: Final = 0.5
"""Seconds between two looks at the desktops."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom demo`."""
    parser.epilog = "It ends when the last window is closed, or with Ctrl+C; nothing is kept."
    parser.add_argument("--database", metavar="DSN", default="", help="a PostgreSQL database, in place of a file")
    parser.add_argument(
        "--every", metavar="SECONDS", type=float, default=20.0, help="a new work item each so many seconds (20)"
    )
    parser.add_argument("--theme", choices=("light", "dark"), default="light", help="of the desktops")
    parser.add_argument(
        "--play",
        metavar="FOLDER",
        help="play a transfer between two of the desktops by itself, and write a picture of each step to the folder",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the demo; 0 when it was closed, ended by Ctrl+C, or played to its end."""
    del settings  # the demo keeps nothing
    if arguments.every <= 0:
        raise BadInput("Expected a number above 0.", where="--every")
    # Both, for a shell starts what runs behind it with SIGINT ignored.
    before = {number: signal.signal(number, _interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with tempfile.TemporaryDirectory(prefix="workloom-demo-", ignore_cleanup_errors=True) as folder:
            return _run_in(Path(folder), arguments)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run_in(folder: Path, arguments: argparse.Namespace) -> int:
    from workloom.bootstrap.demo_feed import open_feed

    _say("Preparing the demo site and the work of its last weeks …")
    processes = DemoProcesses(folder)
    feed = open_feed(arguments.database or folder / "data", datetime.now(UTC))
    try:
        where = {"database": arguments.database} if arguments.database else {"data": str(folder / "data")}
        url = processes.start_node({**where, "log_level": "warning"})
        _say(f"The node listens on {url} (process {processes.node})")
        if arguments.play:
            return _play(url, folder, Path(arguments.play), arguments.theme)
        for user, does in PEOPLE:
            process = processes.start_desktop(url, user, "--theme", arguments.theme)
            _say(f"A desktop for {user}, who {does} (process {process})")
        _say(f"A new work item comes every {arguments.every:g} s. Close the windows, or press Ctrl+C, to end the demo.")
        return _feed(processes, feed, arguments.every)
    except KeyboardInterrupt:
        return 0  # the usual way to end it
    finally:
        _say("Ending the demo …")
        processes.close()
        feed.close()


def _feed(processes: DemoProcesses, feed: "DemoFeed", every: float) -> int:
    """Send items until the last desktop is closed; 1 when the node ends before that."""
    due = time.monotonic() + every
    while processes.some_desktop_lives():
        if not processes.node_lives():
            _say("The node has ended. The desktops go on trying to reach it; the demo is over.")
            return 1
        if time.monotonic() >= due:
            due += every
            try:
                _say(f"{feed.send()} came in")
            except WorkloomError as error:
                _say(f"An item could not come in: {error}")
        time.sleep(LOOK)
    return 0


def _play(url: str, folder: Path, pictures: Path, theme: str) -> int:
    """Play the transfer; 1 when a step did not come."""
    from workloom.testing.desktop.demo_play import play_demo
    from workloom.testing.desktop.person import NotSeen

    try:
        play_demo(url, folder, pictures, _say, theme="dark" if theme == "dark" else "light")
    except NotSeen as error:
        print(f"The play stopped: {error}", file=sys.stderr)
        return 1
    _say(f"A picture of each step is in {pictures.resolve()}")
    return 0


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _say(text: str) -> None:
    print(text, flush=True)

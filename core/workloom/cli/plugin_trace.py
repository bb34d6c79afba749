"""`workloom plugin trace`: what a desktop that was started with `--trace FILE` has written, by plugin and place."""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from workloom.api.inspection import TracedCall
from workloom.domain.errors import BadInput

NAME: Final = "trace"
HELP: Final = "Show the calls into plugins that a desktop writes with --trace FILE."
PAUSE: Final = 0.5
"""Seconds between two looks at a file that is followed."""


def configure(trace: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    trace.add_argument("file", metavar="FILE", help="the file that `workloom desktop --trace FILE` writes")
    trace.add_argument(
        "--follow", metavar="SECONDS", type=float, default=0.0, help="show each call as it comes, so long"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print each call while following, then the sums. BadInput if the file is no trace."""
    calls = []
    for call in _calls(Path(arguments.file), arguments.follow):
        calls.append(call)
        if arguments.follow:
            print(line(call), flush=True)
    print(sums(calls))
    return 0


def line(call: TracedCall) -> str:
    """One call."""
    failed = "  failed" if call.failed else ""
    return f"{call.at.astimezone():%H:%M:%S.%f}  {call.took:9.3f} ms  {call.plugin}  {call.where}{failed}"


def sums(calls: list[TracedCall]) -> str:
    """Number of calls and time by plugin and place, the longest first."""
    if not calls:
        return "No call into a plugin has been written yet."
    places: dict[tuple[str, str], list[float]] = {}
    for call in calls:
        places.setdefault((call.plugin, call.where), []).append(call.took)
    rows = sorted(places.items(), key=lambda row: -sum(row[1]))
    width = max(len(plugin) for plugin, _where in places)
    head = f"{'plugin':<{width}}  {'calls':>6}  {'ms in all':>10}  {'longest':>9}  where"
    lines = [
        f"{plugin:<{width}}  {len(took):>6}  {sum(took):>10.1f}  {max(took):>9.1f}  {where}"
        for (plugin, where), took in rows
    ]
    return "\n".join([head, *lines])


def _calls(file: Path, follow: float) -> Iterator[TracedCall]:
    until = time.monotonic() + follow
    number = 0
    with file.open("rb") as lines:
        while True:
            text = lines.readline()
            if text.endswith(b"\n"):
                number += 1
                try:
                    yield msgspec.json.decode(text, type=TracedCall)
                except msgspec.DecodeError as error:
                    raise BadInput(
                        f"{file}:{number}: this is no call of a trace: {error}. Name another file."
                    ) from error
            elif time.monotonic() < until:
                lines.seek(-len(text), 1)
                time.sleep(PAUSE)
            else:
                return

"""`workloom simulate`: a day of a contact centre in seconds, from a seed or from a real log of work."""

import argparse
import sys
from pathlib import Path

from msgspec import json

from workloom.bootstrap.live import at_server, embedded, embedded_log, people_in
from workloom.bootstrap.simulation import replay_log, simulate
from workloom.domain.errors import BadInput
from workloom.settings import Settings
from workloom.simulation.live_report import LiveReport
from workloom.simulation.report import Report
from workloom.simulation.scenario import Scenario

BROKEN = 1
"""Exit code when an invariant did not hold."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom simulate`."""
    standard = Scenario()
    parser.epilog = (
        "Without --embedded and --server nothing of your own data is read or written."
        " Exit code 1 if an invariant is broken, or if less was done than --at-least says."
    )
    parser.add_argument("--seed", type=int, default=standard.seed, help="another seed gives another day (default: 1)")
    parser.add_argument("--agents", type=_number, default=standard.agents, metavar="N", help="default: 20")
    parser.add_argument("--items", type=_number, default=standard.items, metavar="N", help="default: 2000")
    parser.add_argument("--hours", type=_hours, default=standard.hours, metavar="H", help="default: 24")
    parser.add_argument(
        "--log", type=Path, metavar="FILE", help="replay this log of work (XES, also gzipped) in place of a seed"
    )
    parser.add_argument("--days", type=_days, metavar="D", help="only so many days of the log, from its first item on")
    parser.add_argument(
        "--activities", default="W_", metavar="TEXT", help="how the activities of the log begin that are work of people"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--embedded", type=Path, metavar="DIR", help="in real time, on an engine in this folder (a new one)"
    )
    where.add_argument(
        "--server", metavar="URL", help="in real time, at a server (commas between nodes); the work comes from there"
    )
    parser.add_argument(
        "--users", type=Path, metavar="FILE", help="users of the server, NAME PASSWORD a line (default: its demo users)"
    )
    parser.add_argument("--send-to", metavar="POINT", help="at a server: send the items as well, to this capture point")
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help="file with the token of a client that may send there"
    )
    parser.add_argument(
        "--speed", type=_speed, default=1.0, metavar="S", help="simulated seconds in a second of real time (default: 1)"
    )
    parser.add_argument(
        "--at-least",
        type=_number,
        default=1,
        metavar="N",
        help="in real time: exit code 1 if agents took fewer items, since then nothing is shown (default: 1)",
    )
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - every command is given them
    """Simulate and print the report; 1 if an invariant is broken."""
    report = _report(arguments)
    print(json.encode(report).decode() if arguments.json else report.table())
    if isinstance(report, LiveReport) and report.taken < arguments.at_least:
        print(f"Agents took {report.taken} items, at least {arguments.at_least} were expected.", file=sys.stderr)
        return BROKEN
    return 0 if report.holds else BROKEN


def _report(arguments: argparse.Namespace) -> Report | LiveReport:
    if arguments.server is not None and arguments.log is not None:
        raise BadInput("A log is replayed on an engine of its own: name a folder (--embedded), no --server.")
    scenario = Scenario(seed=arguments.seed, agents=arguments.agents, items=arguments.items, hours=arguments.hours)
    if arguments.server is not None:
        people = people_in(arguments.users) if arguments.users else ()
        point = arguments.send_to or ""
        token = _token(arguments.token_file) if point else ""
        return at_server(arguments.server, people, scenario, arguments.speed, point=point, token=token)
    if arguments.embedded is not None and arguments.log is not None:
        log, days, activities = arguments.log, arguments.days, arguments.activities
        return embedded_log(arguments.embedded, log, arguments.speed, days=days, activities=activities)
    if arguments.embedded is not None:
        return embedded(arguments.embedded, scenario, arguments.speed)
    if arguments.log is not None:
        return replay_log(arguments.log, days=arguments.days, activities=arguments.activities)
    return simulate(scenario)


def _token(path: Path | None) -> str:
    if path is None:
        raise BadInput(
            "Sending items needs a token: make one with “workloom client add”, name its file (--token-file)."
        )
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadInput(f"The file of the token cannot be read ({error.strerror}).", where=str(path)) from error


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1 on, found “{text}”")
    return int(text)


def _hours(text: str) -> float:
    return _time(text, "hours", 24 * 366)


def _speed(text: str) -> float:
    return _time(text, "a speed", 1_000_000)


def _days(text: str) -> float:
    return _time(text, "days", 366 * 10)


def _time(text: str, unit: str, most: float) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found <= most:
        raise argparse.ArgumentTypeError(f"expected {unit}, more than 0 and at most {most:g}, found “{text}”")
    return found

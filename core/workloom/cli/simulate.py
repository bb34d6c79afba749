"""`workloom simulate`: a day of a contact centre in seconds, from a seed."""

import argparse

from msgspec import json

from workloom.bootstrap.simulation import simulate
from workloom.settings import Settings
from workloom.simulation.scenario import Scenario

BROKEN = 1
"""Exit code when an invariant did not hold."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom simulate`."""
    standard = Scenario()
    parser.epilog = "Nothing of your own data is read or written. Exit code 1 if an invariant is broken."
    parser.add_argument("--seed", type=int, default=standard.seed, help="another seed gives another day (default: 1)")
    parser.add_argument("--agents", type=_number, default=standard.agents, metavar="N", help="default: 20")
    parser.add_argument("--items", type=_number, default=standard.items, metavar="N", help="default: 2000")
    parser.add_argument("--hours", type=_hours, default=standard.hours, metavar="H", help="default: 24")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001 - every command is given them
    """Simulate and print the report; 1 if an invariant is broken."""
    scenario = Scenario(seed=arguments.seed, agents=arguments.agents, items=arguments.items, hours=arguments.hours)
    report = simulate(scenario)
    print(json.encode(report).decode() if arguments.json else report.table())
    return 0 if report.holds else BROKEN


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1 on, found “{text}”")
    return int(text)


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= 24 * 366:
        raise argparse.ArgumentTypeError(f"expected hours, more than 0 and not more than a year, found “{text}”")
    return hours

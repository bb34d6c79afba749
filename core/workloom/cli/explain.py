"""`workloom explain`: why an agent gets no offers, why an item is waiting."""

import argparse

from workloom.cli.engine import open_beside
from workloom.domain.explain import MediaAnswer
from workloom.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom explain`."""
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    agent = kinds.add_parser("agent", help="Why somebody gets no offers, for each media type.")
    agent.add_argument("name", metavar="NAME", help="the user name")
    item = kinds.add_parser("item", help="Why an item is where it is.")
    item.add_argument("name", metavar="ID", help="the id of the item, or its number at the source")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the answer."""
    with open_beside(settings) as engine:
        if arguments.kind == "agent":
            for answer in engine.explainer.agent(arguments.name):
                print(_line(answer))
        else:
            print("\n".join(engine.explainer.item(arguments.name)))
    return 0


def _line(answer: MediaAnswer) -> str:
    step = f"[{answer.obstacle.step}] " if answer.obstacle else ""
    return f"{answer.media_type}: {step}{answer.text}" if answer.media_type else f"{step}{answer.text}"

"""`workloom options`: which options there are, and what is in effect for whom."""

import argparse
import json

from workloom.bootstrap.catalogue import installed_options
from workloom.cli.engine import open_beside
from workloom.domain.errors import NotFound
from workloom.domain.option_layers import effective_options
from workloom.domain.option_schema import options_schema
from workloom.domain.option_tables import in_effect, in_words, reference_page
from workloom.domain.option_values import as_text
from workloom.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom options`."""
    parser.add_argument(
        "--agent", metavar="NAME", help="what is in effect for this person, with the layer that sets it"
    )
    parser.add_argument("--json-schema", action="store_true", help="print a JSON Schema for a table of options")
    parser.add_argument("--markdown", action="store_true", help="print the reference page of all options")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the options."""
    catalogue = installed_options()
    if arguments.markdown:
        print(reference_page(catalogue), end="")
    elif arguments.json_schema:
        print(json.dumps(options_schema(catalogue), indent=2, ensure_ascii=False))
    elif arguments.agent is None:
        _print_rows([(spec.name, as_text(spec.default), spec.declared_by) for spec in catalogue])
    else:
        _print_agent(arguments.agent, settings)
    return 0


def _print_agent(name: str, settings: Settings) -> None:
    with open_beside(settings) as engine:
        site = engine.configuration.site()
    if name not in site.persons:
        raise NotFound(f"There is no person “{name}”. There is {', '.join(site.persons) or 'nobody'}.")
    options = effective_options(installed_options(), site, name)
    _print_rows(list(in_effect(options)))
    for problem in options.problems:
        print(f"not used: {in_words(problem)}")


def _print_rows(rows: list[tuple[str, str, str]]) -> None:
    """Name, value, and where it comes from, in columns."""
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for name, value, source in rows:
        print(f"{name:<{widths[0]}}  {value:<{min(widths[1], 40)}}  {source}")

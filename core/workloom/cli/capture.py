"""`workloom capture`: importing exports of other systems."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TextIO

from msgspec import json, to_builtins

from workloom.bootstrap.capture_files import Import, Imported, check_files, import_file
from workloom.bootstrap.demo import demo_site
from workloom.bootstrap.demo_export import demo_export
from workloom.cli.engine import open_beside
from workloom.domain.capture_messages import Counts, Verb
from workloom.domain.errors import BadInput, WorkloomError
from workloom.domain.wording import count
from workloom.services.capture import Progress
from workloom.settings import Settings

EVERY = 1.0
"""Seconds between two lines of progress; on a terminal the line is rewritten ten times as often."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add `import` and `demo`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    importing = actions.add_parser(
        "import", help="Import work items from a CSV or JSON-lines file.", description=_IMPORT, epilog=_EXIT
    )
    importing.add_argument("file", type=Path, metavar="FILE", help="the export")
    importing.add_argument("--point", required=True, metavar="NAME", help="capture point of the site")
    importing.add_argument("--mapping", type=Path, metavar="FILE.toml", help="how the export is read")
    importing.add_argument(
        "--verbs",
        type=_verbs,
        default=frozenset(Verb),
        metavar="VERB,…",
        help="carry out only these of " + ", ".join(Verb) + "; other rows are skipped",
    )
    importing.add_argument("--json", action="store_true", help="print the counts as one JSON object")
    importing.add_argument("--rejects", type=Path, metavar="FILE", help="where rejected rows go")
    demo = actions.add_parser("demo", help="Write an export with invented incidents, to try the import.")
    demo.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    demo.add_argument("--seed", type=int, default=20, help="another seed makes another export")
    demo.add_argument("--incidents", type=_positive, default=120, help="how many incidents (default: 120)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import a file, or write the demo export. 1 if file, mapping or point cannot be used at all."""
    try:
        return _demo(arguments) if arguments.action == "demo" else _import(arguments, settings)
    except BadInput as error:
        # A mapping may have many problems: each stands on a line of its own.
        print("\n".join(f"workloom: {line}" for line in str(error).splitlines()), file=sys.stderr)
        return 1


def _import(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.mapping is None:
        raise BadInput(
            "A mapping is needed: --mapping FILE.toml says what the columns mean."
            " docs/howto/servicenow.toml is one to begin with, docs/reference/mapping.md describes all of it."
        )
    what = Import(
        file=arguments.file,
        point=arguments.point,
        mapping=arguments.mapping,
        data=settings.data,
        rejects=arguments.rejects,
        verbs=arguments.verbs,
    )
    if not settings.database.exists():
        check_files(what, demo_site().site)  # before an empty folder begins as the demo's
    with open_beside(settings) as engine:
        began = monotonic()
        show = ProgressLine(sys.stderr, monotonic)
        try:
            imported = import_file(engine.capture, what, show)
        except (WorkloomError, KeyboardInterrupt):
            show.end()
            if show.rows:
                kept = f"{count(show.rows, 'row')} {'is' if show.rows == 1 else 'are'} imported"
                print(f"workloom: {kept}. Import the file once more to go on.", file=sys.stderr)
            raise
        show.end()
    if arguments.json:
        print(json.encode(to_builtins(imported.counts)).decode())
    else:
        print(summary(what, imported, monotonic() - began))
    for warning in imported.warnings:
        print(warning, file=sys.stderr)
    if imported.rejects is not None:
        print(f"Rejected rows, with the reason of each, are in {imported.rejects}", file=sys.stderr)
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    text = demo_export(seed=arguments.seed, incidents=arguments.incidents)
    try:
        with arguments.file.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise BadInput("There is such a file already. Name another one.", where=str(arguments.file)) from error
    print(f"{count(text.count(chr(10)) - 1, 'row')} of {count(arguments.incidents, 'incident')} in {arguments.file}")
    return 0


def summary(what: Import, imported: Imported, seconds: float) -> str:
    """What became of the rows, in lines of text."""
    counts = imported.counts
    lines = [f"{count(counts.rows, 'row')} of {what.file.name} for “{what.point}” in {seconds:.1f} s"]
    lines += [f"  {name:<10}{number:>9,}" for name, number in _named(counts)]
    if not counts.created + counts.updated + counts.completed:
        lines.append("Nothing has changed.")
    return "\n".join(lines)


class ProgressLine:
    """Progress on stderr: one line that is rewritten on a terminal, else a line each second."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._terminal = stream.isatty()
        self._next = clock() + (0.0 if self._terminal else EVERY)
        self._shown = False
        self.rows = 0

    def __call__(self, progress: Progress) -> None:
        """Show how far the import is, if it is time; `rows` are done in any case."""
        self.rows = progress.counts.rows
        if self._clock() < self._next:
            return
        self._next = self._clock() + (EVERY / 10 if self._terminal else EVERY)
        done = ", ".join(f"{number:,} {name}" for name, number in _named(progress.counts) if number)
        line = f"{progress.part:4.0%}  {count(progress.counts.rows, 'row')}: {done}"
        self._shown = True
        print(f"\r\x1b[K{line}" if self._terminal else line, end="" if self._terminal else "\n", file=self._stream)
        self._stream.flush()

    def end(self) -> None:
        """Clear the line."""
        if self._terminal and self._shown:
            print("\r\x1b[K", end="", file=self._stream)
            self._stream.flush()


def _named(counts: Counts) -> tuple[tuple[str, int], ...]:
    return tuple((name, getattr(counts, name)) for name in Counts.__struct_fields__)


def _verbs(text: str) -> frozenset[Verb]:
    words = [word.strip() for word in text.split(",") if word.strip()]
    unknown = [word for word in words if word not in list(Verb)]
    if unknown or not words:
        named = f"“{unknown[0]}” is no verb" if unknown else "no verb is named"
        raise argparse.ArgumentTypeError(f"{named}; there are {', '.join(Verb)}")
    return frozenset(Verb(word) for word in words)


def _positive(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 to 1,000,000")
    return int(text)


_IMPORT = """Each row is a message about a work item. The first row of an unknown id creates its item, later ones
change it, so the oldest row of an item comes first. Importing the same file once more changes nothing."""
_EXIT = """Rejected rows go, with number and reason, to FILE.rejected.csv beside the export, else to the data folder.
The exit code is 0, also with rejected rows; 1 when the file, the mapping or the point cannot be used at all."""

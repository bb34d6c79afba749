"""`workloom site`: check, apply and show the configuration."""

import argparse
import sys
from pathlib import Path

from workloom.bootstrap.catalogue import installed_options, installed_privileges
from workloom.bootstrap.engine import MEMORY, engine_beside, open_engine
from workloom.cli.engine import open_beside
from workloom.domain.errors import BadInput
from workloom.domain.wording import count
from workloom.services.site_changes import SiteChanges
from workloom.services.site_files.reading import SiteFile, read_site
from workloom.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom site`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="Say everything that is wrong with a site file.")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--strict", action="store_true", help="count warnings as errors")
    apply = actions.add_parser("apply", help="Put the site of a file in the place of the present one.")
    apply.add_argument("file", type=Path, metavar="FILE")
    apply.add_argument("--strict", action="store_true", help="count warnings as errors")
    apply.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    actions.add_parser("show", help="Print the site in force as a site file.")
    actions.add_parser("hash", help="Read a password and print what to write as password-hash.")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out one action."""
    if arguments.action == "check":
        read_checked(arguments.file, strict=arguments.strict)
        print(f"{arguments.file} is good.")
    elif arguments.action == "apply":
        _apply(arguments, settings)
    elif arguments.action == "show":
        _show(settings)
    else:
        _hash()
    return 0


def read_checked(path: Path, *, strict: bool = False) -> SiteFile:
    """The site file, after saying what is wrong with it on stderr. BadInput if it cannot be used."""
    file = read_site(path.read_bytes(), installed_options(), installed_privileges())
    for problem in file.problems:
        print(problem.at(str(path)), file=sys.stderr)
    bad = len(file.problems if strict else file.errors)
    if bad:
        raise BadInput(f"{path} has {count(bad, 'problem')} and cannot be used. Nothing was changed.")
    return file


def _apply(arguments: argparse.Namespace, settings: Settings) -> None:
    file = read_checked(arguments.file, strict=arguments.strict)
    changes = _dry(file, settings) if arguments.dry_run else _put(file, settings)
    print(_in_words(changes, dry_run=arguments.dry_run))


def _put(file: SiteFile, settings: Settings) -> SiteChanges:
    with open_beside(settings, demo=False) as engine:
        return engine.configuration.apply(file.site, file.passwords, actor="administrator")


def _dry(file: SiteFile, settings: Settings) -> SiteChanges:
    """What would change; where there is no data yet, none is made."""
    is_there = settings.dsn or settings.database.exists()
    engine = engine_beside(settings) if is_there else open_engine(MEMORY, exclusive=False)
    try:
        return engine.configuration.changes(file.site, file.passwords)
    finally:
        engine.stop()


def _in_words(changes: SiteChanges, *, dry_run: bool) -> str:
    """What (would have) changed, a line for each kind."""
    if not changes:
        return "Nothing would change." if dry_run else "Nothing has changed: the site was like this already."
    lines = []
    for kind in changes.kinds:
        parts = [
            f"{len(names)} {what} ({', '.join(names)})"
            for what, names in (("added", kind.added), ("changed", kind.changed), ("removed", kind.removed))
            if names
        ]
        lines.append(f"{kind.kind}: {', '.join(parts)}")
    added, changed, removed = changes.counts()
    verb = "Would change" if dry_run else "Changed"
    return "\n".join([*lines, f"{verb}: {added} added, {changed} changed, {removed} removed."])


def _show(settings: Settings) -> None:
    from workloom.services.site_files.writing import write_site

    with open_beside(settings, demo=False) as engine:
        site = engine.configuration.site()
    if not site.version:
        raise BadInput("No site was applied yet. Apply one: workloom site apply FILE")
    print(write_site(site), end="")


def _hash() -> None:
    from getpass import getpass

    from workloom.adapters.passwords import Argon2Passwords

    password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not password:
        raise BadInput("A password has at least one character.")
    print(Argon2Passwords().hash(password))

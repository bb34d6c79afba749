"""A stranger finds every page, and the commands that pages show exist."""

import re
import shlex
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of
from tests.docs.test_links import FENCED, LINK, PAGES
from workloom.cli import parser_for

START = ROOT / "README.md"
FENCE = re.compile(r"^ *```\w*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
COMMANDS = sorted(
    {
        (name_of(page), line.split(" # ")[0].strip())
        for page in PAGES
        for block in FENCE.findall(page.read_text("utf-8"))
        for line in block.splitlines()
        if line.strip().startswith("workloom ")
    }
)


def reachable(start: Path) -> set[Path]:
    """Pages that links lead to from a page; a link to a folder leads to its pages."""
    found: set[Path] = set()
    ahead = [start]
    while ahead:
        page = ahead.pop()
        if page in found:
            continue
        found.add(page)
        for link in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
            target = (page.parent / link.partition("#")[0]).resolve()
            ahead += target.glob("*.md") if target.is_dir() else [target] if target.suffix == ".md" else []
    return found


@pytest.mark.parametrize("start", [START, ROOT / "docs" / "index.md"], ids=["README", "index"])
def test_every_page_is_reached_from_the_first_one(start: Path) -> None:
    wanted = {page for page in PAGES if page != START}
    assert {name_of(page) for page in wanted - reachable(start)} == set()


def test_decisions_are_numbered_without_gaps_as_their_headings_say() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == list(range(1, len(pages) + 1))
    assert [page.read_text("utf-8").split(".")[0] for page in pages] == [f"# {number}" for number in numbers]


@pytest.mark.parametrize(("page", "line"), COMMANDS, ids=[line for _page, line in COMMANDS])
def test_the_commands_that_a_page_shows_exist(page: str, line: str) -> None:
    words = shlex.split(line)[1:]
    parser, _modules = parser_for(words)
    parser.parse_args(words)  # ends with status 2, and says what it does not know


def test_a_command_that_does_not_exist_is_noticed() -> None:
    parser, _modules = parser_for(["plugin", "lsit"])
    with pytest.raises(SystemExit):
        parser.parse_args(["plugin", "lsit"])

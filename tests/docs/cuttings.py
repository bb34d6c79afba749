"""Code that a page shows is cut from a file that runs: `<!-- from FILE: NAME -->` above a fenced block says where.

NAME is a function or class of the file, or what stands between the lines `# begin NAME` and `# end`. Without a NAME the
block is the whole file.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from msgspec import Struct

from tests.architecture.sources import ROOT

SHOWN = re.compile(r"^<!-- from ([\w./-]+)(?:: ([\w.-]+))? -->\n+```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^<!-- from ", re.MULTILINE)


class Cutting(Struct, frozen=True):
    """A block of a page: the file that it is cut from, the name of the part (empty = all), and what the page shows."""

    page: Path
    file: str
    name: str
    text: str

    @property
    def original(self) -> str:
        """What the file says. KeyError if it has no such part."""
        text = (ROOT / self.file).read_text("utf-8")
        return part_of(text, self.name) if self.name else text


def cuttings(page: Path) -> Iterator[Cutting]:
    """The blocks of a page that are cut from files."""
    for file, name, text in SHOWN.findall(page.read_text("utf-8")):
        yield Cutting(page, file, name, text)


def part_of(text: str, name: str) -> str:
    """The marked part, or the function or class of that name, of a file's text. KeyError."""
    marked = re.search(rf"^ *# begin {re.escape(name)}\n(.*?)^ *# end\b", text, re.MULTILINE | re.DOTALL)
    if marked:
        return dedent(marked[1])
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            return "\n".join(text.splitlines()[first - 1 : node.end_lineno]) + "\n"
    raise KeyError(name)


def counted(code: str) -> int:
    """Lines of formatted code that are neither blank nor comment: how the project counts what an author writes."""
    lines = (line.strip() for line in code.splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))

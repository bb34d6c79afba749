"""An option that is declared is also read: nobody sets one that changes nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import python_files, tree_of
from workloom.bootstrap.catalogue import installed_options

DECLARED_IN = "core_options.py"


def said(path: Path) -> Iterator[str]:
    """The texts in a file, with `<>` for what is filled in."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "<>" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def is_read(option: str, texts: set[str]) -> bool:
    """Whether its name stands in the code: whole, as `<>.auto-answer`, or in parts that are put together."""
    name = re.sub("<[^>]*>", "<>", option)
    last = name.rpartition(".")[2]
    if last == "<>":
        return name in texts or f"{name.partition('<')[0]}" in texts
    return not texts.isdisjoint({name, last, f"<>.{last}"})


def test_every_declared_option_is_read_by_the_code_that_is_shipped() -> None:
    files = [path for path in python_files("core", "plugins", "sample_extensions") if path.name != DECLARED_IN]
    texts = {text for path in files if "tests" not in path.parts for text in said(path)}
    options = [spec.name for spec in installed_options()]
    assert len(options) > 40
    assert [name for name in options if not is_read(name, texts)] == []


def test_an_option_that_nobody_reads_is_noticed() -> None:
    assert not is_read("<mt>.colour-of-the-sky", {"<>.auto-answer", "the sky"})
    assert is_read("<mt>.auto-answer", {"<>.auto-answer"})

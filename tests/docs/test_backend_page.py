"""The page on a backend of one's own shows what `workloom plugin new --kind backend` writes."""

import re
from pathlib import Path
from textwrap import dedent, indent

from tests.architecture.sources import ROOT
from workloom.cli.scaffold import write_plugin

PAGE = (ROOT / "docs" / "howto" / "own-backend.md").read_text("utf-8")
NAME = "acme_desk"
BLOCKS = re.findall(r"^```\w+\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_what_the_page_shows_stands_in_the_files_that_are_written(tmp_path: Path) -> None:
    folder = write_plugin("backend", NAME, tmp_path)
    files = [file.read_text("utf-8") for file in folder.rglob("*.*")]
    assert len(BLOCKS) == 4
    for block in BLOCKS:
        assert any(part in text for text in files for part in (block, indent(dedent(block), "    "))), block


def test_the_page_names_each_file_that_is_written(tmp_path: Path) -> None:
    folder = write_plugin("backend", NAME, tmp_path)
    written = {file.relative_to(folder).as_posix() for file in (folder / NAME).iterdir()}
    named = set(re.findall(rf"^\| `({NAME}/[\w.]+)` \|", PAGE, re.MULTILINE))
    assert written - named == {f"{NAME}/__init__.py", f"{NAME}/py.typed"}
    assert named <= written

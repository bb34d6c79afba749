"""What `workloom plugin new` writes is as tidy and typed as it tells its author to stay."""

from pathlib import Path

import pytest

from tests.scaffold.made import name_of, one_of_each, run
from workloom.cli.scaffold import kinds

pytestmark = pytest.mark.timeout(175)

WIDE = ("--line-length", "120")


def test_new_plugins_are_linted_formatted_and_typed(tmp_path: Path) -> None:
    place = one_of_each(tmp_path)
    folders = [str(place / name_of(kind)) for kind in kinds()]
    for folder in folders:  # each by itself: what is its own is told from what is not by where it stands
        run(Path(folder), "ruff", "check", "--isolated", "--no-cache", "--select", "E,F,I,UP,B,N", *WIDE, ".")
    run(tmp_path, "ruff", "format", "--isolated", "--no-cache", "--check", *WIDE, *folders)
    packages = [str(Path(folder) / Path(folder).name) for folder in folders]
    run(tmp_path, "mypy", "--strict", "--cache-dir", str(tmp_path / "types"), *packages)

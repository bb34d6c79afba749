"""SQL from the named `.sql` files beside this module: each statement follows a line `-- name: …`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
"""Read straight from the folder: importing and asking `importlib.resources` took longer than all the files."""


def statements(file: str) -> Mapping[str, str]:
    """The statements of `sql/<file>.sql` by name."""
    text = FOLDER.joinpath("sql", f"{file}.sql").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for block in text.split("-- name:")[1:]:
        name, _, body = block.partition("\n")
        found[name.strip()] = body.strip().rstrip(";")
    return found

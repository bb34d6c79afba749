"""The statements of the `.sql` files, as the driver wants them: parameters are `?` or `:name` in the files."""

import re
from pathlib import Path
from typing import Final

from workloom.adapters.tables.statements import Statements, statements

FOLDER: Final = Path(__file__).parent
_NAMED: Final = re.compile(r"(?<![:\w]):([a-z_]+)")


def sql(file: str) -> Statements:
    """The statements of one of the files beside this module."""
    return statements(FOLDER, file, _for_the_driver)


def _for_the_driver(statement: str) -> str:
    return _NAMED.sub(r"%(\1)s", statement.replace("%", "%%")).replace("?", "%s")

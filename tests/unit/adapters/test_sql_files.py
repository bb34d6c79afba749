"""The SQL of both databases: whatever a shared group of tables asks for, each of them can answer."""

import re
from pathlib import Path

import pytest

from workloom.adapters.postgres.dialect import FOLDER as POSTGRES
from workloom.adapters.sqlite.database import FOLDER as SQLITE
from workloom.adapters.tables.statements import statements

SHARED = Path(statements.__code__.co_filename).parent
OWN = {"insert", "save", "reserve"}
"""Written by each in its own way, with other parameters."""


def files() -> list[str]:
    return sorted(path.stem for path in SQLITE.joinpath("sql").glob("*.sql"))


def parameters(statement: str) -> tuple[int, set[str]]:
    """How many by position, and those by name."""
    bare = re.sub(r"--[^\n]*|'[^']*'", "", statement)
    return bare.count("?"), set(re.findall(r"(?<![:\w]):([a-z_]+)", bare))


@pytest.mark.parametrize("file", files())
def test_every_statement_of_a_shared_group_is_there_for_both_databases(file: str) -> None:
    source = SHARED.joinpath(f"{file}.py").read_text("utf-8") if file != "records" else ""
    lite, post = statements(SQLITE, file), statements(POSTGRES, file)
    asked = {name for name in lite if f'"{name}"' in source} if source else set(lite)
    assert asked
    assert asked <= set(post)


@pytest.mark.parametrize("file", files())
def test_statements_of_one_name_take_the_same_parameters_by_position(file: str) -> None:
    lite, post = statements(SQLITE, file), statements(POSTGRES, file)
    both = set(lite) & set(post) - OWN - {"append", "add_party", "insert_text", "save_text", "last", "after", "touched"}
    assert {name: parameters(lite[name])[0] for name in both} == {name: parameters(post[name])[0] for name in both}


def test_no_parameter_is_numbered() -> None:
    """Python 3.12 warns of numbers with a sequence of values, 3.14 refuses them; 3.11 says nothing."""
    read = {path.name: path.read_text("utf-8") for path in SQLITE.joinpath("sql").glob("*.sql")}
    assert [name for name, text in read.items() if re.search(r"\?\d", text)] == []

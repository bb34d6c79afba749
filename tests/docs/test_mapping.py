"""The reference of the mapping is complete, and its examples do what the page says."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.contract.capture.desk import SERVICENOW, Desk
from workloom.bootstrap.demo_export import COLUMNS, demo_export
from workloom.domain.capture_messages import Counts, Verb
from workloom.services.capture_mapping import FIELD_NAMES, MappingFile

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = DOCS / "reference" / "mapping.md"
HOWTO = DOCS / "howto" / "capture.md"
TOP = ("format", "encoding", "delimiter", "quote", "unknown", "time-format", "zone")
FORMS = ("column", "text", "value", "values", "other", "number")


def blocks(page: Path, language: str) -> list[str]:
    """The code blocks of a page, without their indentation."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


@pytest.mark.parametrize("key", [*TOP, *FORMS, *FIELD_NAMES, *Verb, "rest", "except", "key", "attributes", "columns"])
def test_each_key_is_described(key: str) -> None:
    assert f"`{key}`" in REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [*blocks(REFERENCE, "toml"), *blocks(HOWTO, "toml")])
def test_each_example_is_a_good_mapping(text: str) -> None:
    example = MappingFile(text, "example.toml")
    example.raise_problems()
    assert example.mapping.id


def test_the_worked_example_counts_as_the_page_says(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (export,) = blocks(REFERENCE, "csv")
    counts = desk.bring(export, blocks(REFERENCE, "toml")[0]).counts
    assert counts == Counts(created=2, updated=1, completed=1)
    item = desk.item("O-17")
    assert (item.subject, item.priority, item.queue) == ("Order O-17: Three boxes", 3000, "claims")
    assert item.attributes.due_at is not None
    assert item.attributes.due_at.isoformat() == "2026-11-25T11:00:00+00:00"
    assert desk.item("O-18").contact_id == ""
    desk.store.close()


def test_the_counts_of_the_how_to_are_those_of_the_demo_export(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    counts = desk.bring_file(desk.file(demo_export()), SERVICENOW).counts
    desk.store.close()
    page = HOWTO.read_text(encoding="utf-8")
    assert f"\n{counts.rows} rows of incidents.csv" in page
    for name in Counts.__struct_fields__:
        assert f"\n  {name:<10}{getattr(counts, name):>9,}\n" in page


def test_the_mapping_for_servicenow_names_only_columns_of_the_export() -> None:
    file = MappingFile(SERVICENOW.read_text(encoding="utf-8"), "servicenow.toml")
    file.raise_problems()
    mapping = file.mapping
    assert mapping.columns() <= set(COLUMNS)
    assert tomllib.loads(SERVICENOW.read_text(encoding="utf-8"))["unknown"] == ["?"]

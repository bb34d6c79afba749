"""Readers of exports: whatever a file holds, each row is read or says why not."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.adapters.files.csv_rows import CsvRows
from workloom.adapters.files.csv_text import Dialect, OpenQuote, fields_of
from workloom.adapters.files.json_rows import JsonRows
from workloom.domain.errors import BadInput
from workloom.services.capture_ports import Row, Rows

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)
TRICKY = st.lists(
    st.sampled_from([b"a", b",", b'"', b'""', b"\n", b"\r\n", b"\0", b"\xff", "ü".encode(), b"{", b'{"a":1}', b"["]),
    max_size=60,
).map(b"".join)


def rows_of(content: bytes, *, json: bool = False, encoding: str = "utf-8") -> list[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        path.write_bytes(content)
        rows: Rows = JsonRows(path, encoding=encoding) if json else CsvRows(path, encoding=encoding)
        try:
            return list(rows)
        finally:
            rows.close()


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=8))
def test_what_a_csv_writer_writes_is_read_as_it_was(records: list[list[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(("first", "second"))
    writer.writerows(records)
    for encoding in ("utf-8", "utf-16"):
        found = rows_of(text.getvalue().encode(encoding), encoding=encoding)
        assert [[row.values["first"], row.values["second"]] for row in found] == records


@given(TRICKY)
def test_any_bytes_give_rows_or_reasons_in_the_order_of_the_file(content: bytes) -> None:
    for json in (False, True):
        for encoding in ("utf-8", "utf-16-le", "cp1252"):
            try:
                found = rows_of(b"a,b\n" + content, json=json, encoding=encoding)
            except BadInput:
                continue
            assert [row.number for row in found] == list(range(1, len(found) + 1))
            lines = [row.line for row in found]
            assert lines == sorted(set(lines))
            assert all(bool(row.problem) != bool(row.values) for row in found if row.text != "{}")


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ("", [""]),
        (",", ["", ""]),
        ('"a,b",c', ["a,b", "c"]),
        ('"a""b",""', ['a"b', ""]),
        ('5" pipe,"x"', ['5" pipe', "x"]),
        ('"a"b,c', ["ab", "c"]),
        ('"a\nb",c', ["a\nb", "c"]),
    ],
)
def test_fields_of_a_record(record: str, fields: list[str]) -> None:
    assert fields_of(record, Dialect()) == fields


def test_a_quote_that_stays_open_is_told() -> None:
    with pytest.raises(OpenQuote):
        fields_of('a,"b', Dialect())

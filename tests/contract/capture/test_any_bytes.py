"""Whatever stands in a file: it is refused in plain words, or each of its rows counts once."""

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.contract.capture.desk import HEADER, MAPPING, Desk
from workloom.adapters.files.csv_rows import CsvRows
from workloom.domain.errors import BadInput

ROW = b"A,1,open,Jam,2026-11-24T10:00,12,Ivo\n"
PIECES = st.one_of(
    st.sampled_from([b",", b'"', b'""', b"\n", b"\r\n", b"\r", b"\xff", b"\0", b"\xef\xbb\xbf", b"?", b"closed", ROW]),
    st.binary(max_size=8),
    st.text(max_size=6).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
CONTENTS = st.lists(PIECES, max_size=30).map(b"".join)


@pytest.fixture(scope="module")
def any_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all examples: what is known from one may come again in another."""
    desk = Desk(tmp_path_factory.mktemp("bytes"))
    yield desk
    desk.store.close()


@settings(max_examples=80, deadline=None)
@given(content=CONTENTS)
@example(content=ROW * 3)
def test_rows_of_any_bytes_count_once_each(any_desk: Desk, content: bytes) -> None:
    rejects = any_desk.folder / "export.csv.rejected.csv"
    rejects.unlink(missing_ok=True)
    counts = any_desk.bring(HEADER.encode() + b"\n" + content).counts
    with closing(CsvRows(any_desk.folder / "export.csv")) as rows:
        assert counts.rows == len(list(rows))
    assert counts.rejected == len(kept(rejects))
    again = any_desk.bring(HEADER.encode() + b"\n" + content).counts
    assert (again.unchanged, again.rejected) == (counts.rows - counts.rejected, counts.rejected)


@settings(max_examples=40, deadline=None)
@given(content=st.one_of(st.binary(max_size=200), CONTENTS), name=st.sampled_from(["export.csv", "export.jsonl"]))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_file_of_any_bytes_is_read_or_refused_by_name(
    any_desk: Desk, content: bytes, name: str, encoding: str
) -> None:
    refused = ""
    try:
        any_desk.bring(content, f'encoding = "{encoding}"\n{MAPPING}', name=name)
    except BadInput as error:
        refused = str(error)
    assert str(any_desk.folder) in refused or not refused


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80))
def test_a_mapping_of_any_text_is_read_or_refused_by_name(any_desk: Desk, text: str) -> None:
    with pytest.raises(BadInput, match=r"mapping\.toml"):
        any_desk.bring(HEADER + "\n", text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


def kept(rejects: Path) -> list[list[str]]:
    """The rejected rows that were kept."""
    if not rejects.exists():
        return []
    with rejects.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]

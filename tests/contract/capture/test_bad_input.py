"""Bad input: named by row or place, and it takes nothing else down."""

import csv
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.contract.capture.desk import HEADER, MAPPING, Desk
from workloom.adapters.files import csv_rows, lines
from workloom.bootstrap.capture_files import Import, import_file
from workloom.domain.capture_messages import Counts
from workloom.domain.errors import BadInput

GOOD = "Z,1,open,Good,,,"


def rejected(desk: Desk) -> tuple[int, str]:
    """Row number and reason of the only rejected row."""
    with (desk.folder / "export.csv.rejected.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    return int(row["row"]), row["reason"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A", "The row has 1 column, the header has 7."),
        ("A,1,open,Jam,,", "The row has 6 columns, the header has 7."),
        ("A,1,open,Jam,,,,", "The row has 8 columns, the header has 7."),
        ("A,1,open,Jam,31.02.2026,,", "“31.02.2026” (column “due”) cannot be read as the time due-at."),
        ("A,1,lost,Jam,,,", "The state “lost” (column “state”) is not known. The mapping has “made”, “open”"),
        (",1,open,Jam,,,", "The id is missing (column “id”)."),
        ("?,1,open,Jam,,,", "The id is missing (column “id”)."),
        ("A" * 201 + ",1,open,Jam,,,", "The id has 201 characters, 200 are allowed: “AAAA"),
        ("A," + "1" * 201 + ",open,Jam,,,", "The revision has 201 characters, 200 are allowed: “1111"),
        ("A,,open,Jam,,,", "The revision is missing (column “rev”)."),
        ("A,1,open,J\0m,,,", "The field “title” holds a NUL character at position 2."),
        ('A,1,open,"Jam,,,', "A quote that opens in this row is not closed in the 2 lines from line 2 on."),
        ("A,1,open," + "x" * 10_000_000 + ",,,", "The field “title” has 10,000,000 characters. At most 1,000,000 are"),
        ("A,1,open," + "x" * lines.MAX_LINE + ",,,", "The line has 16,777,229 bytes. At most 16,777,216 are read."),
    ],
)
def test_a_bad_row_is_rejected_with_its_number_and_the_reason_and_the_rest_is_imported(
    desk: Desk, row: str, reason: str
) -> None:
    assert desk.rows(row, GOOD) == Counts(created=1, rejected=1)
    number, found = rejected(desk)
    assert number == 1
    assert found.startswith(reason)
    assert desk.item("Z").subject == "Good"


def test_a_byte_of_another_encoding_is_named_with_its_place_and_the_encoding_to_try(desk: Desk) -> None:
    content = f"{HEADER}\n{GOOD}\n".encode() + "A,1,open,Tür klemmt,,,\n".encode("cp1252")
    assert desk.bring(content).counts == Counts(created=1, rejected=1)
    offset = content.index(0xFC)
    assert rejected(desk) == (
        2,
        f'Byte 0xFC at byte {offset} of the file is not utf-8. Try encoding = "cp1252" in the mapping.',
    )
    assert desk.bring(content, f'encoding = "cp1252"\n{MAPPING}').counts == Counts(created=1, unchanged=1)
    assert desk.item("A").subject == "Tür klemmt"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "iso-8859-1", "cp1252"])
def test_encodings_and_their_marks(desk: Desk, encoding: str) -> None:
    content = f"{HEADER}\r\nA,1,open,Tür,,,\r\n".encode(encoding)
    assert desk.bring(content, f'encoding = "{encoding}"\n{MAPPING}').counts == Counts(created=1)
    assert desk.item("A").subject == "Tür"


def test_a_utf_8_mark_is_taken_away(desk: Desk) -> None:
    assert desk.bring(f"\ufeff{HEADER}\n{GOOD}").counts == Counts(created=1)


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        (b"", "utf-8", "The file is empty."),
        (b"\n \r\n", "utf-8", "The file is empty."),
        (b"\xef\xbb\xbf", "utf-8", "The file is empty."),
        (
            "id,rev\n".encode("utf-16"),
            "utf-8",
            'mark of utf-16 at byte 0, but is read as utf-8. Set encoding = "utf-16"',
        ),
        (
            "id,rev\n".encode("utf-16-le"),
            "utf-8",
            'zero bytes from byte 1 on: this is no utf-8. Try encoding = "utf-16-le"',
        ),
        ("ïd,rev\n".encode("cp1252"), "utf-8", 'Byte 0xEF at byte 0 of the file is not utf-8. Try encoding = "cp1252"'),
        (b"id,rev,id\n", "utf-8", "The header names the column “id” 2 times."),
        (b"id,rev\rA,1\r", "utf-8", "Lines end with carriage returns alone."),
        (b'id,"rev\nA,1\n', "utf-8", "A quote that opens in this row is not closed"),
    ],
)
def test_a_file_that_cannot_be_used_at_all_says_why_and_changes_nothing(
    desk: Desk, content: bytes, encoding: str, message: str
) -> None:
    before = desk.last_event()
    with pytest.raises(BadInput, match=r"export\.csv") as caught:
        desk.bring(content, f'encoding = "{encoding}"\n{MAPPING}')
    assert message in str(caught.value)
    assert desk.last_event() == before
    assert not (desk.folder / "export.csv.rejected.csv").exists()


def test_a_stream_that_cannot_be_decoded_further_names_the_byte_and_keeps_the_rows_before(desk: Desk) -> None:
    content = f"{HEADER}\n{GOOD}\n".encode("utf-16")
    broken = content + b"\x00\xd8\x00\x00\x0a\x00"
    with pytest.raises(BadInput, match=f"Byte {len(content)} and what follows is not utf-16"):
        desk.bring(broken, f'encoding = "utf-16"\n{MAPPING}')
    assert desk.item("Z").subject == "Good"


def test_a_quote_that_is_never_closed_costs_its_row_and_no_other(desk: Desk) -> None:
    rows = [f"R{number},1,open,Jam,,," for number in range(3 * csv_rows.MAX_LINES)]
    assert desk.rows('A,1,open,"Jam,,,', *rows) == Counts(created=len(rows), rejected=1)


def test_quotes_hold_delimiters_line_ends_and_quotes(desk: Desk) -> None:
    desk.rows('A,1,open,"Jam, ""big""\nsecond line",,12" rack,', GOOD)
    item = desk.item("A")
    assert (item.subject, item.attached["Room"]) == ('Jam, "big"\nsecond line', '12" rack')


def test_blank_lines_are_no_rows(desk: Desk) -> None:
    assert desk.bring(f"\n{HEADER}\n\n{GOOD}\n\n").counts == Counts(created=1)


def test_a_header_alone_is_no_row(desk: Desk) -> None:
    assert desk.bring(f"{HEADER}\n").counts == Counts()


def test_rejected_rows_stand_with_line_reason_and_content_that_no_program_takes_for_a_formula(desk: Desk) -> None:
    desk.rows('Y,1,open,"two\nlines",,,', "=1+1,1,lost,Jam,,,")
    (line,) = desk.reasons()
    assert line.startswith('2,4,"The state “lost” (column “state”) is not known.')
    assert line.endswith('“again”.","[""=1+1,1,lost,Jam,,,""]"')


def test_a_value_that_is_in_no_table_of_values_rejects_its_row(desk: Desk) -> None:
    mapping = MAPPING + '[defaults]\npriority = 5\n[item.priority]\ncolumn = "room"\nvalues = { high = 3000 }\n'
    assert desk.rows("A,1,open,Jam,,high,", "B,1,open,Jam,,odd,", "C,1,open,Jam,,?,", mapping=mapping) == Counts(
        created=2, rejected=1
    )
    assert rejected(desk)[1] == "“odd” (column “room”) is none of the values for priority: “high”."
    assert (desk.item("A").priority, desk.item("C").priority) == (3000, 5)


@pytest.mark.parametrize(
    ("item", "row", "reason"),
    [
        ('queue = "room"', "A,1,open,Jam,,cellar,", "The queue “cellar” is not known."),
        ('media-type = "room"', "A,1,open,Jam,,fax,", "The media type “fax” is not known."),
        (
            'media-type = "room"',
            "A,1,open,Jam,,claim,",
            "The queue “servicedesk” does not take the media type “claim”.",
        ),
        ('business-value = "room"', "A,1,open,Jam,,12.5,", "“12.5” (column “room”) is no whole number"),
        ('business-value = "room"', "A,1,open,Jam,,99999999999,", "“99999999999” (column “room”) is no whole number"),
    ],
)
def test_objects_and_numbers_of_a_row_are_checked(desk: Desk, item: str, row: str, reason: str) -> None:
    mapping = MAPPING.replace('due-at = "due"', item)
    assert desk.rows(row, GOOD.replace("Good,,", "Good,,"), mapping=mapping).rejected >= 1
    assert desk.reasons()[0].split(",", 2)[2].strip('"').startswith(reason)


@pytest.mark.parametrize("text", ["1e18", "-1e18", "9999999999999999", "1e300", "inf", "nan", "soon"])
@pytest.mark.parametrize("form", ["epoch", "epoch-ms"])
def test_a_count_of_seconds_that_is_no_time_rejects_its_row_and_no_other(desk: Desk, text: str, form: str) -> None:
    mapping = f'time-format = "{form}"\n{MAPPING}'
    rows = (f"A,1,open,Jam,{text},,", "B,1,open,Ink,0,,", GOOD)
    assert desk.rows(*rows, mapping=mapping) == Counts(created=2, rejected=1)
    number, reason = rejected(desk)
    assert number == 1
    assert reason.endswith(f"(column “due”) cannot be read as the time due-at. Expected the form {form}.")
    assert desk.item("B").attributes.due_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_one_bad_row_among_many_takes_no_batch_down(desk: Desk) -> None:
    rows = [f"R{number},1,{'lost' if number == 250 else 'open'},Jam,,," for number in range(500)]
    assert desk.rows(*rows) == Counts(created=499, rejected=1)


def test_rejected_rows_go_to_the_data_folder_when_they_cannot_go_beside_the_file(desk: Desk, tmp_path: Path) -> None:
    file = desk.file(f"{HEADER}\nA,1,lost,Jam,,,")
    blocked = tmp_path / "not_a_folder"
    blocked.write_text("")
    what = Import(
        file=file,
        point="servicedesk",
        mapping=desk.file(MAPPING, "mapping.toml"),
        data=tmp_path / "data",
        rejects=blocked / "r.csv",
    )
    imported = import_file(desk.capture, what)
    assert imported.rejects == tmp_path / "data" / "export.csv.rejected.csv"
    assert imported.rejects.exists()


def test_rejected_rows_never_overwrite_what_is_read(desk: Desk) -> None:
    file, mapping = desk.file(f"{HEADER}\nA,1,lost,Jam,,,"), desk.file(MAPPING, "mapping.toml")
    for target in (file, mapping):
        what = Import(file=file, point="servicedesk", mapping=mapping, data=desk.folder, rejects=target)
        with pytest.raises(BadInput, match="would overwrite the file that is read"):
            import_file(desk.capture, what)


@pytest.mark.parametrize("left", ["my notes", "row,line,reason"])
def test_rejected_rows_never_overwrite_what_somebody_else_has_written(desk: Desk, left: str) -> None:
    file, mapping = desk.file(f"{HEADER}\nA,1,lost,Jam,,,"), desk.file(MAPPING, "mapping.toml")
    mine = desk.file(left, "mine.csv")
    what = Import(file=file, point="servicedesk", mapping=mapping, data=desk.folder / "data", rejects=mine)
    with pytest.raises(BadInput, match=r"mine\.csv: This file is there already and holds something else"):
        import_file(desk.capture, what)
    assert mine.read_text() == left
    beside = desk.file(left, f"{file.name}.rejected.csv")
    imported = import_file(desk.capture, replace(what, rejects=None))
    assert (beside.read_text(), imported.rejects) == (left, desk.folder / "data" / beside.name)
    beside.unlink()
    (desk.folder / "data" / beside.name).unlink()
    (desk.folder / "data" / beside.name).mkdir()  # a second place that cannot be used, and need not
    assert import_file(desk.capture, replace(what, rejects=None)).rejects == beside


def test_a_missing_file_a_folder_and_an_unknown_point_are_named(desk: Desk) -> None:
    mapping = desk.file(MAPPING, "mapping.toml")
    with pytest.raises(BadInput, match=r"gone\.csv: The file cannot be opened: No such file"):
        desk.bring_file(desk.folder / "gone.csv", mapping)
    with pytest.raises(BadInput, match="This is a folder"):
        desk.bring_file(desk.folder, mapping)
    with pytest.raises(BadInput, match=r"gone\.toml: The mapping cannot be opened"):
        desk.bring_file(desk.file(HEADER), desk.folder / "gone.toml")
    with pytest.raises(BadInput, match=r"no capture point “desk”\. The site has “servicedesk”, “bare”"):
        desk.bring_file(desk.file(HEADER), mapping, point="desk")


def test_a_pipe_is_named_and_is_to_be_saved_as_a_file(desk: Desk) -> None:
    reading, writing = os.pipe()
    try:
        os.write(writing, f"{HEADER}\n{GOOD}\n".encode())
        os.close(writing)
        with pytest.raises(BadInput, match=r"/dev/fd/\d+: This is a pipe or a device, not a file\. Save it as a file"):
            desk.bring_file(Path(f"/dev/fd/{reading}"), desk.file(MAPPING, "mapping.toml"))
    finally:
        os.close(reading)


def test_an_import_that_is_cut_off_goes_on_when_it_is_done_again(tmp_path: Path) -> None:
    rows = [f"R{number},1,open,Jam,,," for number in range(1000)]
    database = tmp_path / "workloom.db"
    cut_off = subprocess.run(
        [sys.executable, "-c", CUT_OFF, str(tmp_path), str(database), *rows],
        cwd=Path(__file__).parents[3],
        check=False,
        timeout=50,
    )
    assert cut_off.returncode == 9
    desk = Desk(tmp_path, database)
    counts = desk.rows(*rows)
    desk.store.close()
    assert counts == Counts(unchanged=600, created=400)


CUT_OFF = """
import os, sys
from pathlib import Path
from tests.contract.capture.desk import Desk

batches = []
def committed():
    batches.append(1)
    if len(batches) == 3:
        os._exit(9)

desk = Desk(Path(sys.argv[1]), sys.argv[2], committed=committed)
desk.rows(*sys.argv[3:])
"""
"""A process that dies after its third batch."""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_wide_encoding_without_its_mark_asks_for_the_order_of_bytes(desk: Desk, encoding: str) -> None:
    with pytest.raises(BadInput, match=f'Set encoding = "{encoding}-le" or "{encoding}-be"'):
        desk.bring(HEADER.encode(f"{encoding}-le"), f'encoding = "{encoding}"\n{MAPPING}')


@pytest.mark.parametrize("name", [".", ".."])
def test_a_folder_without_a_name_of_its_own_is_a_folder_too(
    desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)
    with pytest.raises(BadInput, match="This is a folder"):
        desk.bring_file(Path(name), desk.file(MAPPING, "mapping.toml"))

"""Each event is in the files at least once and in order, across restarts, full disks and lines cut in half."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from audit_export.files import AuditFiles

from workloom.api import AddNote, Event, EventKind, MarkDone, Site
from workloom.testing import Office, site, with_options
from workloom.testing.office import MORNING

PATIENCE = 10.0
OpenOffice = Callable[..., Office]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the export goes."""
    return tmp_path / "audit"


@pytest.fixture
def office_site(folder: Path) -> Site:
    """The small site, with the folder of the export."""
    return with_options({"audit-export.folder": str(folder)})(site())


def exported(folder: Path) -> list[dict[str, Any]]:
    """What the files hold."""
    files = sorted(folder.glob("events-*.jsonl")) if folder.is_dir() else []
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def wait_for(folder: Path, kind: str, times: int = 1) -> list[dict[str, Any]]:
    """The files as soon as they hold an event of the kind, so often."""
    end = time.monotonic() + PATIENCE
    while [row["kind"] for row in exported(folder)].count(kind) < times:
        assert time.monotonic() < end, f"Waited {PATIENCE:.0f} s for {times} × {kind}: {exported(folder)}"
        time.sleep(0.02)
    return exported(folder)


def work(office: Office, note: str = "Paid.") -> str:
    """Somebody finishes an item."""
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.do(ann, AddNote(item=item, text=note))
    office.do(ann, MarkDone(item=item))
    return item


def test_what_happens_to_an_item_is_in_the_file_of_its_day_in_order(office: Office, folder: Path) -> None:
    item = work(office)
    rows = wait_for(folder, "done")
    kinds = [row["kind"] for row in rows if row.get("item") == item]
    assert kinds == ["submitted", "offered", "accepted", "note-added", "done"]
    assert [row["sequence"] for row in rows] == sorted({row["sequence"] for row in rows})
    assert [file.name for file in folder.iterdir()] == [f"events-{MORNING:%Y-%m-%d}.jsonl"]
    assert next(row for row in rows if row["kind"] == "done")["actor"] == "ann"


def test_after_a_restart_it_goes_on_where_it_was(open_office: OpenOffice, folder: Path, tmp_path: Path) -> None:
    first = open_office(tmp_path / "data")
    work(first)
    wait_for(folder, "done")
    first.close()
    second = open_office(tmp_path / "data")
    work(second)
    rows = wait_for(folder, "done", times=2)
    sequences = [row["sequence"] for row in rows]
    assert sequences == list(range(1, len(sequences) + 1))


def test_while_the_folder_cannot_be_written_to_nothing_is_lost(office: Office, folder: Path) -> None:
    wait_for(folder, "site-applied")
    (file,) = folder.iterdir()
    kept = file.rename(folder.with_name("kept"))
    file.mkdir()  # a folder in the place of the file: it cannot be opened
    work(office)
    time.sleep(0.1)
    file.rmdir()
    kept.rename(file)
    rows = wait_for(folder, "done")
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))


def test_a_line_cut_in_half_is_written_anew_and_what_comes_twice_is_kept_once(folder: Path) -> None:
    events = [Event(sequence=number, at=MORNING, kind=EventKind.DONE, item=f"item-{number}") for number in (1, 2, 3)]
    AuditFiles(folder).add(events)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    AuditFiles(folder).add(events)
    assert [row["sequence"] for row in exported(folder)] == [1, 2, 3]


def test_what_people_type_is_not_exported(office: Office, folder: Path) -> None:
    work(office, note="Her IBAN is AT61")
    wait_for(folder, "done")
    assert "AT61" not in "".join(file.read_text("utf-8") for file in folder.iterdir())

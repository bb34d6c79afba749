"""`workloom db` on a data folder."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.contract.engine.office import Office
from workloom.cli import main
from workloom.domain.commands import MarkDone
from workloom.domain.interaction import State

TWICE = """
INSERT INTO event (at, kind, item, actor, person, queue, workbin, workbin_owner, detail)
SELECT at, kind, item, actor, person, queue, workbin, workbin_owner, detail FROM event WHERE kind = 'done'
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an item that is done, one that is offered and one that waits."""
    office = Office(tmp_path / "data")
    ann = office.log_in("ann")
    office.do(ann, MarkDone(item=office.take(ann).id))
    office.submit()
    office.step()
    office.submit(queue="shelf")
    office.close()
    return tmp_path / "data"


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["db", *map(str, words)])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_sound_data_are_as_they_must_be(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "check", "--data", folder)
    assert (code, err) == (0, "")
    assert "is as it must be" in out


@pytest.mark.parametrize(
    ("damage", "promise"),
    [
        ("UPDATE interaction SET assigned_to = 'bob' WHERE state = 'finished'", "I1"),
        ("DELETE FROM history_text; DELETE FROM interaction WHERE state = 'queued'", "I1"),
        ("UPDATE interaction SET offer = NULL, offer_to = '', state = 'queued' WHERE state = 'offered'", "I2"),
        ("UPDATE interaction SET state = 'handling', assigned_to = 'cid' WHERE queue = 'shelf'", "I2"),
        (TWICE, "I3"),
        ("DELETE FROM event WHERE item IN (SELECT id FROM interaction WHERE queue = 'shelf')", "I7"),
    ],
)
def test_each_broken_promise_is_said_with_the_items_that_break_it(
    folder: Path, capsys: pytest.CaptureFixture[str], damage: str, promise: str
) -> None:
    with closing(sqlite3.connect(folder / "workloom.db")) as connection:
        connection.executescript(damage)
    code, out, err = said(capsys, "check", "--data", folder)
    assert (code, out) == (1, "")
    assert f"{promise} is broken" in err
    assert "item-" in err


def test_what_is_no_database_is_said_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for action in (["check"], ["backup", str(tmp_path / "copy")]):
        code, _, err = said(capsys, *action, "--data", tmp_path / "nothing")
        assert code == 1
        assert "There is no database" in err
    assert not (tmp_path / "nothing").exists()


def test_an_upgrade_says_what_it_applied_and_then_that_all_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, first, _ = said(capsys, "upgrade", "--data", tmp_path / "new")
    assert "0001_engine.sql" in first
    _, second, _ = said(capsys, "upgrade", "--data", tmp_path / "new")
    assert "is up to date" in second


def test_a_backup_is_whole_while_an_engine_works_and_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path / "data")
    office.log_in("ann")
    item = office.submit()
    copy = tmp_path / "there" / "workloom.db"
    copy.parent.mkdir()
    assert said(capsys, "backup", copy, "--data", tmp_path / "data")[0] == 0
    office.step()
    assert office.item(item).state is State.OFFERED
    office.close()
    code, _, err = said(capsys, "backup", copy, "--data", tmp_path / "data")
    assert code == 1
    assert "exists already" in err
    assert [path.name for path in copy.parent.iterdir()] == ["workloom.db"]
    assert said(capsys, "check", "--data", copy.parent)[0] == 0
    restored = Office(copy.parent)
    assert restored.item(item).state is State.QUEUED
    restored.close()


def test_a_backup_into_a_folder_that_is_missing_says_so(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "backup", tmp_path / "nowhere" / "copy", "--data", folder)
    assert code == 1
    assert f"There is no folder {tmp_path / 'nowhere'}" in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_data_and_backups_are_closed_to_other_users(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    assert said(capsys, "upgrade", "--data", data)[0] == 0
    assert said(capsys, "backup", copy, "--data", data)[0] == 0
    assert not [path for path in (data, copy, *data.iterdir()) if path.stat().st_mode & 0o077]
    mark = tmp_path / "mark"
    mark.touch()
    assert mark.stat().st_mode & 0o044, "the program goes on as before"

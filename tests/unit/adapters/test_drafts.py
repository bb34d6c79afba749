"""Drafts on the disk: what a crash or a full disk leaves of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workloom.adapters.drafts import DraftFolder
from workloom.adapters.kept_files import KeptFiles


class Computer:
    """A folder with drafts, and what could not be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failed: list[Path] = []
        self.files = KeptFiles(lambda path, _error: self.failed.append(path))

    def drafts(self) -> DraftFolder:
        """As a desktop that starts now reads them."""
        return DraftFolder(self.folder, self.files)

    def after_restart(self, person: str = "lena") -> dict[str, dict[str, str]]:
        """What is there for somebody who logs in anew."""
        self.files.flush()
        found = self.drafts().of_person(person)
        return {item: found.of(item) for item in found.items()}


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    """A fresh one."""
    made = Computer(tmp_path / "drafts")
    yield made
    made.files.close()


def test_what_was_kept_is_there_after_a_restart_for_each_person_and_item(computer: Computer) -> None:
    lena, jonas = computer.drafts().of_person("lena"), computer.drafts().of_person("jonas/../x")
    lena.keep("item/1", "note", "Called at 13:38 <b>")
    lena.keep("item/1", "case:IBAN", "DE89")
    lena.keep("item:2", "note", "ä€😀")
    jonas.keep("item/1", "note", "mine")
    assert computer.after_restart() == {
        "item/1": {"note": "Called at 13:38 <b>", "case:IBAN": "DE89"},
        "item:2": {"note": "ä€😀"},
    }
    assert computer.after_restart("jonas/../x") == {"item/1": {"note": "mine"}}
    assert all(path.is_relative_to(computer.folder) for path in computer.folder.rglob("*"))


def test_an_empty_text_and_forgetting_leave_nothing(computer: Computer) -> None:
    drafts = computer.drafts().of_person("lena")
    drafts.keep("a", "note", "x")
    drafts.keep("b", "note", "x")
    drafts.keep("b", "case:Room", "12")
    drafts.keep("a", "note", "")
    drafts.forget("b")
    assert computer.after_restart() == {}
    assert [path for path in computer.folder.rglob("*") if path.is_file()] == []


def test_a_damaged_file_is_put_aside_and_never_written_over(computer: Computer) -> None:
    drafts = computer.drafts().of_person("lena")
    drafts.keep("a", "note", "first")
    computer.files.flush()
    file = next(path for path in computer.folder.rglob("*") if path.is_file())
    file.write_bytes(b'{"note": "fir')
    again = computer.drafts().of_person("lena")
    assert again.items() == ()
    again.keep("a", "note", "second")
    assert computer.after_restart() == {"a": {"note": "second"}}
    assert [path.read_bytes() for path in computer.folder.rglob("*.damaged")] == [b'{"note": "fir']


def test_a_text_that_cannot_be_written_leaves_the_last_good_one(computer: Computer) -> None:
    drafts = computer.drafts().of_person("lena")
    drafts.keep("a", "note", "good")
    computer.files.flush()
    file = next(path for path in computer.folder.rglob("*") if path.is_file())
    # Where the new text is written first stands a folder: as good as a full disk, also for root.
    beside = file.with_name(f".{file.name}.new")
    beside.mkdir()
    drafts.keep("a", "note", "better")
    computer.files.flush()
    assert computer.failed == [file]
    assert computer.after_restart() == {"a": {"note": "good"}}
    beside.rmdir()
    drafts.keep("a", "note", "best")
    assert computer.after_restart() == {"a": {"note": "best"}}

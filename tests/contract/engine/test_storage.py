"""The data folder in bad times: full, read-only, damaged, in use, too new."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.engine.office import Office
from workloom.adapters.sqlite.database import FOLDER
from workloom.adapters.sqlite.opening import open_store
from workloom.adapters.tables.migrations import migrations
from workloom.domain.commands import AddNote, MarkDone
from workloom.domain.errors import (
    StorageBusy,
    StorageDamaged,
    StorageError,
    StorageFull,
    StorageReadOnly,
    StorageTooNew,
)
from workloom.domain.interaction import State

DATABASE = "workloom.db"
CUT_OFF = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE interaction SET priority = priority + 1")
connection.execute("CREATE TABLE more AS SELECT * FROM interaction")
os._exit(9)
"""
"""Begins a change, some of which is in the file when the process ends."""


def filled(folder: Path) -> Path:
    """A folder with some data, closed well; returns the database file."""
    office = Office(folder)
    for _ in range(50):
        office.submit()
    office.close()
    return folder / DATABASE


def test_a_full_disk_is_said_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    office = Office(tmp_path)
    ann = office.log_in("ann")
    item = office.take(ann).id
    writer = office.engine.store._writer  # type: ignore[attr-defined]  # noqa: SLF001 - the disk is made full here
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")
    events = office.kinds(item)
    with pytest.raises(StorageFull, match="No space is left"):
        ann.items.execute(AddNote(item=item, text="x" * 200_000), key="k")
    assert ann.items.notes(item) == ()
    assert office.kinds(item) == events
    writer.execute("PRAGMA max_page_count = 1000000")
    ann.items.execute(AddNote(item=item, text="x" * 200_000), key="k")
    assert len(ann.items.notes(item)) == 1
    office.close()


def test_an_engine_beside_another_is_refused_and_a_command_is_not(tmp_path: Path) -> None:
    office = Office(tmp_path)
    with pytest.raises(StorageBusy, match="Another Workloom desktop"):
        open_store(tmp_path)
    beside = open_store(tmp_path, exclusive=False)
    with beside.reading() as reader:
        assert reader.documents.version() == 1
    beside.close()
    office.close()
    open_store(tmp_path).close()


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    office = Office(tmp_path)
    script = f"from workloom.adapters.sqlite.opening import open_store; open_store({str(tmp_path)!r})"
    second = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "StorageBusy" in second.stderr
    office.close()


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all, only text that somebody put there" * 20, b"SQLite format 3\x00"]
)
def test_a_file_that_is_no_database_is_kept_as_it_is(tmp_path: Path, content: bytes) -> None:
    database = filled(tmp_path)
    database.write_bytes(content)
    with pytest.raises(StorageDamaged, match="nothing was overwritten") as raised:
        open_store(tmp_path)
    assert str(database) in str(raised.value)
    assert database.read_bytes() == content


def test_a_database_of_another_program_is_kept_as_it_is(tmp_path: Path) -> None:
    database = tmp_path / DATABASE
    other = sqlite3.connect(database)
    other.execute("CREATE TABLE migration (id, at)")  # as others call theirs, too
    other.commit()
    other.close()
    before = database.read_bytes()
    with pytest.raises(StorageError, match="is of another program"):
        open_store(tmp_path)
    assert database.read_bytes() == before


def test_a_copy_that_was_put_back_and_cut_off_at_its_first_opening_is_opened_again(tmp_path: Path) -> None:
    database = filled(tmp_path)
    kept = sqlite3.connect(database)
    kept.execute(f"VACUUM INTO '{tmp_path / 'copy.db'}'")
    kept.close()
    (tmp_path / "copy.db").replace(database)
    assert subprocess.run([sys.executable, "-c", CUT_OFF, str(database)], check=False).returncode == 9
    assert database.with_name(f"{DATABASE}-journal").stat().st_size
    store = open_store(tmp_path)
    with store.reading() as reader:
        assert reader.events.last() > 0
    store.close()


def test_a_file_that_was_cut_off_is_kept_as_it_is(tmp_path: Path) -> None:
    database = filled(tmp_path)
    cut = database.read_bytes()[: database.stat().st_size // 2]
    database.write_bytes(cut)
    with pytest.raises(StorageDamaged):
        open_store(tmp_path)
    assert database.read_bytes() == cut


def test_a_file_that_is_shorter_than_its_header_says_is_completed_from_its_log(tmp_path: Path) -> None:
    database = filled(tmp_path)
    before = database.stat().st_size
    office = Office(tmp_path)
    given = [office.ids.new("item") for _ in range(50)]
    items = [office.submit() for _ in given]
    log = database.with_name(f"{DATABASE}-wal").read_bytes()
    office.close()
    written_back = database.read_bytes()
    assert len(written_back) > before
    database.write_bytes(written_back[:before])  # the power went before the new pages were on the disk
    database.with_name(f"{DATABASE}-wal").write_bytes(log)
    (tmp_path / "workloom.lock").write_text("open 1234\n")
    store = open_store(tmp_path)
    with store.reading() as reader:
        assert all(reader.items.get(item) for item in items)
    store.close()
    assert database.stat().st_size == len(written_back)


def test_damage_inside_is_found_at_the_first_opening_after_an_unclean_end(tmp_path: Path) -> None:
    database = filled(tmp_path)
    content = bytearray(database.read_bytes())
    for page in range(4096 * 3, len(content), 4096):
        content[page : page + 64] = b"\xff" * 64
    database.write_bytes(content)
    (tmp_path / "workloom.lock").write_text("open 1234\n")
    with pytest.raises(StorageDamaged):
        open_store(tmp_path)
    with pytest.raises(StorageDamaged):
        open_store(tmp_path)
    assert database.read_bytes() == bytes(content)


def test_data_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    database = filled(tmp_path)
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO migration VALUES (9999, '9999_later.sql', 'x')")
    connection.close()
    with pytest.raises(StorageTooNew, match="later version"):
        open_store(tmp_path)


def test_a_migration_that_is_not_the_one_applied_is_said(tmp_path: Path) -> None:
    database = filled(tmp_path)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE migration SET checksum = 'other'")
    connection.close()
    with pytest.raises(StorageError, match="another edition of migration"):
        open_store(tmp_path)


_AS_NOBODY = """
import os
from workloom.adapters.sqlite import items
from workloom.adapters.sqlite.opening import open_store
from workloom.adapters.sqlite.tables import Tables
from workloom.domain.errors import WorkloomError
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    open_store(".")
except WorkloomError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("has_data", [True, False])
def test_a_folder_that_cannot_be_written_is_said_in_plain_words(tmp_path: Path, *, has_data: bool) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    if has_data:
        filled(folder)
    before = sorted(folder.iterdir())
    folder.chmod(0o555)
    found = subprocess.run([sys.executable, "-c", _AS_NOBODY], cwd=folder, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert found.stdout.startswith(StorageReadOnly.__name__), found.stdout + found.stderr
    assert "cannot be written" in found.stdout
    assert sorted(folder.iterdir()) == before


def test_what_was_acknowledged_is_there_after_the_store_is_opened_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    ann = office.log_in("ann")
    item = office.take(ann).id
    office.do(ann, MarkDone(item=item))
    before = office.item(item)
    office.close()
    store = open_store(tmp_path)
    with store.reading() as reader:
        assert reader.items.get(item) == before
    store.close()


def test_data_of_an_earlier_schema_is_brought_up_to_date_with_all_that_it_holds(tmp_path: Path) -> None:
    office = Office(tmp_path / "earlier")
    ann = office.log_in("ann")
    item = office.do(ann, MarkDone(item=office.take(ann).id))
    waiting = office.submit(priority=3)
    ann.presence.log_off()
    office.close()
    earlier = tmp_path / "earlier" / DATABASE
    back_to_the_first_schema(earlier)
    again = Office(tmp_path / "earlier")
    assert again.item(item.id) == item
    again.log_in("bob")
    again.step()
    assert again.item(waiting).state is State.OFFERED
    again.close()
    Office(tmp_path / "new").close()
    assert schema_of(earlier) == schema_of(tmp_path / "new" / DATABASE)


def back_to_the_first_schema(path: Path) -> None:
    """Put its indexes in the place of the present ones and drop later columns and tables, as its version left them."""
    first, *later = migrations(FOLDER)
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql <> ''").fetchall():
        connection.execute(f"DROP INDEX {name}")
    for each in later:
        for table, column in re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", each.sql):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        for table in re.findall(r"CREATE TABLE (\w+)", each.sql):
            connection.execute(f"DROP TABLE {table}")
    for statement in re.findall(r"CREATE (?:UNIQUE )?INDEX[^;]+;", first.sql):
        connection.execute(statement)
    connection.execute("DELETE FROM migration WHERE number > ?", (first.number,))
    connection.commit()
    connection.close()


def test_migrations_are_numbered_without_gaps_each_number_once() -> None:
    numbers = [each.number for each in migrations(FOLDER)]
    assert numbers == list(range(1, len(numbers) + 1))


def schema_of(path: Path) -> set[tuple[str, str]]:
    """Name and statement of each table and index."""
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master").fetchall()
    connection.close()
    return {(name, sql) for name, sql in found}

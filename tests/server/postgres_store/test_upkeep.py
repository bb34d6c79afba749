"""`workloom db` on PostgreSQL."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.contract.configuration.provisioning import site_text
from tests.contract.engine.office import Office
from tests.server.postgres import PostgresServer
from workloom.adapters.postgres.store import PostgresStore
from workloom.adapters.postgres.upkeep import PostgresUpkeep
from workloom.cli import main
from workloom.domain.commands import MarkDone
from workloom.domain.errors import StorageError
from workloom.services.site_documents import SiteCache


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["db", *map(str, words)])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_an_empty_database_is_brought_up_to_date_once(
    empty_database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "workloom db upgrade" in said(capsys, "check", "--database", empty_database)[2]
    assert (
        "0001_engine.sql, 0002_long_values.sql, 0003_event_frontier.sql applied"
        in said(capsys, "upgrade", "--database", empty_database)[1]
    )
    monkeypatch.setenv("WORKLOOM_DATABASE", empty_database)
    assert "is up to date" in said(capsys, "upgrade")[1]
    assert said(capsys, "check")[0] == 0


def test_the_site_and_its_clients_are_set_up_by_command(
    empty_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKLOOM_DATABASE", empty_database)
    monkeypatch.setenv("WORKLOOM_DATA", str(tmp_path / "unused"))
    file = tmp_path / "site.toml"
    file.write_text(site_text() + '\n[capture-points.door]\nqueue = "claims"\n', encoding="utf-8")
    assert main(["site", "apply", str(file)]) == 1
    assert "workloom db upgrade" in capsys.readouterr().err
    for words in (["db", "upgrade"], ["client", "list"], ["site", "apply", "--dry-run", str(file)]):
        assert main(words) == 0
    assert main(["site", "show"]) == 1, "nothing has begun with the demo site, nor was anything applied"
    for words in (["site", "apply", str(file)], ["client", "add", "monitor", "--point", "door"]):
        assert main(words) == 0
    store = PostgresStore(empty_database)
    with store.reading() as reader:
        assert "monitor" in SiteCache().of(reader).clients
    store.close()
    assert not (tmp_path / "unused").exists()


def test_a_broken_promise_is_found(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(PostgresStore(database))
    ann = office.log_in("ann")
    item = office.do(ann, MarkDone(item=office.take(ann).id))
    office.close()
    assert said(capsys, "check", "--database", database)[0] == 0
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE interaction SET assigned_to = 'bob'")
    code, _, err = said(capsys, "check", "--database", database)
    assert code == 1
    assert "I1 is broken: an item is in exactly one place" in err
    assert item.id in err


def test_a_backup_can_be_restored(
    postgres: PostgresServer, database: str, empty_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(PostgresStore(database))
    item = office.submit()
    office.close()
    copy = tmp_path / "workloom.dump"
    code, out, err = said(capsys, "backup", copy, "--database", database)
    assert (code, err) == (0, "")
    assert "is backed up" in out
    restore = shutil.which("pg_restore") or str(postgres.programs / "pg_restore")
    subprocess.run([restore, "--no-owner", f"--dbname={empty_database}", copy], check=True)
    store = PostgresStore(empty_database)
    with store.reading() as reader:
        assert reader.items.get(item) is not None
    store.close()


def test_a_program_that_is_missing_or_too_old_is_said(database: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no-such-program was not found"):
        PostgresUpkeep(database, "no-such-program").backup(tmp_path / "copy")
    old = tmp_path / "old_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    with pytest.raises(StorageError, match=r"too old for the server.*Install the client programs"):
        PostgresUpkeep(database, str(old)).backup(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_the_password_of_a_dsn_is_in_no_message(tmp_path: Path) -> None:
    upkeep = PostgresUpkeep("postgresql://someone:canary@127.0.0.1:1/name")
    for call in (upkeep.upgrade, upkeep.check, lambda: upkeep.backup(tmp_path / "copy")):
        with pytest.raises(StorageError) as raised:
            call()
        assert "canary" not in str(raised.value)
    assert "canary" not in os.environ.get("PGPASSWORD", "")

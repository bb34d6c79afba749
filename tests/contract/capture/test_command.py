"""`workloom capture`, as it is typed."""

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.capture.desk import SERVICENOW
from workloom.adapters.sqlite.opening import open_store
from workloom.adapters.sqlite.store import connect
from workloom.bootstrap.demo_export import demo_export
from workloom.bootstrap.engine import open_engine
from workloom.cli import main
from workloom.cli.capture import ProgressLine
from workloom.domain.capture_messages import Counts
from workloom.services.capture import Progress


def capture(folder: Path, file: Path, *more: str) -> int:
    """Run the import on an embedded data folder below the given one."""
    arguments = ["capture", "import", str(file), "--point", "servicedesk", "--mapping", str(SERVICENOW)]
    return main([*arguments, "--data", str(folder / "data"), *more])


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A made-up export in a folder of its own."""
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "incidents.csv"
    path.write_text(demo_export(incidents=5), encoding="utf-8")
    return path


def test_json_is_one_object_of_the_counts(tmp_path: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = len(export.read_text(encoding="utf-8").splitlines()) - 1
    assert capture(tmp_path, export, "--json", "--verbs", "create") == 0
    assert json.loads(capsys.readouterr().out) == {
        "created": 5,
        "updated": 0,
        "completed": 0,
        "unchanged": 0,
        "skipped": rows - 5,
        "rejected": 0,
    }
    assert capture(tmp_path, export, "--json") == 0
    assert json.loads(capsys.readouterr().out)["completed"] == 5


def test_the_summary_says_when_nothing_has_changed(
    tmp_path: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capture(tmp_path, export)
    assert "Nothing has changed." not in capsys.readouterr().out
    capture(tmp_path, export)
    assert capsys.readouterr().out.endswith("Nothing has changed.\n")


def test_rejected_rows_are_counted_and_the_exit_code_is_0(
    tmp_path: Path, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export.write_text(export.read_text(encoding="utf-8") + "one,two\n", encoding="utf-8")
    rejects = tmp_path / "bad rows.csv"
    assert capture(tmp_path, export, "--rejects", str(rejects)) == 0
    printed = capsys.readouterr()
    assert "rejected          1" in printed.out
    assert str(rejects) in printed.err
    assert "The row has 2 columns, the header has 36." in rejects.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.csv", "--point", "servicedesk", "--mapping", "{mapping}"], "gone.csv: The file cannot be opened"),
        (["{export}", "--point", "nowhere", "--mapping", "{mapping}"], "There is no capture point “nowhere”."),
        (["{export}", "--point", "servicedesk"], "A mapping is needed: --mapping FILE.toml"),
        (["{export}", "--point", "servicedesk", "--mapping", "{export}"], "incidents.csv:1:7: this is no TOML"),
    ],
)
def test_what_cannot_be_used_at_all_gives_1_and_a_plain_line(
    tmp_path: Path, export: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    filled = [text.format(export=export, mapping=SERVICENOW) for text in arguments]
    assert main(["capture", "import", *filled, "--data", str(tmp_path / "data")]) == 1
    printed = capsys.readouterr()
    assert message in printed.err
    assert "Traceback" not in printed.err
    assert not printed.out


def test_a_file_that_cannot_be_used_leaves_no_data_folder_behind(tmp_path: Path, export: Path) -> None:
    assert capture(tmp_path, export.with_name("gone.csv")) == 1
    assert not (tmp_path / "data").exists()


def test_a_full_disk_says_what_is_imported_and_loses_nothing_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    export = tmp_path / "many.csv"
    export.write_text(demo_export(incidents=150), encoding="utf-8")
    assert main(["site", "apply", str(_demo_site()), "--data", str(tmp_path / "data")]) == 0
    capsys.readouterr()

    def connect_to_a_small_disk(path: str) -> sqlite3.Connection:
        connection = connect(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 60}")
        return connection

    with monkeypatch.context() as small:
        small.setitem(open_store.__kwdefaults__ or {}, "connect", connect_to_a_small_disk)
        assert capture(tmp_path, export, "--json") == 1
    printed = capsys.readouterr()
    assert not printed.out
    kept = int(re.search(r"(\d+) rows are imported", printed.err)[1])  # type: ignore[index]
    assert "No space is left" in printed.err
    assert kept > 0
    assert capture(tmp_path, export, "--json") == 0
    counts = json.loads(capsys.readouterr().out)
    assert sum(counts.values()) == len(export.read_text(encoding="utf-8").splitlines()) - 1
    assert counts["unchanged"] >= kept
    assert counts["created"] < 150


def test_who_interrupts_an_import_is_told_what_is_imported_and_loses_nothing_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    export = tmp_path / "many.csv"
    export.write_text(demo_export(incidents=150), encoding="utf-8")
    screen = WatchedTerminal()
    with monkeypatch.context() as watched:
        watched.setattr(sys, "stderr", screen)
        assert capture(tmp_path, export) == 130
    assert screen.getvalue().endswith("workloom: 200 rows are imported. Import the file once more to go on.\n")
    assert capture(tmp_path, export, "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] >= 200


def test_an_unknown_verb_is_wrong_usage(tmp_path: Path, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        capture(tmp_path, export, "--verbs", "create,close")
    assert caught.value.code == 2
    assert "“close” is no verb; there are create, update" in capsys.readouterr().err


def test_it_works_beside_an_open_engine_which_sees_the_change(tmp_path: Path, export: Path) -> None:
    data = tmp_path / "data"
    assert main(["site", "apply", str(_demo_site()), "--data", str(data)]) == 0
    engine = open_engine(data)
    engine.start()
    try:
        rings = engine.wake.rings
        command = [sys.executable, "-m", "workloom", "capture", "import", str(export), "--point", "servicedesk"]
        done = subprocess.run(
            [*command, "--mapping", str(SERVICENOW), "--json"],
            env={**os.environ, "WORKLOOM_DATA": str(data)},
            capture_output=True,
            check=True,
            timeout=50,
        )
        assert json.loads(done.stdout)["created"] == 5
        assert engine.wake.wait(rings, timeout=10)
        with engine.store.reading() as reader:
            assert reader.items.by_external("servicedesk", "INC0000001") is not None
    finally:
        engine.stop()


def test_the_demo_export_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "demo.csv"
    assert main(["capture", "demo", str(file), "--incidents", "3", "--seed", "7"]) == 0
    assert file.read_text(encoding="utf-8") == demo_export(seed=7, incidents=3)
    assert main(["capture", "demo", str(file)]) == 1
    assert "There is such a file already." in capsys.readouterr().err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class WatchedTerminal(Terminal):
    """A terminal at which somebody presses Ctrl-C as soon as rows are imported."""

    def write(self, text: str, /) -> int:
        if "% " in text:
            raise KeyboardInterrupt
        return super().write(text)


def test_progress_is_one_rewritten_line_on_a_terminal_and_a_line_each_second_elsewhere() -> None:
    times = iter([0.0, 0.5, 1.1, 1.1, 1.5, 2.3, 2.3])
    plain = io.StringIO()
    line = ProgressLine(plain, lambda: next(times))
    for part in (0.1, 0.2, 0.3, 0.4):
        line(Progress(Counts(created=200, rejected=1), part))
    line.end()
    assert plain.getvalue() == " 20%  201 rows: 200 created, 1 rejected\n 40%  201 rows: 200 created, 1 rejected\n"
    terminal = Terminal()
    line = ProgressLine(terminal, lambda: 0.0)
    line(Progress(Counts(created=200), 0.5))
    line.end()
    assert terminal.getvalue() == "\r\x1b[K 50%  200 rows: 200 created\r\x1b[K"


def _demo_site() -> Path:
    import workloom.bootstrap

    return Path(workloom.bootstrap.__path__[0]) / "demo_site.toml"

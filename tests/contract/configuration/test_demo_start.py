"""The first start of an empty folder: the demo site with all of its work, or nothing, however the start ends."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from signal import Signals

import pytest

from workloom.adapters.sqlite.opening import open_store
from workloom.adapters.sqlite.store import connect
from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.demo_work import begin_from_demo
from workloom.bootstrap.engine import Engine, engine_on, open_engine
from workloom.domain.errors import StorageFull

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
BEFORE_THE_WORK = 40
"""Pages of a file that holds the schema and the site, and little of the work."""

CUT_OFF = """
import os, signal, sys
from workloom.__main__ import main
from workloom.bootstrap import demo_work

times = iter(range(20))

def dies_at_the_last(self, piece, really=demo_work._Weeks._handle):
    if next(times, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    really(self, piece)

demo_work._Weeks._handle = dies_at_the_last
sys.exit(main(["--data", sys.argv[1], "explain", "agent", "lena"]))
"""
"""A command that is the first on its folder, and is killed when it has done a part of the demo's work."""


def counts(engine: Engine) -> tuple[int, int]:
    """How many items there are, and how many events have happened."""
    with engine.store.reading() as reader:
        events = reader.events.after(0, limit=100_000)
        return len({event.item for event in events if event.item}), len(events)


def whole(folder: Path) -> tuple[int, int]:
    """The same of a start that nothing disturbs."""
    engine = open_engine(folder)
    try:
        assert begin_from_demo(engine, installed_options(), NOW)
        return counts(engine)
    finally:
        engine.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_first_start_that_is_killed_leaves_nothing_and_the_next_one_begins_anew(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    ended = subprocess.run(
        [sys.executable, "-c", CUT_OFF, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == -Signals.SIGKILL, ended.stderr
    engine = open_engine(folder)
    try:
        assert engine.configuration.site().version == 0
        assert counts(engine) == (0, 0)
    finally:
        engine.stop()
    assert whole(folder) == whole(tmp_path / "other")


def test_a_first_start_that_fills_the_disk_leaves_nothing(tmp_path: Path) -> None:
    def on_a_small_disk(path: str) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute(f"PRAGMA max_page_count = {BEFORE_THE_WORK}")
        return connection

    open_engine(tmp_path).stop()  # the schema, while there is room
    engine = engine_on(open_store(tmp_path, connect=on_a_small_disk), installed_options())
    try:
        with pytest.raises(StorageFull):
            begin_from_demo(engine, installed_options(), NOW)
        assert engine.configuration.site().version == 0
        assert counts(engine) == (0, 0)
    finally:
        engine.stop()


def test_a_folder_that_has_a_site_stays_as_it_is(tmp_path: Path) -> None:
    before = whole(tmp_path)
    engine = open_engine(tmp_path)
    try:
        assert begin_from_demo(engine, installed_options(), NOW) is None
        assert counts(engine) == before
    finally:
        engine.stop()

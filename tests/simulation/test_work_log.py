"""A log of work: what is read of it, what is refused, and its replay."""

import gzip
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.simulation.logs import MORNING, event, office_day, written
from workloom.adapters.files.xes import logged_events
from workloom.bootstrap.simulation import replay_log
from workloom.cli import main
from workloom.domain.errors import BadInput
from workloom.simulation.work_log import work_log

REAL = Path(os.environ.get("WORKLOOM_REAL_DATA", "")) / "bpic2012.xes.gz"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_each_stretch_of_work_is_an_item_that_came_when_it_was_scheduled_or_put_down(tmp_path: Path) -> None:
    rows = [
        ("W_Check", "SCHEDULE", "", MORNING),
        ("W_Check", "START", "ann", MORNING + minutes(10)),
        ("O_SENT", "COMPLETE", "ann", MORNING + minutes(11)),
        ("W_Check", "COMPLETE", "ann", MORNING + minutes(15)),
        ("W_Check", "START", "bob", MORNING + minutes(60)),
        ("W_Check", "COMPLETE", "bob", MORNING + minutes(61)),
        ("W_Check", "START", "", MORNING + minutes(90)),
        ("W_Check", "COMPLETE", "", MORNING + minutes(91)),
    ]
    log = work_log(logged_events(written(tmp_path / "log.xes", [("C1", rows)])))
    first, second = log.works
    assert (first.resource, first.arrived, first.started, first.seconds) == ("ann", MORNING, MORNING + minutes(10), 300)
    assert (second.resource, second.arrived, second.seconds) == ("bob", MORNING + minutes(15), 60)
    assert log.shifts["ann"] == ((MORNING + minutes(10), MORNING + minutes(40)),)


def test_work_left_open_over_night_counts_until_its_person_went_home(tmp_path: Path) -> None:
    rows = [
        ("W_Check", "START", "ann", MORNING),
        ("W_Check", "COMPLETE", "ann", MORNING + timedelta(days=1)),
        ("W_Check", "START", "ann", MORNING + timedelta(days=1)),
        ("W_Check", "COMPLETE", "ann", MORNING + timedelta(days=1, minutes=1)),
    ]
    log = work_log(logged_events(written(tmp_path / "log.xes", [("C1", rows)])))
    assert [work.seconds for work in log.works] == [1800, 60]
    assert len(log.shifts["ann"]) == 2
    assert len(log.part(0.5).works) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('<!DOCTYPE log [<!ENTITY a "b">]><log>&a;</log>', "document type"),
        ('<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', "document type"),
        ("<log><trace>", "no XML that can be read"),
        ("<html></html>", "begins with <log>"),
        ("<log>" + "<list>" * 40 + "</list>" * 40 + "</log>", "nested deeper"),
        (f'<log><string key="a" value="{"x" * 20_000}"/></log>', "longer than"),
        ("<log><trace><event/></trace></log>", "time:timestamp"),
    ],
)
def test_what_is_no_log_or_means_harm_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "log.xes"
    path.write_text(text)
    with pytest.raises(BadInput, match=says) as refused:
        list(logged_events(path))
    assert "line 1" in refused.value.where


def test_a_damaged_archive_and_a_missing_file_are_said(tmp_path: Path) -> None:
    whole = office_day(tmp_path / "log.xes.gz").read_bytes()
    (tmp_path / "cut.xes.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match="damaged"):
        list(logged_events(tmp_path / "cut.xes.gz"))
    with pytest.raises(BadInput, match="cannot be read"):
        list(logged_events(tmp_path / "absent.xes"))


def test_a_log_without_work_is_said(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_text(f"<log><trace>{event(('A_SENT', 'COMPLETE', 'ann', MORNING))}</trace></log>")
    with pytest.raises(BadInput, match="no work"):
        work_log(logged_events(path))


def test_a_day_is_replayed_with_its_people_and_every_item_gets_done(tmp_path: Path) -> None:
    report = replay_log(office_day(tmp_path / "log.xes.gz"))
    assert report.holds
    assert report.states == {"finished": 90}
    assert {who.agent for who in report.agents} == {"P1", "P2", "P3", "P4"}
    assert 30 <= report.handled.p50 <= 600
    assert report.waits.count == 90
    assert "log: wait" in report.table()


def test_a_replay_is_the_same_each_time(tmp_path: Path) -> None:
    path = office_day(tmp_path / "log.xes")
    assert replay_log(path) == replay_log(path)


def test_the_command_prints_the_replay_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = office_day(tmp_path / "log.xes")
    assert main(["simulate", "--log", str(path), "--days", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["scenario"]["log"] == "log.xes"
    assert found["states"] == {"finished": 90}


def test_a_file_that_is_no_log_ends_the_command_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log.xes").write_bytes(gzip.compress(b"not a log"))
    assert main(["simulate", "--log", str(tmp_path / "log.xes")]) != 0
    assert "no XML" in capsys.readouterr().err


@pytest.mark.skipif(not REAL.is_file(), reason="WORKLOOM_REAL_DATA names no folder with bpic2012.xes.gz")
def test_a_week_of_a_bank_is_replayed() -> None:
    report = replay_log(REAL, days=7)
    assert report.holds
    assert report.states == {"finished": 994}

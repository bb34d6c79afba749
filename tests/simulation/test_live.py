"""Simulated agents in real time on an engine of their own."""

import json
from pathlib import Path

import pytest

from tests.simulation.logs import office_day
from workloom.bootstrap.live import embedded, people_in
from workloom.cli import main
from workloom.domain.errors import BadInput
from workloom.simulation.scenario import Habits, Scenario

BUSY = Habits(
    rejects=0.1, ignores=0.02, transfers=0.1, retries=0.3, works_between_crashes=900.0, handles=60.0, answer=2.0
)


def test_agents_work_in_real_time_and_every_promise_holds(tmp_path: Path) -> None:
    report = embedded(tmp_path, Scenario(agents=6, items=120, hours=0.1, habits=BUSY), speed=60.0)
    assert report.promises
    assert [promise for promise in report.promises if promise.broken] == []
    assert report.items == 120
    assert report.actions["MarkDone"] >= 20
    assert report.actions["retry"] >= 5
    assert report.answered["accept"].count == report.actions["Accept"]
    assert "accept" in report.table()


def test_a_log_is_replayed_at_a_chosen_speed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = office_day(tmp_path / "log.xes.gz", cases=20)
    words = ["simulate", "--embedded", str(tmp_path / "data"), "--log", str(path), "--speed", "5000", "--json"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["items"] == 30
    assert found["states"].get("finished", 0) >= 25
    assert 30 <= found["handled"]["p50"] <= 1200


def test_a_folder_with_another_site_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.contract.engine.office import Office

    Office(tmp_path).close()
    assert main(["simulate", "--embedded", str(tmp_path), "--hours", "0.001"]) != 0
    assert "a folder of their own" in capsys.readouterr().err


def test_users_are_read_one_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "users.txt"
    path.write_text("ann open sesame\n\nbob x\n")
    assert people_in(path) == (("ann", "open sesame"), ("bob", "x"))
    path.write_text("ann\n")
    with pytest.raises(BadInput, match="line 1"):
        people_in(path)

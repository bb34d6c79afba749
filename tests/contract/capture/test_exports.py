"""A whole export of a service desk: the project's own, and a real one where WORKLOOM_REAL_DATA names its folder."""

import csv
import os
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from tests.contract.capture.desk import SERVICENOW, Desk
from workloom.bootstrap.capture_files import Import, import_file
from workloom.bootstrap.demo import demo_site
from workloom.bootstrap.demo_capture import import_demo
from workloom.bootstrap.demo_export import COLUMNS, demo_export
from workloom.domain.capture_messages import Counts, Verb
from workloom.domain.events import EventKind
from workloom.domain.interaction import State

_REAL = Path(os.environ.get("WORKLOOM_REAL_DATA", "")) / "servicenow_incidents.csv"
_ABSENT = f"the real export is not here: WORKLOOM_REAL_DATA names no folder with {_REAL.name}"


needs_the_real_export = pytest.mark.skipif(not _REAL.is_file(), reason=_ABSENT)


@pytest.fixture(params=["made up", pytest.param("real", marks=needs_the_real_export)])
def export(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An export: made up, and the real one."""
    if request.param == "real":
        return _REAL
    made = tmp_path / "made_up.csv"
    made.write_text(demo_export(incidents=200), encoding="utf-8")
    return made


def read(export: Path) -> list[dict[str, str]]:
    with export.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_an_export_is_created_then_completed_then_known(desk: Desk, export: Path) -> None:
    rows = read(export)
    numbers = {row["number"] for row in rows}

    created = desk.bring_file(export, SERVICENOW, verbs=[Verb.CREATE]).counts
    assert created == Counts(created=len(numbers), skipped=len(rows) - len(numbers))
    states = Counter(desk.item(number).state for number in numbers)
    assert states == {State.QUEUED: len(numbers)}

    imported = desk.bring_file(export, SERVICENOW)
    whole = imported.counts
    assert not imported.warnings
    assert (whole.created, whole.completed, whole.rejected, whole.rows) == (0, len(numbers), 0, len(rows))
    assert whole.updated > 0
    for number in numbers:
        assert desk.item(number).state is State.FINISHED
        kinds = desk.kinds(number)
        assert (kinds[0], kinds[-1]) == (EventKind.SUBMITTED, EventKind.COMPLETED_BY_SOURCE)
        assert kinds.count(EventKind.COMPLETED_BY_SOURCE) == 1
        assert EventKind.UPDATED_BY_SOURCE in kinds

    last = desk.last_event()
    assert desk.bring_file(export, SERVICENOW).counts == Counts(unchanged=len(rows))
    assert desk.last_event() == last


def test_an_export_in_one_go_ends_the_same(desk: Desk, export: Path) -> None:
    rows = read(export)
    numbers = {row["number"] for row in rows}
    counts = desk.bring_file(export, SERVICENOW).counts
    assert (counts.created, counts.completed, counts.rows) == (len(numbers), len(numbers), len(rows))
    final = {row["number"]: row for row in rows}
    for number, row in final.items():
        assert desk.item(number).attached["State"] == row["incident_state"] == "Closed"
        assert desk.item(number).attached.get("Group", "?") == row["assignment_group"]


def test_the_made_up_export_has_the_habits_of_a_real_one(tmp_path: Path) -> None:
    export = tmp_path / "made_up.csv"
    export.write_text(demo_export(incidents=200), encoding="utf-8")
    rows = read(export)
    assert tuple(rows[0]) == COLUMNS
    assert len(COLUMNS) == 36
    incidents: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        incidents.setdefault(row["number"], []).append(row)
    pairs = [pair for each in incidents.values() for pair in pairwise(each)]
    assert any(each[0]["incident_state"] != "New" for each in incidents.values())
    assert any(sum(row["incident_state"] == "Closed" for row in each) > 1 for each in incidents.values())
    assert any(int(later["sys_mod_count"]) < int(earlier["sys_mod_count"]) for earlier, later in pairs)
    assert any(
        all(earlier[column] == later[column] for column in COLUMNS if not column.startswith("sys_"))
        for earlier, later in pairs
    )
    assert any(each[0]["sys_mod_count"] == each[-1]["sys_mod_count"] for each in incidents.values() if len(each) > 1)
    assert any("?" in row.values() for row in rows)
    assert all(each[-1]["incident_state"] == "Closed" for each in incidents.values())


def test_a_seed_makes_one_export() -> None:
    assert demo_export(seed=3, incidents=20) == demo_export(seed=3, incidents=20) != demo_export(seed=4, incidents=20)


def test_the_demo_begins_with_incidents_waiting_and_incidents_done(tmp_path: Path) -> None:
    desk = Desk(tmp_path, site=demo_site().site)
    counts = import_demo(desk.capture)
    desk.store.close()
    assert (counts.created, counts.completed, counts.rejected) == (120, 72, 0)


def test_the_demo_reads_its_export_by_the_documented_mapping() -> None:
    shipped = files("workloom.bootstrap").joinpath("demo_mapping.toml").read_text(encoding="utf-8")
    assert shipped == SERVICENOW.read_text(encoding="utf-8")


def test_rejected_rows_go_beside_the_export(desk: Desk) -> None:
    text = demo_export(incidents=3).replace(",New,", ",Lost,", 1)
    file = desk.file(text, "march.csv")
    imported = import_file(
        desk.capture, Import(file=file, point="servicedesk", mapping=SERVICENOW, data=desk.folder / "data")
    )
    assert imported.counts.rejected == 1
    assert imported.rejects == desk.folder / "march.csv.rejected.csv"


def test_rejected_rows_of_an_earlier_import_go_when_no_row_is_rejected_any_more(desk: Desk) -> None:
    good = demo_export(incidents=3)
    left = desk.folder / "march.csv.rejected.csv"
    assert desk.bring_file(desk.file(good.replace(",New,", ",Lost,", 1), "march.csv"), SERVICENOW).rejects == left
    assert desk.bring_file(desk.file(good, "march.csv"), SERVICENOW).rejects is None
    assert not left.exists()


@needs_the_real_export
def test_of_the_real_export_each_row_that_changes_something_is_carried_over(desk: Desk) -> None:
    assert desk.bring_file(_REAL, SERVICENOW, verbs=[Verb.CREATE]).counts == Counts(created=890, skipped=5108)
    assert desk.bring_file(_REAL, SERVICENOW).counts == Counts(updated=2702, completed=890, unchanged=2406)
    assert desk.bring_file(_REAL, SERVICENOW).counts == Counts(unchanged=5998)

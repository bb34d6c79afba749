"""Each fault that a hostile plugin makes is listed with plugin, place and time, and no report quotes what it said."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from fault_zoo.places import PLACES, said_of
from PyQt6.QtWidgets import QLabel, QTableView, QWidget

from tests.shell.hostile.conftest import MakeHostile
from tests.shell.hostile.test_hostile_plugins import AT_THE_END, work
from tests.shell.hostile.working import log_in
from workloom.api import Fault
from workloom.cli import main
from workloom.plugin_manager.seen import read_seen
from workloom.testing.desktop.person import Person
from workloom_inspector.views.main import PluginsView

CUSTOMER = ("Petra", "Vogel", "1234567")
LISTED = re.compile(r"(\d\d:\d\d:\d\d)  (\S+)  (.+?)  (\w+)(?:  paused)?")


def administrator(window: QWidget) -> Person:
    """Somebody who may inspect plugins, logged in at a window of the same desktop."""
    person = Person(window)  # type: ignore[arg-type]  # a window of a desktop is one
    log_in(person, "ines")
    return person


def read_in_the_inspector(person: Person, view: PluginsView, plugin: str) -> str:
    """What the inspector says of the last fault of a plugin: its time, and the report."""
    table = view.table.widget
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    row = [info.id for info in view.overview.infos].index(plugin)
    table.setCurrentIndex(model.index(row, 0))
    title, name = f"The {plugin}", "inspector.title"
    person.until(title, lambda: [one.text() for one in view.panel.findChildren(QLabel, name)] == [title])
    view.panel.choose("faults")
    return "\n".join(label.text() for label in view.panel.findChildren(QLabel))


def hour(fault: Fault) -> str:
    """When it was, as it is said."""
    return f"{fault.at.astimezone():%H:%M:%S}"


def whole(bundle: Path) -> str:
    """All that a bundle holds."""
    with ZipFile(bundle) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist())


def is_kept(folder: Path, fault: Fault) -> bool:
    """Whether the file for others has a fault, or newer ones."""
    seen = read_seen(folder)
    return seen is not None and any(one.at >= fault.at for one in seen.faults)


@pytest.mark.timeout(180)
def test_every_fault_that_is_seeded_is_listed_by_the_inspector_and_from_outside_and_no_bundle_quotes_it(
    make_hostile: MakeHostile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desktop = make_hostile(f"raise ValueError({' '.join(CUSTOMER)!r})")
    (window,) = desktop.windows.windows
    person = Person(window)
    work(person, desktop)
    plugins = desktop.connection.there.plugins
    seeded = {(id_, said_of(id_)) for id_ in PLACES if id_ not in AT_THE_END}
    person.until("all", lambda: seeded <= {(one.plugin, one.where) for one in plugins.faults()})

    inspecting = administrator(desktop.windows.open_window())
    desk = inspecting.window.desk
    assert desk is not None
    desk.show_view("inspector.plugins")
    inspecting.until("the inspector", lambda: bool(inspecting.window.findChildren(QWidget, "inspector.title")))
    (view,) = inspecting.window.findChildren(PluginsView)
    view.look()
    for id_, where in sorted(seeded):
        read = read_in_the_inspector(inspecting, view, id_)
        last = view.overview.faults_of(id_)[0]  # some fail each second, until they are paused
        assert f"{where} · {last.error}" in read
        assert f"Last fault, {hour(last)}" in read
    view.save_bundle(tmp_path / "inside.zip")

    folder = tmp_path / "data"
    faults = plugins.faults()
    person.until("the file", lambda: is_kept(folder, faults[-1]))
    capsys.readouterr()
    assert main(["plugin", "faults", "--data", str(folder), "--trace"]) == 0
    said = capsys.readouterr().out
    listed = {found.groups() for found in map(LISTED.fullmatch, said.splitlines()) if found}
    still = set(plugins.faults())  # newer ones may have driven out the oldest
    assert {(hour(one), one.plugin, one.where, one.error) for one in faults if one in still} - listed == set()
    assert main(["plugin", "bundle", "--data", str(folder), str(tmp_path / "outside.zip")]) == 0
    for report in (said, whole(tmp_path / "inside.zip"), whole(tmp_path / "outside.zip")):
        assert [where for _id, where in seeded if where not in report] == []
        assert [word for word in CUSTOMER if word in report] == []

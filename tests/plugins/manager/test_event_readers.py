"""Plugins of the engine read the log of events: in order, at least once, across faults and restarts, without Qt."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import sleep

import pytest

from tests.plugins.manager.making import Yard
from workloom.api import Event, EventKind
from workloom.api.backends import BackendPlace
from workloom.bootstrap.embedded import open_embedded
from workloom.bootstrap.engine_plugins import event_feeds
from workloom.domain.core_options import core_catalogue
from workloom.services.event_feed import EventFeed
from workloom.testing.office import Office

MANIFEST = """
engine = "{package}.plugin:Plugin"
desktop = ""
[[event-reader]]
id = "audit.log"
kinds = ["submitted"]
batch = 2
"""
CODE = """
import os
from pathlib import Path

class Plugin:
    @hook
    def event_readers(self, context):
        out = Path(os.environ["AUDIT_OF_THE_TESTS"])

        def take(events):
            text = out.read_text() if out.exists() else ""
            if "stop" in text:
                raise OSError("the disk is full")
            out.write_text(text + " ".join(str(event.sequence) for event in events) + "\\n")

        return [EventReader(id="audit.log", take=take)]
"""


class Taker:
    """Takes events unless it is told not to."""

    def __init__(self) -> None:
        self.took: list[int] = []
        self.works = True

    def __call__(self, events: Sequence[Event]) -> bool:
        if self.works:
            self.took += [event.sequence for event in events]
        return self.works


def feed(office: Office, take: Taker, *kinds: EventKind, batch: int = 2) -> EventFeed:
    """A reader as after a start of the engine."""
    return EventFeed(office.engine.store, office.engine.wake, "audit/log", take, kinds, batch)


def steps(one: EventFeed) -> list[bool | None]:
    """Step until nothing comes any more, or it is not taken."""
    done: list[bool | None] = []
    while not done or done[-1]:
        done.append(one.step())
    return done


@pytest.fixture(params=["file", "memory"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An office with five items."""
    office = Office(tmp_path / "data" if request.param == "file" else ":memory:")
    for _ in range(5):
        office.submit()
    yield office
    office.close()


def test_events_come_in_order_from_the_first_and_after_a_restart_from_where_it_was(office: Office) -> None:
    take = Taker()
    steps(feed(office, take))
    first = list(take.took)
    assert len(first) > 5
    assert first == sorted(first)
    office.submit()
    steps(feed(office, take))
    assert take.took == sorted(set(take.took))
    assert len(take.took) == len(first) + 1


def test_events_that_were_not_taken_come_again(office: Office) -> None:
    take = Taker()
    one = feed(office, take, EventKind.SUBMITTED)
    take.works = False
    assert steps(one) == [False] or one.step() is False
    assert take.took == []
    take.works = True
    steps(one)
    assert len(take.took) == 5
    assert one.step() is None


def test_two_readers_have_a_place_of_their_own_in_the_log(office: Office) -> None:
    quick, slow = Taker(), Taker()
    steps(feed(office, quick))
    other = EventFeed(office.engine.store, office.engine.wake, "other/log", slow, (), 500)
    steps(other)
    assert slow.took == quick.took


def test_of_several_nodes_one_feeds_the_reader_and_another_goes_on_when_it_is_lost(office: Office) -> None:
    take, now = Taker(), office.clock.now

    def on(node: str) -> EventFeed:
        return EventFeed(office.engine.store, office.engine.wake, "audit/log", take, (), 2, node=node, now=now)

    first, second = on("first"), on("second")
    assert [first.step(), second.step(), first.step()] == [True, None, True]
    before = list(take.took)
    office.clock.advance(seconds=16)
    assert second.step() is True
    assert first.step() is None
    assert take.took == sorted(set(take.took))
    assert len(take.took) == len(before) + 2


def test_a_plugin_of_the_engine_is_asked_and_its_faults_are_told_by_its_name(
    yard: Yard, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "audit.txt"
    monkeypatch.setenv("AUDIT_OF_THE_TESTS", str(out))
    yard.add("audit", CODE, MANIFEST.format(package=yard.package("audit")))
    manager = yard.manager()
    (one,) = event_feeds(office.engine, manager.engine_side(), core_catalogue())
    out.write_text("stop\n")
    while one.step() is not False:
        pass
    (fault,) = manager.faults()
    assert (fault.plugin, fault.where, fault.error) == ("audit", "event reader audit.log", "OSError")
    out.write_text("")
    steps(one)
    assert len(out.read_text().split()) == 5


def test_a_reader_that_the_manifest_does_not_declare_is_a_fault(yard: Yard, office: Office) -> None:
    manifest = MANIFEST.format(package=yard.package("audit")).replace('"audit.log"', '"audit.other"')
    yard.add("audit", CODE.replace('os.environ["AUDIT_OF_THE_TESTS"]', '"x"'), manifest)
    manager = yard.manager()
    assert event_feeds(office.engine, manager.engine_side(), core_catalogue()) == []
    assert "Add to plugin.toml: [[event-reader]]" in manager.faults()[0].said


def test_an_engine_that_is_embedded_feeds_its_plugins_by_itself_and_goes_on_after_a_restart(
    yard: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "audit.txt"
    monkeypatch.setenv("AUDIT_OF_THE_TESTS", str(out))
    yard.add("audit", CODE, MANIFEST.format(package=yard.package("audit")).replace("batch = 2", "batch = 500"))
    before = Office(tmp_path / "data")
    before.submit()
    before.close()
    for _start in range(2):
        backend = open_embedded(BackendPlace(data=tmp_path / "data"), yard.manager())
        for _ in range(100):
            if _read(out):
                break
            sleep(0.05)  # the engine works in threads of its own
        sleep(0.2)
        backend.close()
        assert len(_read(out)) == 1


def _read(out: Path) -> list[str]:
    return out.read_text().split() if out.exists() else []


def test_the_engine_side_of_plugins_needs_no_qt() -> None:
    modules = "workloom.bootstrap.engine_plugins, workloom.plugin_manager.engine_side"
    code = f"import sys, {modules}; print('PyQt6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    assert done.stdout.strip() == "False"

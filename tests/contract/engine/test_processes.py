"""Real processes: commands beside an open engine, and one that is killed while an item is open."""

import subprocess
import sys
from pathlib import Path
from threading import Event as Flag
from time import monotonic

import pytest
from msgspec.structs import replace

from tests.contract.engine.office import Office, site
from workloom.adapters.passwords import Argon2Passwords
from workloom.adapters.sqlite.opening import open_store
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.interaction import State

SLACK = 10.0
"""Seconds: ten times what is promised, for slow machines."""

SUBMIT = """
import sys
sys.path.insert(0, sys.argv[2])
from datetime import UTC, datetime
from workloom.adapters.sqlite.opening import open_store
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
now = datetime.now(UTC)
store = open_store(sys.argv[1], exclusive=False)
with store.transaction() as transaction:
    transaction.items.insert(
        Interaction(id="beside", tenant="default", media_type="claim", queue="claims", received_at=now,
                    submitted_at=now, placed_at=now, queue_since={"claims": now})
    )
    transaction.events.append([Event(at=now, kind=EventKind.SUBMITTED, item="beside", queue="claims")])
store.close()
"""

WORK = """
import sys, time
sys.path.insert(0, sys.argv[2])
from tests.contract.engine.office import Office
from pathlib import Path
office = Office(Path(sys.argv[1]))
ann = office.log_in("ann")
item = office.take(ann)
print(item.id, flush=True)
time.sleep(60)
"""

ROOT = str(Path(__file__).parents[3])


def started(folder: Path) -> Engine:
    engine = open_engine(folder, hasher=Argon2Passwords(cheap=True))
    engine.start()
    return engine


def test_a_change_by_a_command_beside_the_engine_wakes_listeners_and_is_routed(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.close()
    engine = started(tmp_path)
    try:
        session = engine.backend.log_in(engine.backend.authenticate("ann", "open sesame").ticket, channels=["claim"])
        ann = engine.backend.services(session)
        seen = ann.events.last()
        woken = Flag()
        undo = engine.backend.on_wake(woken.set)
        woken.clear()
        subprocess.run([sys.executable, "-c", SUBMIT, str(tmp_path), ROOT], check=True)
        assert woken.wait(SLACK)
        undo()
        end = monotonic() + SLACK
        while not ann.items.offers() and monotonic() < end:
            if ann.events.wait(seen, timeout=SLACK):
                seen = ann.events.last()
        assert [row.item.id for row in ann.items.offers()] == ["beside"]
    finally:
        engine.stop()


def test_an_engine_beside_the_one_that_dispatches_sees_the_same_data(tmp_path: Path) -> None:
    office = Office(tmp_path)
    beside = open_engine(tmp_path, exclusive=False)
    item = office.submit()
    with beside.store.reading() as reader:
        assert reader.items.get(item) is not None
    assert beside.store.changed_elsewhere()
    assert not beside.store.changed_elsewhere()
    beside.stop()
    office.close()


def test_the_items_of_a_killed_process_are_where_the_policy_says_at_the_next_start(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(tmp_path), ROOT], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    item = process.stdout.readline().strip()
    process.kill()
    process.wait()
    process.stdout.close()
    engine = started(tmp_path)
    try:
        with engine.store.reading() as reader:
            found = reader.items.get(item)
            sessions = reader.sessions.all()
            kinds = [event.kind.value for event in reader.events.of_item(item)]
    finally:
        engine.stop()
    assert found is not None
    assert (found.state, found.workbin, found.workbin_owner) == (State.IN_WORKBIN, "in-progress", "ann")
    assert sessions == ()
    assert kinds == ["submitted", "offered", "accepted", "revoked", "placed-in-workbin"]
    open_store(tmp_path).close()


def test_the_loop_expires_offers_by_itself(tmp_path: Path) -> None:
    office = Office(tmp_path, site(timers=replace(site().timers, delivery=0.3)))
    office.close()
    engine = started(tmp_path)
    try:
        session = engine.backend.log_in(engine.backend.authenticate("ann", "open sesame").ticket, channels=["claim"])
        ann = engine.backend.services(session)
        subprocess.run([sys.executable, "-c", SUBMIT, str(tmp_path), ROOT], check=True)
        end, seen = monotonic() + SLACK, 0
        while monotonic() < end and "offer-expired" not in {event.kind.value for event in ann.events.after(0)}:
            seen = ann.events.last()
            ann.events.wait(seen, timeout=1)
        assert "offer-expired" in {event.kind.value for event in ann.events.after(0)}
    finally:
        engine.stop()


def test_the_loop_outlives_an_unexpected_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    never = site(timers=replace(site().timers, delivery=1e300))  # no moment can be reckoned with it
    office = Office(tmp_path, never)
    office.close()
    engine = started(tmp_path)
    try:
        ticket = engine.backend.authenticate("ann", "open sesame").ticket
        ann = engine.backend.services(engine.backend.log_in(ticket, channels=["claim"]))
        subprocess.run([sys.executable, "-c", SUBMIT, str(tmp_path), ROOT], check=True)
        end = monotonic() + SLACK
        while monotonic() < end and "The dispatcher has failed and tries again" not in caplog.text:
            Flag().wait(0.05)
        assert "OverflowError" in caplog.text
        engine.configuration.apply(site(), dict.fromkeys(site().persons, "open sesame"))
        while monotonic() < end and not ann.items.offers():
            Flag().wait(0.05)
        assert [row.item.id for row in ann.items.offers()] == ["beside"]
    finally:
        engine.stop()

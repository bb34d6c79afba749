"""What can be seen of plugins at work, and that a report for support quotes nobody."""

import json
import time
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.plugins.manager.making import ONE_ACTION, Yard
from tests.plugins.manager.test_faults import CUSTOMER, fail
from workloom.domain.options import OptionSet, OptionSource
from workloom.plugin_manager.meter import KEPT_CALLS, KEPT_TIMES


def test_each_place_that_was_called_has_its_times_and_its_budget(yard: Yard) -> None:
    yard.add("acme")
    manager = yard.manager()
    yard.open(manager)
    for _ in range(KEPT_TIMES + 10):
        manager.guard.call("acme", "state of action acme.act", time.sleep, 0)
    manager.guard.call("acme", "state of action acme.act", time.sleep, 0.02)
    manager.guard.call("acme", "state of action acme.act", fail, ValueError())
    seen = {timing.where: timing for timing in manager.inspector.timings() if timing.plugin == "acme"}
    assert {"import", "start", "hook actions"} < set(seen)
    timing = seen["state of action acme.act"]
    assert (timing.calls, timing.faults, timing.budget) == (KEPT_TIMES + 12, 1, 5.0)
    assert timing.mean < 20 <= timing.longest
    assert timing.percentile < timing.longest


def test_a_plugin_that_takes_long_to_start_is_written_to_the_log_with_its_budget(
    yard: Yard, caplog: pytest.LogCaptureFixture
) -> None:
    yard.add("slow", "import time\ntime.sleep(0.3)\nclass Plugin:\n    def __init__(self): time.sleep(0.3)\n")
    yard.add("quick")
    manager = yard.manager()
    yard.open(manager)
    seen = {timing.plugin: timing for timing in manager.inspector.timings() if timing.where == "start-up"}
    assert seen["slow"].longest >= 600 > seen["slow"].budget
    assert seen["quick"].calls == 1
    told = [message for message in caplog.messages if message.startswith("Plugin ") and "to start" in message]
    assert [message.split()[1] for message in told] == ["slow"]
    assert told[0].endswith("its budget is 500 ms")


def test_the_trace_has_each_call_once_in_order_and_goes_on_where_one_has_read(yard: Yard) -> None:
    yard.add("acme")
    manager = yard.manager()
    yard.open(manager)
    before = manager.inspector.trace()
    assert [call.where for call in before][-1] == "hook actions"
    manager.guard.call("acme", "action acme.act", fail, ValueError())
    manager.guard.call("acme", "action acme.act", print)
    more = manager.inspector.trace(before[-1].number)
    assert [(call.plugin, call.where, call.failed) for call in more] == [
        ("acme", "action acme.act", True),
        ("acme", "action acme.act", False),
    ]
    assert more[0].at <= more[1].at
    for _ in range(KEPT_CALLS + 5):
        manager.guard.call("acme", "action acme.act", list)
    assert len(manager.inspector.trace()) == KEPT_CALLS


def test_what_is_started_and_stopped_by_hand_comes_and_goes(yard: Yard) -> None:
    yard.add("acme")
    manager = yard.manager()
    yard.open(manager)
    manager.inspector.stop_plugin("acme")
    assert yard.actions() == []
    manager.inspector.start_plugin("acme")
    assert yard.actions() == ["acme.act"]


def test_the_bundle_for_support_says_what_is_needed_and_nothing_that_a_customer_wrote(
    yard: Yard, tmp_path: Path
) -> None:
    yard.add("acme", ONE_ACTION)
    yard.write("broken", "id = 1\n")
    manager = yard.manager()
    yard.open(manager)
    manager.guard.call("acme", "action acme.act", fail, ValueError(CUSTOMER))
    manager.guard.call("acme", "action acme.act", fail, KeyError(CUSTOMER))
    options = OptionSet(
        {
            "acme.url": OptionSource(value=f"https://crm.example/?q={CUSTOMER}", layer="Tenant"),
            "acme.columns": OptionSource(value=("From",), layer="Person anna"),
        }
    )
    file = tmp_path / "support.zip"
    manager.inspector.write_bundle(file, options)
    with ZipFile(file) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert set(texts) == {
        "versions.json",
        "plugins.json",
        "faults.json",
        "timings.json",
        "trace.json",
        "wires.json",
        "options.json",
        "manifests/acme_of_the_tests.toml",
        "manifests/broken_of_the_tests.toml",
    }
    for canary in ("Petra", "Vogel", "+43 664"):
        assert not [name for name, text in texts.items() if canary in text]
    assert [(fault["plugin"], fault["where"]) for fault in json.loads(texts["faults.json"])] == [
        ("acme", "action acme.act"),
        ("acme", "action acme.act"),
    ]
    assert "expected a text, found a whole number" in texts["plugins.json"]
    told = json.loads(texts["options.json"])
    assert told["acme.columns"] == {"value": ["From"], "layer": "Person anna"}
    assert told["acme.url"]["layer"] == "Tenant"
    assert json.loads(texts["versions.json"])["distributions"]["pluggy"]

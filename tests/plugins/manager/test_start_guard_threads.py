"""The record of the start guard is written on several threads at once: by hooks, and by what runs behind the window."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from tests.plugins.manager.making import Yard
from workloom.plugin_manager.start_guard import FILE, StartGuard

AT = datetime(2026, 11, 20, tzinfo=UTC)
ROUNDS = 2000


def test_a_record_that_is_cleared_while_another_thread_writes_it_harms_nothing(tmp_path: Path) -> None:
    guard = StartGuard(tmp_path)

    def write() -> None:
        for _ in range(ROUNDS):
            guard.begin()
            guard.note("mine", "hook views", AT)

    def clear() -> None:
        for _ in range(ROUNDS):
            guard.clear()

    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(work) for work in (write, clear, write, clear)]
        assert [each.result(timeout=30) for each in running] == [None] * 4
    guard.clear()
    assert not (tmp_path / FILE).exists()


def test_a_call_that_comes_too_late_writes_no_record_after_the_start(yard: Yard, tmp_path: Path) -> None:
    yard.add("acme")
    soon: list[Callable[[], None]] = []
    manager = yard.manager(folder=tmp_path, soon=soon.append)
    yard.open(manager)
    late = manager.guard.recorder
    assert late is not None, "until the window has been shown, plugins are being started"
    assert (tmp_path / FILE).exists()
    soon.pop()()
    assert not (tmp_path / FILE).exists()
    late.began(manager.guard.meter.place("acme", "import"), aside=True)  # as a thread does that has asked for it before
    assert not (tmp_path / FILE).exists()
    guard = StartGuard(tmp_path)
    guard.note("acme", "action acme.act", AT, at_any_time=True)
    assert (tmp_path / FILE).exists(), "one that cannot be broken off is on record at any time"

"""The record of the start guard is written on several threads at once: by hooks, and by what runs behind the window."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from workloom.plugin_manager.start_guard import FILE, StartGuard

AT = datetime(2026, 11, 20, tzinfo=UTC)
ROUNDS = 2000


def test_a_record_that_is_cleared_while_another_thread_writes_it_harms_nothing(tmp_path: Path) -> None:
    guard = StartGuard(tmp_path)

    def write() -> None:
        for _ in range(ROUNDS):
            guard.note("mine", "hook views", AT)

    def clear() -> None:
        for _ in range(ROUNDS):
            guard.clear()

    with ThreadPoolExecutor(4) as threads:
        running = [threads.submit(work) for work in (write, clear, write, clear)]
        assert [each.result(timeout=30) for each in running] == [None] * 4
    guard.clear()
    assert not (tmp_path / FILE).exists()

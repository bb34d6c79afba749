"""Plugins are switched on and off a thousand times: nothing grows, in the desktop and in the memory of the process."""

import gc
import logging
import sys
import time
from collections import Counter
from typing import Any

import pytest

from tests.plugins.manager.making import ONE_ACTION, Yard
from tests.plugins.manager.test_unload import BUSY, busy

WARM_UP, ROUNDS = 100, 1000
MEMORY = 5 * 2**20
PATIENCE = 50
"""Tenths of a second."""
SORE = """
class Plugin:
    def __init__(self):
        self.me = self  # a circle that only the collector of garbage opens

    @hook
    def actions(self, context):
        context.on_stop(lambda: 1 / 0)
        return [Action(id=context.plugin + ".act", run=print)]

    @hook
    def session_started(self, context):
        self.context = context

    @hook
    def session_ending(self, context):
        raise ValueError("no")
"""
"""A plugin that fails each time that it is stopped, and keeps what it should not keep as long as it lives itself."""


def blocks() -> int:
    """Bytes that Python's own allocator has handed out, in blocks of 16 at least; large ones are Qt's and C's."""
    return sys.getallocatedblocks() * 16


def counted() -> Counter[type[Any]]:
    """How many objects there are of each type."""
    gc.collect()
    return Counter(type(one) for one in gc.get_objects())


def test_a_thousand_rounds_leave_no_object_of_any_type_and_no_memory_behind(
    yard: Yard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "workloom.plugins")  # pytest would keep what is logged
    yard.add("acme", BUSY, busy("acme"))
    yard.add("sore", SORE)
    yard.add("more", ONE_ACTION, 'requires = ["acme"]\n')
    manager = yard.manager()
    yard.open(manager)

    def rounds(count: int) -> tuple[Counter[type[Any]], int]:
        for _ in range(count):
            yard.clock.advance(hours=1)  # so that the faults of the one lie too far apart to pause it
            for plugin in ("acme", "sore"):  # what requires the first goes and comes with it
                manager.disable(plugin)
            for plugin in ("acme", "sore", "more"):
                manager.enable(plugin)
        return counted(), blocks()

    before = counted()  # so that the second count, too, is made beside one that is kept
    before, memory = rounds(WARM_UP)
    after, memory_after = rounds(ROUNDS)
    for _ in range(PATIENCE):  # a thread of the manager may have had something in hand when it was counted
        if after <= before:
            break
        time.sleep(0.1)
        del after  # the next would count it
        after = counted()
    assert {kind.__qualname__: after[kind] - before[kind] for kind in after if after[kind] > before[kind]} == {}
    assert memory_after - memory < MEMORY
    assert {info.state for info in manager.infos()} == {"running"}
    assert yard.actions() == ["acme", "more.act", "sore.act"]
    assert manager.leaks() == ()

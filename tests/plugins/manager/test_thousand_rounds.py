"""Plugins are switched on and off a thousand times: nothing grows, in the desktop and in the memory of the process."""

import logging
import sys

import pytest

from tests.objects import count_objects, grown
from tests.plugins.manager.making import ONE_ACTION, Yard
from tests.plugins.manager.test_unload import BUSY, busy

WARM_UP, ROUNDS = 100, 1000
MEMORY = 5 * 2**20
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


def test_a_thousand_rounds_leave_no_object_of_any_type_and_no_memory_behind(
    yard: Yard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "workloom.plugins")  # pytest would keep what is logged
    yard.add("acme", BUSY, busy("acme"))
    yard.add("sore", SORE)
    yard.add("more", ONE_ACTION, 'requires = ["acme"]\n')
    manager = yard.manager()
    yard.open(manager)

    def rounds(count: int) -> None:
        for _ in range(count):
            yard.clock.advance(hours=1)  # so that the faults of the one lie too far apart to pause it
            for plugin in ("acme", "sore"):  # what requires the first goes and comes with it
                manager.disable(plugin)
            for plugin in ("acme", "sore", "more"):
                manager.enable(plugin)

    rounds(WARM_UP)
    before, memory = count_objects(), blocks()
    rounds(ROUNDS)
    assert grown(before) == {}
    assert blocks() - memory < MEMORY
    assert {info.state for info in manager.infos()} == {"running"}
    assert yard.actions() == ["acme", "more.act", "sore.act"]
    assert manager.leaks() == ()

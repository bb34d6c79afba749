"""The shipped plugins are switched off and on a thousand times while an agent is logged in: nothing may stay."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tests.chaos.outcome import Outcome, below
from tests.objects import count_objects, grown, most

if TYPE_CHECKING:
    from workloom.testing.desktop import Agent, HeadlessDesktop

ROUNDS: Final = 1000
FLOOR: Final = 1000
WARM_UP: Final = 100
LOOKS: Final = 20
"""Rounds before, for what is imported late and stays once; after each of the last ones all objects are counted."""
MEMORY: Final = 5 * 2**20
"""Bytes by which the process may have grown."""
SCREEN: Final = (1920, 1080)
REST: Final = 15.0
"""Seconds for which it is waited that what is on its way arrives."""


class Switched(Struct, frozen=True):
    """What was counted: rounds, the types of which there are more than before, with how many, and bytes of growth."""

    rounds: int
    plugins: int
    grown: dict[str, int]
    memory: int
    leaks: tuple[str, ...]
    faults: tuple[str, ...]


def run(rounds: int) -> Outcome:
    """So many rounds, in a process of their own."""
    begin = monotonic()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(switch, rounds).result()
    return verdict(found, monotonic() - begin)


def verdict(found: Switched, seconds: float) -> Outcome:
    """What the rounds come to."""
    grown = [f"{count} objects more of {kind}" for kind, count in sorted(found.grown.items())]
    memory = f"{found.memory / 2**20:.1f} MiB more memory, expected at most {MEMORY / 2**20:.0f}"
    return Outcome(
        part="plugins",
        seconds=seconds,
        operations=2 * found.rounds * found.plugins,
        leaked=len(found.leaks) + sum(found.grown.values()),
        counts={"rounds": found.rounds, "plugins": found.plugins, "bytes of growth": found.memory},
        problems=(
            *below({"rounds": FLOOR}, {"rounds": found.rounds}),
            *grown,
            *((memory,) if found.memory > MEMORY else ()),
            *found.leaks,
            *found.faults,
        ),
    )


def switch(rounds: int) -> Switched:
    """Switch all built-in plugins off and on, first to warm up; in a process without Qt so far."""
    from workloom.testing.desktop.screen import OFFSCREEN, PLATFORM, use_screen

    os.environ.setdefault(PLATFORM, OFFSCREEN)
    with TemporaryDirectory(prefix="workloom-switching-") as folder:
        use_screen(Path(folder), *SCREEN)
        return _switch(Path(folder), rounds)


def _switch(folder: Path, rounds: int) -> Switched:
    from PyQt6.QtWidgets import QApplication

    from workloom.plugin_manager.manager import PluginManager
    from workloom.testing import Office, ServiceFaults, built_in
    from workloom.testing.desktop import HeadlessDesktop
    from workloom.testing.plugins import catalogue_of

    application = QApplication(["workloom"])
    office = Office(catalogue=catalogue_of(built_in()), dispatching=True)
    office.start_plugins(PluginManager(built_in()))
    desktop = HeadlessDesktop(application, office, ServiceFaults(), built_in(), folder / "desktop")
    agent = desktop.log_in("ann")
    plugins = [one.name for one in built_in()]
    _rounds(desktop, agent, plugins, WARM_UP - LOOKS)
    agent.until("the leftovers of the warm-up", lambda: desktop.plugins.leaks() == (), patience=REST)
    before: dict[str, int] = {}
    for _look in range(LOOKS):  # what comes and goes, as an answer on its way, is seen in one of them
        _rounds(desktop, agent, plugins, 1)
        before = most(before, count_objects())
    memory = _resident()
    _rounds(desktop, agent, plugins, rounds)
    stayed = grown(before, _rest, REST)
    memory = _resident() - memory
    leaks = tuple(f"{leak.plugin} holds {leak.what}" for leak in desktop.plugins.leaks())
    faults = tuple(f"{fault.plugin} failed in {fault.where}: {fault.error}" for fault in desktop.faults())
    desktop.close()
    office.close()
    return Switched(rounds, len(plugins), stayed, memory, leaks, faults)


def _rounds(desktop: "HeadlessDesktop", agent: "Agent", plugins: list[str], count: int) -> None:
    titles = agent.desk.views.titles()
    for _ in range(count):
        for plugin in plugins:
            desktop.plugins.disable(plugin)
        agent.until("the views to go", lambda: agent.desk.views.titles() == ())
        for plugin in plugins:
            desktop.plugins.enable(plugin)
        agent.until("the views to come back", lambda: agent.desk.views.titles() == titles)
        _rest()


def _rest() -> None:
    """Let Qt destroy what has gone, as a running event loop does."""
    from PyQt6.QtCore import QEvent
    from PyQt6.QtWidgets import QApplication

    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _resident() -> int:
    """Bytes of memory that the process has, where the system tells it in a file."""
    file = Path("/proc/self/statm")
    return int(file.read_text("utf-8").split()[1]) * 4096 if file.exists() else 0

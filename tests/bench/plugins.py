"""The start of the desktop with a hundred plugins more: idle ones, at the first start and later, and active ones."""

from pathlib import Path

from tests.bench.figures import Figure, Goal, compared
from tests.bench.processes import Programs, programs
from tests.bench.programs.many import write_plugins
from workloom.plugin_manager.index import FILE

RUNS, PLUGINS = 9, 100


def measure() -> list[Figure]:
    """Each against the start with no plugin more, in turn."""
    with programs() as run:
        data = run.folder / "data"
        run.run("stock", str(data), "25")
        none, idle, active = (run.folder / name for name in ("none", "idle", "active"))
        write_plugins(none, PLUGINS, activation="use", installed=False)
        write_plugins(idle, PLUGINS, activation="use")
        write_plugins(active, PLUGINS, activation="login")
        for path in (none, idle, active):  # warms the caches
            _start(run, data, path)
        rows = (
            (f"start with {PLUGINS} idle plugins, from the second on", (idle, none), False, Goal("≤", 1.1)),
            (f"start with {PLUGINS} idle plugins, the first", (idle, none), True, Goal("≤", 1.25)),
            (f"start with {PLUGINS} active trivial plugins", (active, none), False, Goal("≤", 2)),
        )
        return [_compared(run, data, *row) for row in rows]


def _compared(run: Programs, data: Path, name: str, paths: tuple[Path, Path], first: bool, goal: Goal) -> Figure:
    _start(run, data, paths[0])  # writes the index
    ours, none = [], []
    for _ in range(RUNS):
        if first:
            (data / FILE).unlink(missing_ok=True)
        kept = (data / FILE).read_bytes() if not first else b""
        ours.append(_start(run, data, paths[0]))
        none.append(_start(run, data, paths[1]))
        if kept:  # the other start has one of its own
            (data / FILE).write_bytes(kept)
    return compared(name, ours, none, unit="ms", goal=goal)


def _start(run: Programs, data: Path, path: Path) -> float:
    """Milliseconds until the main window can be used."""
    run.path = str(path)
    said = run.run("desktop", str(data), "main")
    return float(said["painted"] - said["begun"]) * 1000

"""The fixtures of the test kit (`workloom.testing`), which pytest offers wherever Workloom is installed.

It stands beside the test kit, not in it, so that nothing else of Workloom and nothing of Qt is imported before a test
asks for one of them. The plugins under test are those that the nearest `pyproject.toml` above the test names; they need
not be installed if their folder is on the import path.
"""

import atexit
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from workloom.domain.site import Site
    from workloom.plugin_manager.discovery import Candidate
    from workloom.testing.desktop import Agent, HeadlessDesktop
    from workloom.testing.office import Office
    from workloom.testing.service_faults import ServiceFaults

SNAPSHOT = "contributions.txt"
WRITE = "--write-contributions"
SCREEN = (1920, 1080)
QT = frozenset({"qapp", "qtbot", "desktop", "agent"})
WORKLOOM = __name__.split(".")[0]
KIT = f"{WORKLOOM}.testing"


class _AsItIs:
    """Finds the modules of Workloom, but for the test kit, before pytest does.

    Pytest rewrites the asserts of each module of a distribution with a plugin for it, at its import. Workloom imports
    in the background too, and Python 3.11 cannot parse on two threads: `SystemError: AST constructor recursion depth
    mismatch`. What is tested should be what runs, besides.
    """

    def find_spec(self, name: str, path: "Sequence[str] | None" = None, target: Any = None) -> ModuleSpec | None:
        """Python: a module is looked for."""
        if not f"{name}.".startswith(f"{WORKLOOM}.") or f"{name}.".startswith(f"{KIT}."):
            return None
        return PathFinder.find_spec(name, path, target)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before anything of Workloom is imported but the test kit."""
    finder = _AsItIs()
    sys.meta_path.insert(0, finder)
    early_config.add_cleanup(lambda: sys.meta_path.remove(finder))


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes snapshots anew."""
    parser.getgroup("workloom").addoption(WRITE, action="store_true", help=f"Write {SNAPSHOT} of tested plugins anew.")


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Windows of tests stand on a screen that nobody sees, of a usual size, known before Qt starts."""
    items = (item for item in session.items if isinstance(item, pytest.Function))
    if not any(QT & set(item.fixturenames) for item in items):
        return (yield)
    from workloom.testing.desktop.screen import OFFSCREEN, PLATFORM, use_screen

    os.environ.setdefault(PLATFORM, OFFSCREEN)
    with TemporaryDirectory(prefix="workloom-screen-") as folder:
        use_screen(Path(folder), *SCREEN)
        from workloom.shell.process_end import leave_to_the_system  # late: with it comes Qt

        atexit.register(leave_to_the_system)
        return (yield)


@pytest.fixture
def plugins_under_test(request: pytest.FixtureRequest) -> "tuple[Candidate, ...]":
    """The plugins of the distribution to which the test belongs. Override it to test others."""
    from workloom.testing.plugins import plugins_near

    return plugins_near(request.path)


@pytest.fixture
def office_site(plugins_under_test: "tuple[Candidate, ...]") -> "Site":
    """The site of the office: the small one, with the privileges that the plugins under test declare. Override it."""
    from workloom.testing.plugins import privileges_of
    from workloom.testing.sites import site, with_privileges

    return with_privileges(*privileges_of(plugins_under_test))(site())


@pytest.fixture
def open_office(plugins_under_test: "tuple[Candidate, ...]", office_site: "Site") -> "Iterator[Callable[..., Office]]":
    """Opens offices with what the plugins under test bring to the engine: `open_office(tmp_path)` on a folder.

    A folder that was open before is opened as it was left, but with the site of the office.
    """
    from workloom.bootstrap.engine import MEMORY
    from workloom.plugin_manager.manager import PluginManager
    from workloom.testing.office import Office
    from workloom.testing.plugins import catalogue_of, with_needed

    opened: list[Office] = []

    def open_(data: Path | None = None) -> Office:
        candidates = with_needed(plugins_under_test)
        made = Office(data or MEMORY, office_site, catalogue=catalogue_of(candidates), dispatching=True)
        opened.append(made)
        made.start_plugins(PluginManager(candidates))
        return made

    yield open_
    for office in opened:
        office.close()


@pytest.fixture
def office(open_office: "Callable[..., Office]") -> "Office":
    """A real engine in memory with virtual time, the small site, and the options of the plugins under test."""
    return open_office()


@pytest.fixture
def service_faults() -> "Iterator[ServiceFaults]":
    """Lets services of the desktop fail or be slow."""
    from workloom.testing.service_faults import ServiceFaults

    made = ServiceFaults()
    yield made
    made.clear()


@pytest.fixture
def backend_address() -> str:
    """Address that a plugin under test connects to; empty: the desktop works on the office. Override it."""
    return ""


@pytest.fixture
def desktop(
    request: pytest.FixtureRequest,
    qapp: Any,  # pytest-qt's, a QApplication
    backend_address: str,
    service_faults: "ServiceFaults",
    plugins_under_test: "tuple[Candidate, ...]",
    tmp_path: Path,
) -> "Iterator[HeadlessDesktop]":
    """A desktop that nobody sees, with the plugins under test and the built-in ones.

    It works on the engine of the office, or on what a plugin connects to at `backend_address`.
    """
    from workloom.testing.desktop import HeadlessDesktop
    from workloom.testing.plugins import with_needed

    office = None if backend_address else request.getfixturevalue("office")
    plugins, folder = with_needed(plugins_under_test), tmp_path / "desktop"
    made = HeadlessDesktop(qapp, office, service_faults, plugins, folder, backend_address)
    yield made
    made.close()
    qapp.setStyleSheet("")


@pytest.fixture
def agent(desktop: "HeadlessDesktop") -> "Agent":
    """Ann, logged in on all channels at a window of the desktop."""
    return desktop.log_in("ann")


@pytest.fixture
def contribution_snapshot(request: pytest.FixtureRequest) -> "Callable[[Agent, str], None]":
    """Call it with an agent and a plugin's id: what it adds must be what `contributions.txt` beside the test says.

    With `--write-contributions` the file is written anew.
    """

    def check(agent: "Agent", plugin: str) -> None:
        file, lines = request.path.with_name(SNAPSHOT), list(agent.contributions(plugin))
        if request.config.getoption(WRITE):
            file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        kept = file.read_text("utf-8").splitlines() if file.exists() else []
        assert lines == kept, f"{file} says something else. If the change is meant, write it anew with {WRITE}."

    return check

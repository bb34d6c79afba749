"""The desktop on a real embedded engine with the demo site, offscreen; without plugins unless a test wants them.

Only the built-in ones are meant: the sample extensions are installed too, and have tests of their own.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.plugins.manager.conftest import yard  # noqa: F401  # a fixture, here as well
from tests.shell.driving import Driver
from workloom.adapters.passwords import Argon2Passwords
from workloom.bootstrap.desktop import Desktop
from workloom.plugin_manager.discovery import Candidate
from workloom.plugin_manager.watchdog import Patience
from workloom.settings import Settings
from workloom.testing import built_in

MakeDesktop = Callable[..., Driver]
ServersOf = Callable[[Path], tuple[str, ...]]


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo site and its work, made once."""
    from workloom.bootstrap.demo import start_from_demo
    from workloom.bootstrap.demo_capture import import_demo
    from workloom.bootstrap.engine import open_engine

    folder = tmp_path_factory.mktemp("demo")
    engine = open_engine(folder, hasher=Argon2Passwords(cheap=True), exclusive=False)
    start_from_demo(engine.configuration)
    import_demo(engine.capture)
    engine.stop()
    return folder


@pytest.fixture
def servers_of() -> ServersOf:
    """Where the desktop on a folder of data works: in its own process. `tests/server/desktop` has nodes."""
    return lambda _data: ()


@pytest.fixture
def make_desktop(
    qapp: QApplication, qtbot: QtBot, demo_data: Path, tmp_path: Path, servers_of: ServersOf
) -> Iterator[MakeDesktop]:
    """Makes desktops on a copy of the demo data; closes them at the end."""
    from shutil import copytree

    made: list[Desktop] = []

    def make(
        *,
        plugins: bool = False,
        data: Path | None = None,
        more: Sequence[Candidate] = (),
        developed: Sequence[Candidate] = (),
        servers: tuple[str, ...] = (),
        patience: Patience | None = None,
    ) -> Driver:
        folder = data or tmp_path / "data"
        if data is None and not folder.exists():
            copytree(demo_data, folder)
        candidates = (*built_in(), *more) if plugins else ()
        settings = Settings(data=folder, servers=servers or servers_of(folder))
        desktop = Desktop(
            settings, theme="light", application=qapp, candidates=candidates, developed=developed, patience=patience
        )
        made.append(desktop)
        if developed:
            desktop.contain()  # which is what looks at their files
        return Driver(desktop, qtbot)

    yield make
    for desktop in made:
        desktop.close()
    qapp.setStyleSheet("")


@pytest.fixture
def driver(make_desktop: MakeDesktop) -> Driver:
    """One desktop without plugins, its login page on the screen."""
    return make_desktop()

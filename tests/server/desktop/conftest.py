"""The desktop of the tests of the shell, on a node of its own: the shell must not tell them apart."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.plugins.workbin.desks import StartDesktop, furnished, open_desk
from tests.plugins.workitem.panes import open_pane
from tests.server.windows import demo_node, desktop_on
from tests.shell.conftest import MakeDesktop, demo_data
from tests.shell.driving import Driver
from workloom.bootstrap.desktop import Desktop
from workloom.bootstrap.engine import open_engine
from workloom.settings import Settings
from workloom.testing import built_in

__all__ = ["demo_data", "furnished", "open_desk", "open_pane"]


@pytest.fixture
def start_desktop(qapp: QApplication, tmp_path: Path) -> Iterator[StartDesktop]:
    """Starts desktops, each on a node on that folder of data."""
    with ExitStack() as open_:

        def start(data: Path) -> Desktop:
            engine = open_engine(data, exclusive=False)
            engine.dispatcher.lose_all()  # who worked on the folder before: a node would wait for them
            engine.stop()
            node = open_.enter_context(demo_node(data))
            settings = Settings(data=tmp_path / "desk", servers=(node.url,))
            desktop = Desktop(settings, theme="light", application=qapp, candidates=built_in())
            open_.callback(desktop.close)
            return desktop

        yield start
    qapp.setStyleSheet("")


@pytest.fixture
def make_desktop(qapp: QApplication, qtbot: QtBot, demo_data: Path, tmp_path: Path) -> Iterator[MakeDesktop]:
    """Makes desktops, each on a node with the demo site and its work."""
    with ExitStack() as open_:

        def make(*, plugins: bool = False, data: Path | None = None) -> Driver:
            folder = data or tmp_path / "data"
            if not folder.exists():
                copytree(demo_data, folder)
            node = open_.enter_context(demo_node(folder))
            return open_.enter_context(desktop_on((node.url,), tmp_path / "desk", qapp, qtbot, plugins=plugins))

        yield make
    qapp.setStyleSheet("")


@pytest.fixture
def driver(make_desktop: MakeDesktop) -> Driver:
    """One desktop without plugins, its login page on the screen."""
    return make_desktop()

"""The desktop of the tests of the shell, on a node of its own: the shell must not tell them apart."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

import pytest
from PyQt6.QtWidgets import QApplication

from tests.plugins.manager.conftest import yard
from tests.plugins.workbin.desks import StartDesktop, furnished, open_desk
from tests.plugins.workitem.panes import open_pane
from tests.server.remote.front import SETTINGS, Front
from tests.shell.conftest import ServersOf, demo_data, driver, make_desktop
from tests.shell.suite import EMBEDDED
from workloom.bootstrap.desktop import Desktop
from workloom.bootstrap.engine import open_engine
from workloom.bootstrap.server import Node
from workloom.settings import Settings
from workloom.testing import built_in

__all__ = ["demo_data", "driver", "furnished", "make_desktop", "open_desk", "open_pane", "yard"]

HERE = Path(__file__).parent


@pytest.fixture
def servers_of(nodes_front: Front, demo_data: Path) -> Iterator[ServersOf]:
    """A node for each folder of data."""
    urls: dict[Path, str] = {}
    with ExitStack() as serving:

        def servers(data: Path) -> tuple[str, ...]:
            if data not in urls:
                if not data.exists():
                    copytree(demo_data, data)
                node = Node(SETTINGS, data)
                serving.callback(node.stop)
                node.start()
                urls[data] = nodes_front.add(node)
                serving.callback(nodes_front.remove, urls[data])
            return (urls[data],)

        yield servers


@pytest.fixture
def start_desktop(qapp: QApplication, servers_of: ServersOf, tmp_path: Path) -> Iterator[StartDesktop]:
    """Starts desktops, each on a node on that folder of data."""
    with ExitStack() as open_:

        def start(data: Path) -> Desktop:
            engine = open_engine(data, exclusive=False)
            engine.dispatcher.lose_all()  # who worked on the folder before: a node would wait for them
            engine.stop()
            settings = Settings(data=tmp_path / "desk", servers=servers_of(data))
            desktop = Desktop(settings, theme="light", application=qapp, candidates=built_in())
            open_.callback(desktop.close)
            return desktop

        yield start
    qapp.setStyleSheet("")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the embedded engine, as `tests/shell/suite.py` says."""
    left_out = [item for item in items if item.path.parent == HERE and getattr(item, "originalname", "") in EMBEDDED]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]

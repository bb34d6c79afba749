"""Desktops with all plugins on the furnished demo, driven through their real windows."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any, TypeVar

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.plugins.workbin.stock import PASSWORD, furnish
from tests.shell.driving import Driver
from workloom.api import Command, Notice, Services, Site
from workloom.bootstrap.desktop import Desktop
from workloom.bootstrap.engine import Engine, open_engine
from workloom.settings import Settings
from workloom.shell.desk import AgentDesk
from workloom.testing import built_in

Kind = TypeVar("Kind", bound=QWidget)
_QTEST: Any = QTest  # PyQt's stubs take its static methods for methods


class Furnished:
    """A data folder with items, and the ids of the items by subject."""

    def __init__(self, data: Path, items: dict[str, str]) -> None:
        self.data, self.items = data, items


class Desk:
    """One logged-in agent in a window."""

    def __init__(self, driver: Driver, desk: AgentDesk, furnished: Furnished) -> None:
        self.driver, self.desk, self.items, self.data = driver, desk, furnished.items, furnished.data
        self.wait = driver.wait
        self._colleagues: dict[str, Services] = {}

    def view(self, view: str, kind: type[Kind]) -> Kind:
        """A main view, brought to the front."""
        self.desk.show_view(view)
        page = self.desk.workspace.main.page(view)
        assert isinstance(page, kind)
        return page

    def views(self) -> list[str]:
        """Titles of the main views that the agent is offered."""
        return [title for _icon, title in self.desk.views.titles()]

    def colleague(self, name: str) -> Services:
        """The services of somebody else on the same engine."""
        if name not in self._colleagues:
            backend = self.driver.desktop.connection.there.backend
            plan = backend.authenticate(name, PASSWORD)
            self._colleagues[name] = backend.services(backend.log_in(plan.ticket, channels=()))
        return self._colleagues[name]

    def change_site(self, change: Callable[[Site], Site]) -> None:
        """Apply another site beside the open desktop, as `workloom site apply` does."""
        engine = open_engine(self.data, exclusive=False)
        engine.configuration.apply(change(engine.configuration.site()), {})
        engine.stop()

    def does(self, name: str, *commands: Command) -> None:
        """Have a colleague do something."""
        for command in commands:
            self.colleague(name).items.execute(command)

    def configure(self, change: Callable[[Site], Site]) -> None:
        """An administrator changes the site, beside the open desktop."""
        configure(self.data, change)

    def command(self, *arguments: str) -> None:
        """Type a `workloom` command in another process, beside the open desktop."""
        command = [sys.executable, "-m", "workloom", "--data", str(self.data), *arguments]
        subprocess.run(command, check=True, capture_output=True)

    def notices(self) -> list[Notice]:
        """All notices since login, the newest first."""
        return [entry.notice for entry in self.desk.workspace.board.log.entries]

    def shown_item(self) -> str:
        """The open item in front, empty = something else is."""
        current = self.desk.workspace.main.current
        return current if current in self.items.values() else ""

    def press(self, where: QWidget, *keys: Qt.Key, control: bool = False, shift: bool = False) -> None:
        """Press keys in a widget, one after the other."""
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        if shift:
            modifier |= Qt.KeyboardModifier.ShiftModifier
        for key in keys:
            _QTEST.keyClick(where, key, modifier)

    def click_at(self, where: QWidget | None, point: QPoint) -> None:
        """Click into a widget."""
        _QTEST.mouseClick(where, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)

    def write(self, where: QWidget, text: str) -> None:
        """Type into a widget."""
        _QTEST.keyClicks(where, text)

    def click(self, text: str, where: QWidget) -> None:
        """Click the visible button that says this."""
        button = next(
            button for button in where.findChildren(QPushButton) if button.text() == text and button.isVisible()
        )
        button.click()

    def is_empty(self, where: QWidget, title: str) -> bool:
        """Whether an empty state of this title is on show."""
        found = where.findChildren(QLabel, "empty.title")
        return any(label.isVisible() and label.text() == title for label in found)

    def text(self, name: str, where: QWidget | None = None) -> str:
        """The words of a label, whole."""
        found = (where or self.driver.window).findChild(QLabel, name)
        assert found is not None, f"there is no {name}"
        whole = getattr(found, "whole_text", found.text)
        return str(whole())

    def choose_in_menu(self, name: str, entry: str) -> None:
        """Choose an entry of a menu that opens soon."""
        self.wait(lambda: self.driver.window.findChild(QMenu, name))
        menu = self.driver.window.findChild(QMenu, name)
        assert menu is not None
        action = next(action for action in menu.actions() if action.text() == entry)
        action.trigger()
        menu.close()


def configure(data: Path, change: Callable[[Site], Site]) -> None:
    """Apply another site to the data."""
    engine = open_engine(data, exclusive=False)
    engine.configuration.apply(change(engine.configuration.site()), {})
    engine.stop()


OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """The folder, made once."""
    data = tmp_path_factory.mktemp("furnished")
    return Furnished(data, furnish(data))


StartDesktop = Callable[[Path], Desktop]


@pytest.fixture
def start_desktop(qapp: QApplication) -> Iterator[StartDesktop]:
    """Starts desktops on folders of data. The tests of the server put desktops on nodes in its place."""
    started: list[Desktop] = []

    def start(data: Path) -> Desktop:
        started.append(Desktop(Settings(data=data), theme="light", application=qapp, candidates=built_in()))
        return started[-1]

    yield start
    for desktop in started:
        desktop.close()
    qapp.setStyleSheet("")


@pytest.fixture
def open_desk(start_desktop: StartDesktop, qtbot: QtBot, furnished: Furnished, tmp_path: Path) -> OpenDesk:
    """Logs agents in on a copy of the folder; `change` makes another site of the demo's first, `prepare` does more."""

    def open_(
        user: str = "lena",
        change: Callable[[Site], Site] | None = None,
        width: int = 1440,
        prepare: Callable[[Engine], None] = lambda _engine: None,
    ) -> Desk:
        data = tmp_path / "data"
        copytree(furnished.data, data)
        engine = open_engine(data, exclusive=False)
        if change is not None:
            engine.configuration.apply(change(engine.configuration.site()), {})
        prepare(engine)
        engine.stop()
        driver = Driver(start_desktop(data), qtbot)
        driver.window.resize(width, 900 if width > 1024 else 640)
        driver.opened()
        return Desk(driver, driver.log_in(user), Furnished(data, furnished.items))

    return open_


def without(privilege: str) -> Callable[[Site], Site]:
    """A change of the site: no role allows the privilege any more."""
    from msgspec.structs import replace

    def change(site: Site) -> Site:
        roles = {
            name: replace(role, privileges=frozenset(role.privileges) - {privilege})
            for name, role in site.roles.items()
        }
        return replace(site, roles=roles)

    return change


def with_options(**options: object) -> Callable[[Site], Site]:
    """A change of the site: options for everybody; `__` stands for a dot and `_` for a hyphen."""
    from msgspec.structs import replace

    def change(site: Site) -> Site:
        named = {name.replace("__", ".").replace("_", "-"): value for name, value in options.items()}
        return replace(site, application_options={**site.application_options, **named})

    return change

"""A desktop that nobody sees, on the engine of an office or a plugin's backend: the real login page, shell, plugins."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import QEvent, QObject, QUrl, pyqtSlot
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QApplication, QCheckBox, QLineEdit

from workloom.adapters.drafts import DraftFolder
from workloom.adapters.kept_files import KeptFiles
from workloom.api.backends import BackendPlace
from workloom.api.plugins import Fault, PluginInfo
from workloom.api.services import Backend
from workloom.bootstrap.connecting import connect
from workloom.bootstrap.desktop import Desktop
from workloom.plugin_manager.discovery import Candidate
from workloom.plugin_manager.manager import PluginManager
from workloom.plugin_manager.watchdog import Patience
from workloom.settings import Settings
from workloom.testing.desktop.agent import Agent
from workloom.testing.office import PASSWORD, Office
from workloom.testing.service_faults import ServiceFaults

WIDTH, HEIGHT = 1440, 900
SCHEMES = ("http", "https")
PATIENCE = Patience(named=3.0, stuck=10.0)
"""With plugins that hold up the window: tests run many at a time, on machines that may be slow."""


class _Opened:
    """`shell.ports.Opened`: the engine of an office, which outlives the desktop, or the backend at an address."""

    def __init__(
        self, office: Office | None, address: str, faults: ServiceFaults, plugins: PluginManager, folder: Path
    ) -> None:
        self._files = KeptFiles()
        self.plugins = plugins
        self.drafts = DraftFolder(folder / "drafts", self._files)
        self._close: Callable[[], None] = lambda: None
        if office is not None:
            self.backend: Backend = faults.around(office.engine.backend)
        else:
            connected = connect(BackendPlace(addresses=(address,), data=folder), self._files, plugins)
            self.backend, self._close = faults.around(connected.backend), connected.close

    def close(self) -> None:
        self._close()
        self._files.close()


class _Browser(QObject):
    """Takes the place of the browser: keeps the addresses that were to be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        for scheme in SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self.open)

    @pyqtSlot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toString())

    def close(self) -> None:
        for scheme in SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)


class HeadlessDesktop:
    """One desktop process with a window for each agent. `folder` takes drafts and preferences.

    It works on the engine of an office, or, without one, on what a plugin connects to at `address`.

    What plugins do wrong is contained as in the program, and told by `faults`. Web addresses go to no browser:
    `opened` has them, in their order.
    """

    def __init__(
        self,
        application: QApplication,
        office: Office | None,
        faults: ServiceFaults,
        plugins: Sequence[Candidate],
        folder: Path,
        address: str = "",
    ) -> None:
        self.office, self.services = office, faults
        self._browser = _Browser()
        self._desktop = Desktop(
            Settings(data=folder),
            theme="light",
            application=application,
            candidates=plugins,
            open_with=lambda manager: _Opened(office, address, faults, manager, folder),
            patience=PATIENCE,
        )
        self._desktop.contain()

    @property
    def opened(self) -> list[str]:
        """The web addresses that were to be opened, in their order."""
        return self._browser.opened

    @property
    def plugins(self) -> PluginManager:
        """The plugin manager. Only after somebody has logged in."""
        manager = self._desktop.connection.there.plugins
        assert isinstance(manager, PluginManager)
        return manager

    def log_in(self, user: str = "ann", *channels: str, password: str = PASSWORD) -> Agent:
        """Open a window and log somebody in through the login page, on all channels unless some are named.

        `password`: everybody's of an office, unless a backend of one's own has others.
        """
        window = self._desktop.windows.open_window()
        window.resize(WIDTH, HEIGHT)
        agent = Agent(window, user, self.info)
        agent.until("the engine", lambda: self._desktop.connection.is_open)
        agent.write(user, agent.named(QLineEdit, "login-user"))
        agent.write(password, agent.named(QLineEdit, "login-password"))
        agent.click("Continue")
        agent.until("the channels", lambda: bool(window.findChildren(QCheckBox)))
        for box in window.findChildren(QCheckBox):
            kind = box.objectName().removeprefix("login-channel-")
            if channels and kind != box.objectName() and box.isChecked() is not (kind in channels):
                box.click()
        agent.click("Log in")
        agent.until("the workspace", lambda: window.desk is not None and window.desk.session.has_started)
        return agent

    def faults(self) -> tuple[Fault, ...]:
        """What plugins did wrong, oldest first."""
        return self.plugins.faults() if self._desktop.connection.is_open else ()

    def info(self, plugin: str) -> PluginInfo:
        """How a plugin fares. BadInput if there is none of that id."""
        from workloom.plugin_manager.admission import check_names

        infos = {info.id: info for info in self.plugins.infos()}
        check_names([plugin], list(infos))
        return infos[plugin]

    def close(self) -> None:
        """End all windows, and let go of them as a running event loop does."""
        self.services.clear()
        self._desktop.close()
        self._browser.close()
        for _turn in range(2):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

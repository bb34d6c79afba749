"""Desktops on nodes, for tests; and a node that takes every connection and never answers."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Self

from msgspec.structs import replace
from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.server.nodes import ServedNode
from tests.shell.driving import Driver
from workloom.bootstrap.desktop import Desktop
from workloom.bootstrap.server import Node
from workloom.plugin_manager.discovery import installed
from workloom.server.settings import ServerSettings
from workloom.settings import Settings


@contextmanager
def desktop_on(
    urls: tuple[str, ...], data: Path, qapp: QApplication, qtbot: QtBot, *, plugins: bool = False
) -> Iterator[Driver]:
    """A desktop that works on the nodes at these addresses."""
    disabled = () if plugins else tuple(candidate.name for candidate in installed())
    desktop = Desktop(Settings(data=data, servers=urls), disabled=disabled, theme="light", application=qapp)
    try:
        yield Driver(desktop, qtbot)
    finally:
        desktop.close()


@contextmanager
def demo_node(data: Path, **timers: float) -> Iterator[ServedNode]:
    """A node in a thread of this process on a folder with the demo site. `timers`: in place of the site's."""
    node = Node(ServerSettings(port=0, person_rate=0, address_login_rate=0, socket_heartbeat=0.5), data)
    if timers:
        site = node.engine.configuration.site()
        node.engine.configuration.apply(replace(site, timers=replace(site.timers, **timers)), {})
    running = ServedNode(node)
    try:
        yield running
    finally:
        running.close()


class Mute:
    """Takes connections, reads what comes, and never answers."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._taken: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        Thread(target=self._run, daemon=True).start()

    @property
    def connections(self) -> int:
        """How many have come."""
        return len(self._taken)

    def close(self) -> None:
        """Let go of all."""
        self._listener.close()
        for each in self._taken:
            each.close()

    def _run(self) -> None:
        while True:
            try:
                self._taken.append(self._listener.accept()[0])
            except OSError:
                return


class Gaps(QObject):
    """Watches the UI thread: `longest` is the longest time in seconds for which it did not come to its events."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Self:
        self._last = time.monotonic()
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now

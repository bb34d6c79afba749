"""The desktop: any number of windows in one process, each for one agent."""

import logging
import sys
from pathlib import Path
from types import TracebackType

from PyQt6.QtCore import QPoint, QRect
from PyQt6.QtWidgets import QApplication

from workloom.api.contributions import Notice, Tone
from workloom.api.plugins import Fault
from workloom.shell.agent_window import AgentWindow
from workloom.shell.fault_words import drafts_not_kept
from workloom.shell.process import Process
from workloom.shell.words import say

log = logging.getLogger(__name__)
STEP = 32
"""Pixels between the corners of two windows."""


class DesktopApplication:
    """Opens windows, hears of faults, ends everything in order."""

    def __init__(self, application: QApplication, process: Process) -> None:
        self._application, self.process = application, process
        self._windows: list[AgentWindow] = []
        self._told = False
        self._failed: set[tuple[str, str]] = set()
        application.setQuitOnLastWindowClosed(True)
        process.connection.opened.connect(self._listen)

    @property
    def windows(self) -> tuple[AgentWindow, ...]:
        """Open windows, in the order in which they were opened."""
        return tuple(self._windows)

    def open_window(self) -> AgentWindow:
        """A window with the login page. The service is opened behind it once it has been painted."""
        window = AgentWindow(self.process, closed=self._closed, another=self.open_window)
        self._windows.append(window)
        self.process.windows = list(self._windows)
        self._place(window)
        window.show()
        return window

    def _place(self, window: AgentWindow) -> None:
        """Inside the screen; beside the window before it where there is room."""
        screen = window.screen()
        if screen is None:
            return
        room = screen.availableGeometry()
        window.resize(window.size().boundedTo(room.size()))
        if len(self._windows) > 1:
            before = self._windows[-2]
            beside = before.geometry().topLeft() + QPoint(STEP, STEP)
            if room.contains(QRect(beside, window.size())):
                window.move(beside)

    def contain(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """For `sys.excepthook`: an error of the desktop itself that reached nobody. Any thread."""
        if issubclass(kind, KeyboardInterrupt):
            self._application.quit()
            return
        log.error("An error reached nobody", exc_info=(kind, error, trace))
        print_to_terminal(kind, error, trace)
        notice = Notice(
            title=say("Something failed that was not foreseen"),
            text=say("{name}. Your work goes on; the log has more.", name=kind.__name__),
            tone=Tone.ERROR,
        )
        self.process.operations.mailbox.post(lambda: self._tell_all(notice))

    def cannot_write(self, path: Path, error: OSError) -> None:
        """Tell once that drafts and settings are not kept; any thread."""
        error.filename = error.filename or str(path)
        if not self._told:
            self._told = True
            self.process.operations.mailbox.post(lambda: self._tell_all(drafts_not_kept(error)))

    def close(self) -> None:
        """End all windows, then let go of the service. Blocks."""
        for window in self.windows:
            window.end()
        self.process.operations.close()
        self.process.connection.close()

    def _listen(self) -> None:
        self.process.connection.there.plugins.on_fault(self._faulted)

    def _faulted(self, fault: Fault) -> None:
        self.process.operations.mailbox.post(lambda: self._tell(fault))

    def _tell(self, fault: Fault) -> None:
        """Once for each plugin and place: what is painted or asked often fails often."""
        key = (fault.plugin, "" if fault.paused else fault.where)
        if key in self._failed and not fault.paused:
            return
        self._failed.add(key)
        for window in self._windows:
            window.show_fault(fault)

    def tell(self, notice: Notice) -> None:
        """Show a notice in all windows. UI thread."""
        self._tell_all(notice)

    def _tell_all(self, notice: Notice) -> None:
        for window in self._windows:
            window.notify(notice)

    def _closed(self, window: AgentWindow) -> None:
        if window in self._windows:
            self._windows.remove(window)
        self.process.windows = list(self._windows)


def print_to_terminal(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What Python itself would have said."""
    sys.__excepthook__(kind, error, trace)

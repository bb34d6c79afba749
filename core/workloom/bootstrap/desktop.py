"""Composes the desktop: only what the login page needs before it is painted; the rest follows in the background."""

import atexit
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PyQt6.QtWidgets import QApplication

from workloom import __version__
from workloom.adapters.kept_files import KeptFiles
from workloom.adapters.outlines import LucideOutlines
from workloom.adapters.preference_file import TomlPreferences
from workloom.api.backends import BackendPlace
from workloom.bootstrap.injector import import_injector
from workloom.domain.errors import StorageReadOnly
from workloom.plugin_manager.exits import hold_exit
from workloom.plugin_manager.seen import SeenFile
from workloom.plugin_manager.uncaught import watch_uncaught
from workloom.plugin_manager.watchdog import BEAT, Patience, Watchdog
from workloom.settings import Settings
from workloom.shell.appearance import Appearance
from workloom.shell.application import DesktopApplication
from workloom.shell.connection import Connection
from workloom.shell.later import later
from workloom.shell.operations import Operations
from workloom.shell.ports import Opened
from workloom.shell.preferences import PreferenceStore, Theme
from workloom.shell.process import Process
from workloom.shell.process_end import leave_to_the_system
from workloom.shell.words import name_product, speak

if TYPE_CHECKING:
    from workloom.plugin_manager.discovery import Candidate
    from workloom.plugin_manager.manager import PluginManager

LOOK_EVERY: Final = 500
"""Milliseconds between two looks at the files of a plugin that is being worked on."""
LOOK_FOR_FAULTS: Final = 1000
"""Milliseconds after which a fault of a plugin is written down at the latest."""
NOTE_EVERY: Final = 60_000
"""Milliseconds between two notes of the times of all plugins."""
SETTLED: Final = 2000
"""Milliseconds after the login for which what plugins do counts as their start."""
PREFERENCES: Final = "desktop.toml"
OFFSCREEN: Final = "offscreen"
NOTHING_TO_RAISE: Final = "This plugin does not support "
"""How Qt's offscreen platform begins what it says each time that a window is raised or grabs the keyboard."""


def has_display() -> bool:
    """Whether windows can be seen: always but on Unix without X11 or Wayland."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def choose_platform() -> bool:
    """Choose Qt's platform before Qt starts, which would abort without a display; whether windows can be seen."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return not chosen.startswith((OFFSCREEN, "minimal"))
    if has_display():
        return True
    os.environ["QT_QPA_PLATFORM"] = OFFSCREEN
    return False


@contextmanager
def quiet_offscreen() -> Iterator[None]:
    """Keep off stderr what the offscreen platform says of windows that nobody can see; the rest is said as ever."""

    def say(_kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        if message and not message.startswith(NOTHING_TO_RAISE):
            sys.stderr.write(f"{message}\n")

    before = qInstallMessageHandler(say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


class Desktop:
    """The desktop program, ready to run. `application` may be one that exists already, as in tests.

    `developed`: of the candidates, those that are reloaded when their files change. `trace`: a file that gets each call
    into a plugin; OSError if it cannot be written.
    `safe`: only what comes with Workloom is started. `candidates`: the plugins; None = what is installed.
    `open_with(plugins)` opens the backend in the background; None: where the settings say. `enters`: a user of a demo
    site whom the first window logs in by itself. `patience`:
    with plugins that hold up the window.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        disabled: Collection[str] = (),
        safe: bool = False,
        theme: Theme | None = None,
        enters: str = "",
        application: QApplication | None = None,
        candidates: Iterable["Candidate"] | None = None,
        developed: Collection["Candidate"] = (),
        trace: Path | None = None,
        open_with: "Callable[[PluginManager], Opened] | None" = None,
        patience: Patience | None = None,
    ) -> None:
        self.application = application or QApplication(["workloom"])
        self.application.setApplicationName("workloom")
        self._settings, self._disabled = settings, frozenset(disabled)
        self._candidates, self._open_with, self._safe = candidates, open_with, safe
        self._developed, self._trace = tuple(developed), trace
        self._patience = patience or Patience()
        self._files = KeptFiles()
        self._preferences = PreferenceStore(TomlPreferences(settings.data / PREFERENCES, self._files))
        if theme is not None:
            self._preferences.values.theme = theme
        self.operations = Operations()
        # A wrong name is told at once; otherwise the manifests are read in the background.
        self._plugins: PluginManager | None = None
        if self._disabled:
            import_injector()
            self._plugins = self._plugin_manager()
        self.connection = Connection(self.operations, self._open)
        appearance = Appearance(self.application, self._preferences, LucideOutlines())
        self.process = Process(self.operations, self.connection, self._preferences, appearance, __version__, enters)
        self.windows = DesktopApplication(self.application, self.process)
        self._files.failed = self.windows.cannot_write
        self._undo: list[Callable[[], None]] = []
        self._is_in_qt = False
        self._watchdog: Watchdog | None = None

    def run(self) -> int:
        """Show the login page and run until the last window is closed; the exit code."""
        self.contain()
        self.hold()
        self.windows.open_window()
        self._is_in_qt = True
        try:
            code = self.application.exec()
            self._is_in_qt = False
            return code
        finally:
            self.close()

    def hold(self) -> None:
        """Keep all parts until Python has told Qt that the process ends; for a program that has one desktop.

        Let go before, they are destroyed in any order, widgets after their application, and now and then the process
        ends with a crash.
        """
        atexit.register(leave_to_the_system)
        atexit.register(self.close)

    def close(self) -> None:
        """Leave everything in order."""
        if self._plugins is not None:
            # Within Qt's loop it is called only where Qt ends the process, on SystemExit in a slot of some plugin.
            self._plugins.start_up.end(in_order=not self._is_in_qt)
        self.windows.close()
        if self._plugins is not None:
            self._plugins.end()
        while self._undo:
            self._undo.pop()()
        self._files.close()
        speak(lambda text: text)
        name_product("")

    def contain(self) -> None:
        """From now to `close`, an error in a slot or on a thread ends where it happened, and so does `sys.exit` there.

        The plugin that it came out of is named; what is nobody's is told as something that was not foreseen.
        """
        before = sys.excepthook
        sys.excepthook = self.windows.contain
        self._undo += [
            lambda: setattr(sys, "excepthook", before),
            watch_uncaught(lambda error, where: self._plugins.unguarded.blame(error, where) if self._plugins else ""),
            hold_exit(lambda: self._plugins.unguarded.plugins_by_package() if self._plugins else (), self._leaving),
            self._watch(),
            self._note(),
            self._develop(),
        ]

    def _leaving(self, package: str, name: str) -> None:
        if self._plugins is not None:
            self._plugins.start_up.leaving(package, name)

    def _settled(self, function: Callable[[], None]) -> None:
        """Call it on the UI thread when what an agent has logged in to was painted, and what that set off has run."""
        mailbox = self.operations.mailbox

        def wait() -> None:
            later(mailbox, SETTLED, function)

        mailbox.post(wait)

    def _note(self) -> Callable[[], None]:
        """Write down how plugins fare, for the tools of other processes; returns the undo, which does so once more."""
        seen = SeenFile(self._settings.data, self._files.write, lambda: datetime.now(UTC))

        def each(do: "Callable[[PluginManager], None]") -> None:
            if self._plugins is not None:
                do(self._plugins)

        timers = [QTimer(), QTimer()]
        for timer, every, do in zip(timers, (LOOK_FOR_FAULTS, NOTE_EVERY), (seen.look, seen.keep), strict=True):
            timer.setInterval(every)
            timer.timeout.connect(partial(each, do))
            timer.start()

        def end() -> None:
            for timer in timers:
                timer.stop()
            each(seen.keep)

        return end

    def _develop(self) -> Callable[[], None]:
        """Look at the files of plugins that are being worked on, and write the trace; returns the undo."""
        if not self._developed and self._trace is None:
            return lambda: None
        from workloom.bootstrap.development import DevelopedPlugins, TraceFile  # late: no agent needs it

        developed = DevelopedPlugins(self._developed, self.windows.tell)
        trace = TraceFile(self._trace) if self._trace is not None else None

        def look() -> None:
            if self._plugins is not None:
                developed.look(self._plugins)
                if trace is not None:
                    trace.write(self._plugins.inspector)

        timer = QTimer()
        timer.setInterval(LOOK_EVERY)
        timer.timeout.connect(look)
        timer.start()

        def end() -> None:
            timer.stop()
            look()

        return end

    def _watch(self) -> Callable[[], None]:
        """Have a plugin that holds up the window named and broken off; returns the undo."""
        self._watchdog = Watchdog(self._patience)
        heart = QTimer()
        heart.setInterval(round(BEAT * 1000))
        heart.timeout.connect(self._watchdog.beat)
        heart.start()
        if self._plugins is not None:
            self._watchdog.watch(self._plugins.unguarded)

        def end() -> None:
            heart.stop()
            if self._watchdog is not None:
                self._watchdog.end()

        return end

    def _plugin_manager(self) -> "PluginManager":
        from workloom.bootstrap.connecting import plugin_manager

        plugins = plugin_manager(
            self._disabled,
            self.operations.mailbox.post,
            self._candidates,
            folder=self._settings.data,
            safe=self._safe,
        )
        plugins.start_up.settled = self._settled
        return plugins

    def _place(self) -> BackendPlace:
        """Where the services are: as the command line or the environment says, else as is set for this desktop."""
        servers = self._settings.servers or tuple(self._preferences.values.servers)
        return BackendPlace(addresses=servers, data=self._settings.data)

    def _open(self) -> Opened:
        """In the background."""
        import_injector()
        from workloom.bootstrap.connecting import connect

        if self._plugins is None:
            self._plugins = self._plugin_manager()
        if self._watchdog is not None:
            self._watchdog.watch(self._plugins.unguarded)
        if self._open_with is not None:
            return self._open_with(self._plugins)
        try:
            return connect(self._place(), self._files, self._plugins)
        except PermissionError as error:
            raise StorageReadOnly(
                f"{error.filename}: you may not write here. Choose another folder with --data, or change its rights."
            ) from error

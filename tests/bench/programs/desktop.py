"""Our desktop, started by its own command and driven to a point: `… DATA login|main|idle [ARGUMENTS]`.

`login`: a key in the user field. `main`: logged in without a pause for thought, a key in the filter of the first main
view. `idle`: the same, and then nothing for a while. Says when the key was painted, the resident memory at the end, and
what was imported of what must stay out.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QLineEdit, QPushButton

from tests.bench.programs.painted import Painted, report
from workloom.cli import main

if TYPE_CHECKING:
    from workloom.shell.agent_window import AgentWindow

USER, PASSWORD = "tamara", "alpenrand"
POLL_MS, IDLE_MS = 3, 2000

Found = TypeVar("Found")


class Drive:
    """Leads one window to the point."""

    def __init__(self, window: "AgentWindow", point: str) -> None:
        self._window, self._point = window, point
        self._user, self._password = self._field("login-user"), self._field("login-password")
        if point == "login":
            Painted(self._user, report)
        else:
            QTimer.singleShot(0, lambda: self._log_in())  # noqa: PLW0108 - a bound method would not keep us alive

    def _log_in(self) -> None:
        self._user.setText(USER)
        self._password.setText(PASSWORD)
        self._password.returnPressed.emit()
        self._when(self._log_in_button, self._choose)

    def _log_in_button(self) -> QPushButton | None:
        return self._window.findChild(QPushButton, "login-go")

    def _choose(self, log_in: QPushButton) -> None:
        log_in.click()
        self._when(self._filter, self._type)

    def _filter(self) -> QLineEdit | None:
        """The filter of the first view, which is brought to the front as soon as there is one."""
        desk = self._window.desk
        if desk is None or not desk.session.has_started or not desk.views.titles():
            return None
        main_area = desk.workspace.main
        if not main_area.current:
            desk.views.show_number(0)
        page = main_area.page(main_area.current)
        return next((field for field in page.findChildren(QLineEdit) if field.isVisible()), None) if page else None

    def _type(self, field: QLineEdit) -> None:
        field.setFocus()
        Painted(field, report if self._point == "main" else self._idle)

    def _idle(self, painted: float) -> None:
        QTimer.singleShot(IDLE_MS, lambda: report(painted))

    def _field(self, name: str) -> QLineEdit:
        found = self._window.findChild(QLineEdit, name)
        assert found is not None, f"there is no {name}"
        return found

    def _when(self, look: Callable[[], Found | None], then: Callable[[Found], None]) -> None:
        """Call `then` as soon as something is there."""
        found = look()
        if found is not None:
            then(found)
        else:
            QTimer.singleShot(POLL_MS, lambda: self._when(look, then))


class Watch:
    """Has each window driven that the desktop opens. Comes in when the command imports the desktop, not sooner.

    A finder of modules, but without the base class, whose module alone would cost a tenth of a bare start.
    """

    def __init__(self, point: str) -> None:
        self._point = point

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Python: a module is looked for."""
        if fullname == "workloom.bootstrap.desktop":
            sys.meta_path.remove(self)
            self._wrap()

    def _wrap(self) -> None:
        from workloom.shell.application import DesktopApplication

        opened = DesktopApplication.open_window

        def open_window(application: DesktopApplication) -> "AgentWindow":
            window = opened(application)
            Drive(window, self._point)
            return window

        DesktopApplication.open_window = open_window  # type: ignore[assignment, method-assign]  # it is watched from outside


ELSEWHERE = ("starlette", "werkzeug")
"""What dependency-injector imports wherever it is; developers have it, the desktop that people start has not."""

if __name__ == "__main__":
    sys.modules.update(dict.fromkeys(ELSEWHERE))  # type: ignore[arg-type]  # None: it is not to be found
    data, until, *more = sys.argv[1:]
    sys.meta_path.insert(0, Watch(until))
    sys.exit(main(["desktop", "--data", data, "--theme", "light", *more]))

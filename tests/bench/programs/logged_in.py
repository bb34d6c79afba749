"""A desktop with all plugins and one agent of the demo site logged in, for programs that measure what comes then."""

from pathlib import Path

from workloom.bootstrap.demo import start_from_demo
from workloom.bootstrap.desktop import Desktop
from workloom.bootstrap.engine import Engine, open_engine
from workloom.settings import Settings
from workloom.shell.desk import AgentDesk
from workloom.testing.desktop.person import Person

PASSWORD = "alpenrand"


def demo_without_work(data: Path) -> Engine:
    """The engine on a folder that holds the demo site and nothing to do; not dispatching."""
    engine = open_engine(data)
    start_from_demo(engine.configuration)
    return engine


class LoggedIn:
    """The desktop on a folder, somebody at it, and the engine behind it."""

    def __init__(self, data: Path, user: str) -> None:
        self.desktop = Desktop(Settings(data=data), theme="light")
        self.desktop.hold()
        self.person = Person(self.desktop.windows.open_window())
        self.desk = self._log_in(user)
        backend = self.desktop.connection.there.backend
        self.engine: Engine = backend._stop.__self__  # type: ignore[attr-defined]  # noqa: SLF001 - to see its commits

    def _log_in(self, user: str) -> AgentDesk:
        person = self.person
        person.log_in(user, PASSWORD)
        person.let_work(0.5)
        assert person.window.desk is not None
        return person.window.desk

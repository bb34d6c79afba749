"""One top-level window: the login page, then the workspace of the agent who has logged in."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QByteArray, Qt
from PyQt6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PyQt6.QtWidgets import QMainWindow, QWidget

from workloom.api.contributions import Notice
from workloom.api.plugins import Fault
from workloom.domain.options import OptionSet
from workloom.shell.fault_words import plugin_failed
from workloom.shell.languages import language_of
from workloom.shell.later import later
from workloom.shell.login.flow import LoginFlow
from workloom.shell.ports import PersonDrafts
from workloom.shell.process import Process
from workloom.shell.words import CATALOGUE, product, speak, untranslated

if TYPE_CHECKING:  # imported at the login: the page is painted sooner without it
    from workloom.shell.action_bar import Actions
    from workloom.shell.desk import AgentDesk

LEAST_WIDTH, LEAST_HEIGHT = 1024, 640
WIDTH, HEIGHT = 1440, 900
AFTER_PAINT = 30
"""Milliseconds from the first painting to the work in the background: a key typed at once comes first."""


class AgentWindow(QMainWindow):
    """`closed(window)` is called when it goes; `another()` opens one more for another agent."""

    def __init__(
        self, process: Process, *, closed: Callable[["AgentWindow"], None], another: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setObjectName("agent-window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(WIDTH, HEIGHT)
        self._process, self._closed, self._another = process, closed, another
        self.kit = process.appearance.kit(self)
        self.login: LoginFlow | None = None
        self.desk: AgentDesk | None = None
        self._leaving = self._painted = False
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(lambda: self.login.back() if self.login else None)
        self.show_login()

    @property
    def agent(self) -> str:
        """User name of the agent, empty while nobody is logged in."""
        return self.desk.session.known.me.name if self.desk and self.desk.session.has_started else ""

    def show_login(self, why: str = "") -> None:
        """Show the login page, with the reason if the agent was sent there."""
        of = self._process
        self.setWindowTitle(product())
        self.login = LoginFlow(
            self.kit, of.connection, of.operations, of.preferences, self._entered, of.version, of.enters()
        )
        self._show(self.login.page)
        # The user of the login before has a window already, where there is another: somebody else comes.
        self.login.begin("" if any(each is not self for each in of.windows) else of.preferences.values.user)
        if why:
            self.login.say(why)
        self.branded(of.appearance.product)

    def branded(self, name: str) -> None:
        """A plugin has changed the look; title and login page name its product."""
        if name and self.login is not None:
            self.setWindowTitle(name)
            self.login.page.brand.show_product(name)

    def show_fault(self, fault: Fault) -> None:
        """Tell that a plugin failed."""
        self.notify(plugin_failed(fault, self._process.infos()))

    def notify(self, notice: Notice) -> None:
        """Show a notice to the agent who is logged in."""
        if self.desk is not None:
            self.desk.workspace.board.show(notice)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: once the page stands, the service is opened behind it."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            later(self, AFTER_PAINT, self._process.connection.open)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Qt: with an agent logged in, closing asks to log off first."""
        assert event is not None
        if self.desk is not None and self.desk.session.alive:
            event.ignore()
            if not self._leaving:
                self._leaving = True
                self.desk.log_off(refused=self._stay)
            return
        if self.login is not None:
            self.login.close()
            self.login = None
        event.accept()
        self._closed(self)

    def end(self) -> None:
        """The process ends: leave without asking; the service puts the items where the policy says."""
        if self.desk is not None:
            desk, self.desk = self.desk, None
            pump = desk.pump
            desk.close()
            if pump is not None:
                pump.join(2.0)
            desk.session.join(2.0)
        self._leaving = True
        self.close()

    def keys_changed(self) -> None:
        """People have changed keys."""
        if self.desk is not None:
            self.desk.keys_changed()

    def show_keys(self) -> None:
        """The keyboard map."""
        from workloom.shell.key_dialog import KeyDialog
        from workloom.shell.keymap import LIST_KEYS, SHELL_KEYS
        from workloom.shell.kit.scrim import Scrim

        known = {row.id for row in SHELL_KEYS}
        more = [row for row in self.desk.key_rows() if row.id not in known] if self.desk is not None else LIST_KEYS
        values = self._process.preferences.values
        dialog = KeyDialog(self.kit, [*SHELL_KEYS, *more], values.keys, self._process.keys_changed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        Scrim(self, dialog)
        dialog.open()

    def _entered(self, session_id: str, user: str, without_plugins: bool) -> None:
        of = self._process
        drafts = of.connection.there.drafts
        services = of.connection.there.backend.services(session_id)

        def read() -> tuple[PersonDrafts, OptionSet]:
            return drafts.of_person(user), services.configuration.options()

        of.read(read, lambda read: self._enter(session_id, *read, without_plugins), self._not_entered)

    def _enter(self, session_id: str, drafts: PersonDrafts, options: OptionSet, without_plugins: bool) -> None:
        from workloom.shell.desk import AgentDesk
        from workloom.shell.leaving import Ways
        from workloom.shell.pump import EventPump
        from workloom.shell.session import AgentSession
        from workloom.shell.settings_menu import SettingsMenu

        of = self._process
        there = of.connection.there
        translate = untranslated if without_plugins else there.plugins.translator(partial(language_of, options))
        speak(partial(translate, CATALOGUE))
        session = AgentSession(there.backend.services(session_id), drafts, of.operations, there.backend.now)
        settings = SettingsMenu(
            self.kit, of.appearance, of.preferences, self._another, self._key_of, self._actions, of.version
        )
        ways = Ways(on_keys=self.show_keys, on_settings=settings.open_at, left=self._left, larger=of.appearance.larger)
        alone = partial(of.is_only, self)
        desk = AgentDesk(
            self.kit,
            session,
            there.plugins,
            of.preferences,
            ways,
            translate=translate,
            link=there.backend.link,
            without_plugins=without_plugins,
            alone=alone,
        )
        session.started.connect(self._started)
        desk.pump = EventPump(session.services, there.backend.on_wake, session, desk.presenting.present)
        self.desk = desk
        desk.pump.start()

    def _started(self) -> None:
        if self.desk is None:
            return
        if self.login is not None:
            self.login.close()
            self.login = None
        known = self.desk.session.known
        self.setWindowTitle(f"{known.me.full_name} – {product()}")
        values = self._process.preferences.values
        store = "login.store-username"
        remember = known.options.flag(store) if store in known.options.names() else True
        values.user = known.me.name if remember else ""
        self._process.preferences.save()
        self._show(self.desk.workspace)
        self._restore()
        self.desk.start()

    def _key_of(self, row: str) -> str:
        return self.desk.keys.key_of(row) if self.desk is not None else ""

    def _actions(self) -> "Actions | None":
        return self.desk.actions if self.desk is not None else None

    def _stay(self) -> None:
        self._leaving = False

    def _not_entered(self, error: Exception) -> None:
        if self.login is not None:
            self.login.back()
            self.login.say(str(error))

    def _left(self, why: str) -> None:
        self._keep_geometry()
        closing, self._leaving, self.desk = self._leaving, False, None
        if closing:
            self.close()
        else:
            self.show_login(why)

    def _show(self, page: QWidget) -> None:
        old = self.takeCentralWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.setCentralWidget(page)
        page.show()

    def _keep_geometry(self) -> None:
        values = self._process.preferences.values
        values.window = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._process.preferences.save()

    def _restore(self) -> None:
        kept = self._process.preferences.values.window
        if kept and self._process.is_only(self):
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(kept.encode("ascii"))))

"""What happens on the login page, step by step."""

from collections.abc import Callable
from functools import partial

from workloom.domain.errors import LoginFailed, WorkloomError
from workloom.domain.presence import LoginPlan
from workloom.shell.connection import Connection
from workloom.shell.kit.kit import Kit
from workloom.shell.login.channels import PlaceAndChannels
from workloom.shell.login.credentials import Credentials
from workloom.shell.login.fault import FaultPage
from workloom.shell.login.page import LoginPage
from workloom.shell.operations import Operations, Read
from workloom.shell.preferences import PreferenceStore, Remembered
from workloom.shell.words import say


class LoginFlow:
    """One login in one window. `entered(session, user, without_plugins)` is called when it has succeeded.

    `by_itself`: a user of a demo site, who is logged in as the login page proposes.
    """

    def __init__(
        self,
        kit: Kit,
        connection: Connection,
        operations: Operations,
        preferences: PreferenceStore,
        entered: Callable[[str, str, bool], None],
        version: str,
        by_itself: str = "",
    ) -> None:
        self._kit, self._connection, self._operations = kit, connection, operations
        self._preferences, self._entered = preferences, entered
        self._step_2: PlaceAndChannels | None = None
        self._ticket = self._user = self._password = ""
        self._alive = True
        self._by_itself = by_itself
        self.without_plugins = False
        self.credentials = Credentials(kit, self._authenticate)
        self.page = LoginPage(kit, version, self.credentials, self._toggle_plugins)
        connection.failed.connect(self._cannot_open)
        if connection.error is not None:
            self._cannot_open(connection.error)
        elif not connection.is_open:
            self.page.say_connection(say("Opening …"), icon="", token="muted")
        connection.when_open(self._opened)

    def begin(self, user: str) -> None:
        """Propose a user, empty = nobody, and put the cursor where something is missing. The page is in its window."""
        self.credentials.user.setText(user)
        self.credentials.focus()

    def say(self, why: str) -> None:
        """Tell why the agent is back here."""
        self.credentials.say(why)

    def back(self) -> None:
        """Return to the first step."""
        if self._step_2 is not None:
            self._step_2 = None
            self.page.show_step(self.credentials, 1)
            self.credentials.focus()

    def close(self) -> None:
        """The page goes away: nothing comes back to it."""
        self._alive = False
        self._password = ""
        self._connection.failed.disconnect(self._cannot_open)

    def _read(self, function: Callable[[], object], then: Callable[..., None], failed: Callable[..., None]) -> None:
        self._operations.start(Read(function, then, failed, lambda: self._alive))

    def _opened(self) -> None:
        info = self._connection.info
        if not self._alive or info is None:
            return
        if self._password:  # first: a password takes longest to check, and what follows is drawn meanwhile
            self._authenticate(self._user, self._password)
        elif self._by_itself and info.demo_password:
            self.credentials.user.setText(self._by_itself)
            self._authenticate(self._by_itself, info.demo_password)
        self.page.brand.show_site(info.title, info.subtitle)
        words = say("Connected to {place:within}", place=info.connection) if info.connection else say("Connected")
        self.page.say_connection(words, icon="circle-check", token="success")
        self.credentials.show_demo(info.demo_users, info.demo_password)
        if info.notice:
            self.credentials.inform(info.notice)
        self.page.show_step(self.credentials, 1)

    def _cannot_open(self, error: WorkloomError) -> None:
        if not self._alive:
            return
        self.credentials.busy("")
        if not self._connection.is_open:
            self.page.say_connection(say("Not connected"), icon="unplug", token="warning")
            self.page.show_step(FaultPage(self._kit, error, self._connection_again), 0)
        else:
            self.credentials.say(str(error))

    def _connection_again(self) -> None:
        self.page.say_connection(say("Opening …"), icon="", token="muted")
        self.page.show_step(self.credentials, 1)
        self._connection.open()

    def _toggle_plugins(self) -> None:
        self.without_plugins = not self.without_plugins
        words = (
            say("Plugins are off for this login. Use them") if self.without_plugins else say("Start without plugins")
        )
        self.page.without_plugins.setText(words)
        self.page.without_plugins.setAccessibleName(words)

    def _authenticate(self, user: str, password: str) -> None:
        self._user = user
        if not self._connection.is_open:
            self._password = password
            self.credentials.busy(say("Waiting for the service …"))
            self._connection.open()
            return
        self._password = ""
        self.credentials.busy(say("Checking …"))
        backend = self._connection.there.backend
        self._read(partial(backend.authenticate, user, password), self._planned, self._refused)

    def _planned(self, plan: LoginPlan) -> None:
        self._ticket = plan.ticket
        self.credentials.busy("")
        self.credentials.password.clear()
        remembered = self._preferences.values.people.get(plan.person)
        now = self._connection.there.backend.now().astimezone()
        self._user = plan.person
        self._step_2 = PlaceAndChannels(self._kit, plan, remembered, now, self._log_in, self.back)
        self.page.show_step(self._step_2, 2, plan.full_name)
        self._step_2.focus()
        if self._by_itself == plan.person:
            self._by_itself = ""
            self._step_2.submit()

    def _log_in(self, place: str, channels: tuple[str, ...], remember: bool) -> None:
        assert self._step_2 is not None
        self._step_2.busy(waiting=True)
        people = self._preferences.values.people
        if remember:
            people[self._user] = Remembered(place=place, channels=list(channels))
        else:
            people.pop(self._user, None)
        there = self._connection.there

        def enter() -> str:
            there.plugins.load()
            return there.backend.log_in(self._ticket, place=place, channels=channels)

        self._read(enter, self._logged_in, self._not_logged_in)

    def _logged_in(self, session: str) -> None:
        self._entered(session, self._user, self.without_plugins)

    def _refused(self, error: WorkloomError) -> None:
        self._by_itself = ""
        self.credentials.busy("")
        if isinstance(error, LoginFailed):
            self.credentials.refuse(str(error), error.wait_seconds)
        else:
            self.credentials.say(str(error))

    def _not_logged_in(self, error: WorkloomError) -> None:
        if isinstance(error, LoginFailed) or self._step_2 is None:
            self.back()
            self._refused(error)
            return
        self._step_2.busy(waiting=False)
        self._step_2.say(str(error))

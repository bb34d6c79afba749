"""The way to the system: `workloom.api.Backend`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from workloom.api import BackendPlace, ChannelChoice, LinkState, LoginPlan, Services, SiteInfo

from acme_desk.services import AgentServices
from acme_desk.system import AT_ONCE, SITE, System


class AlwaysThere:
    """`workloom.api.Link` to a system that cannot be lost. Yours may say that it is away, and when it is tried next."""

    def state(self) -> LinkState:
        """How the way is now. Must not block."""
        return LinkState()

    def try_now(self) -> None:
        """The agent does not want to wait for the next try."""


class SystemBackend:
    """What the desktop knows of the system: functions that may block, called off the UI thread."""

    def __init__(self, system: System, place: BackendPlace) -> None:
        self.link = AlwaysThere()
        self._system, self._place = system, place

    def info(self) -> SiteInfo:
        """What the login page shows."""
        return SiteInfo(title=SITE.title, connection=self._place.addresses[0] if self._place.addresses else "")

    def authenticate(self, user: str, password: str) -> LoginPlan:
        """Step 1 of the login: what step 2 asks. LoginFailed."""
        ticket, person = self._system.check(user, password), SITE.persons[user]
        return LoginPlan(
            ticket=ticket,
            person=user,
            first_name=person.first_name,
            full_name=person.full_name,
            prompt_place=False,
            places=(),
            channels=tuple(
                ChannelChoice(media_type=one.name, title=one.title, at_once=AT_ONCE)
                for one in SITE.media_types.values()
            ),
        )

    def log_in(self, ticket: str, *, place: str = "", channels: Sequence[str] = ()) -> str:
        """Step 2: the id of the session. LoginFailed."""
        return self._system.begin(ticket, tuple(channels))

    def services(self, session: str) -> Services:
        """What the agent of a session can read and change. They raise SessionEnded once it is over."""
        return AgentServices(self._system, session, self._place.options)

    def now(self) -> datetime:
        """The time of the system. Must not block: keep how far it is ahead of this computer."""
        return self._system.now()

    def on_wake(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` when something may have changed; returns its undo."""
        self._system.wakes.append(wake)

        def undo() -> None:
            if wake in self._system.wakes:
                self._system.wakes.remove(wake)

        return undo

    def close(self) -> None:
        """Let go of the system: close connections here."""

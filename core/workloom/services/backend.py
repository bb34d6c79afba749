"""The embedded backend: all services of this process's engine."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property

from workloom.api.services import LinkState
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.presence import LoginPlan
from workloom.domain.site import SiteInfo
from workloom.services.callers import Callers
from workloom.services.configuration import AgentConfiguration, Configuration
from workloom.services.contacts import AgentContacts
from workloom.services.directory import AgentDirectory
from workloom.services.history import AgentHistory
from workloom.services.login import Login
from workloom.services.news import AgentEvents
from workloom.services.ports import Store
from workloom.services.ports_outside import Clock, Ids
from workloom.services.presence import AgentPresence
from workloom.services.site_documents import SiteCache
from workloom.services.wake import Wake
from workloom.services.work_items import AgentWorkItems
from workloom.services.workbins import AgentWorkbins


class Resources:
    """What the services of every session are built of."""

    def __init__(
        self,
        store: Store,
        sites: SiteCache,
        catalogue: OptionCatalogue,
        clock: Clock,
        ids: Ids,
        wake: Wake,
        configuration: Configuration,
    ) -> None:
        self.store = store
        self.sites = sites
        self.catalogue = catalogue
        self.clock = clock
        self.ids = ids
        self.wake = wake
        self.configuration = configuration


class AgentServices:
    """`api.Services`, bound to one session; each service is made when it is first asked for."""

    def __init__(self, resources: Resources, session: str) -> None:
        self._resources = resources
        self._session = session
        self._callers = Callers(resources.sites, resources.catalogue, session)

    @cached_property
    def items(self) -> AgentWorkItems:
        """Items."""
        of = self._resources
        return AgentWorkItems(of.store, self._callers, of.clock, of.ids)

    @cached_property
    def workbins(self) -> AgentWorkbins:
        """Workbins."""
        return AgentWorkbins(self._resources.store, self._callers, self._resources.clock)

    @cached_property
    def history(self) -> AgentHistory:
        """History."""
        return AgentHistory(self._resources.store, self._callers)

    @cached_property
    def contacts(self) -> AgentContacts:
        """Contacts."""
        return AgentContacts(self._resources.store, self._callers)

    @cached_property
    def presence(self) -> AgentPresence:
        """The agent's own state."""
        return AgentPresence(self._resources.store, self._callers, self._resources.clock)

    @cached_property
    def directory(self) -> AgentDirectory:
        """Targets."""
        return AgentDirectory(self._resources.store, self._callers, self._resources.clock)

    @cached_property
    def configuration(self) -> AgentConfiguration:
        """What is configured."""
        return AgentConfiguration(self._resources.store, self._callers, self._resources.configuration)

    @cached_property
    def events(self) -> AgentEvents:
        """What has changed."""
        return AgentEvents(self._resources.store, self._callers, self._resources.wake)


class NoDistance:
    """`api.Link` within one process: always there."""

    def state(self) -> LinkState:
        """Connected."""
        return LinkState()

    def try_now(self) -> None:
        """Nothing is to be tried."""


class EmbeddedBackend:
    """`api.Backend` in this process."""

    link = NoDistance()

    def __init__(self, resources: Resources, login: Login, stop: Callable[[], None]) -> None:
        self._resources = resources
        self._login = login
        self._stop = stop
        self.notice = ""
        """What agents should know before they log in, such as that the demo site was set up."""

    def info(self) -> SiteInfo:
        """Name of the site, and the demo users of a demo site."""
        with self._resources.store.reading() as reader:
            site = self._resources.sites.of(reader)
        demo = site.persons.values() if site.demo_password else ()
        return SiteInfo(
            title=site.title or site.name,
            subtitle=site.subtitle,
            connection="This computer",
            demo_users=tuple((who.name, who.full_name, who.description) for who in demo if who.enabled),
            demo_password=site.demo_password,
            notice=self.notice,
        )

    def authenticate(self, user: str, password: str) -> LoginPlan:
        """Step 1 of the login. LoginFailed."""
        return self._login.authenticate(user, password)

    def log_in(self, ticket: str, *, place: str = "", channels: Sequence[str] = ()) -> str:
        """Step 2: the id of the new session. A session that the person has elsewhere ends."""
        return self._login.log_in(ticket, place=place, channels=channels)

    def services(self, session: str) -> AgentServices:
        """The services bound to that session."""
        return AgentServices(self._resources, session)

    def now(self) -> datetime:
        """The engine's own time."""
        return self._resources.clock.now()

    def on_wake(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake`, from any thread, when something may have changed; returns its undo."""
        return self._resources.wake.subscribe(wake)

    def close(self) -> None:
        """Stop cleanly."""
        self._stop()

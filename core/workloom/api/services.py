"""What the desktop talks to: service Protocols, bound to one logged-in agent.

All functions may block and may be called from any thread but the UI thread; they raise `WorkloomError` kinds and
change nothing when they do. Privileges are checked by the service at each call.

A backend of a plugin may lack what is marked `came_later`; `workloom.api.offers` tells.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from workloom.api.later import came_later
from workloom.domain.commands import Command
from workloom.domain.contact import Contact
from workloom.domain.events import Event
from workloom.domain.interaction import Interaction, Note
from workloom.domain.options import OptionChange, OptionLayer, OptionProblem, OptionSet, OptionValue
from workloom.domain.pages import HistoryCounts, HistoryQuery, ItemRow, Page, WorkbinNode, WorkbinQuery
from workloom.domain.presence import LoginPlan, Presence, Session
from workloom.domain.site import BusinessAttribute, MediaType, Person, Queue, SiteInfo, Timers
from workloom.domain.targets import TargetRow, TargetType


class WorkItems(Protocol):
    """Items: reading one, and every change of one."""

    def get(self, item: str) -> ItemRow:
        """The item as it is now. NotFound; NotAllowed if the caller may not see it."""
        ...

    def open_items(self) -> tuple[Interaction, ...]:
        """Items that are with the caller, oldest assignment first."""
        ...

    def offers(self) -> tuple[ItemRow, ...]:
        """Items that are offered to the caller at this moment, oldest offer first."""
        ...

    def execute(self, command: Command, *, key: str = "") -> Interaction:
        """Carry out a command once. The same key gives the same answer and changes nothing more.

        An empty key makes each call its own. Raises KeyReused for one that was used for something else, NotAllowed,
        Refused kinds, NotFound, BadInput, StorageError.
        """
        ...

    def notes(self, item: str) -> tuple[Note, ...]:
        """Notes of the item, oldest first."""
        ...

    def path(self, item: str) -> tuple[Event, ...]:
        """What has happened to the item, oldest first."""
        ...


class Workbins(Protocol):
    """Workbins that the caller may see."""

    def tree(self) -> tuple[WorkbinNode, ...]:
        """Own, shared and, for team leads, the team's workbins with counts. Needs Can Use Workbins."""
        ...

    def page(self, query: WorkbinQuery) -> Page[ItemRow]:
        """One page of a workbin."""
        ...

    def places_for(self, item: str) -> tuple[WorkbinNode, ...]:
        """Workbins into which the caller may put the item."""
        ...


class History(Protocol):
    """Interactions in progress and done."""

    def search(self, query: HistoryQuery) -> Page[ItemRow]:
        """One page; each row says where the item rests and whether the caller may open it now, or why not."""
        ...

    def counts(self, query: HistoryQuery) -> HistoryCounts:
        """How many rows each status filter would show for the same query."""
        ...


class Contacts(Protocol):
    """Contacts."""

    def get(self, contact: str) -> Contact:
        """One contact. NotFound."""
        ...

    def search(self, text: str, *, limit: int = 20) -> tuple[Contact, ...]:
        """Contacts of whom any attribute has words that begin with the words of `text`."""
        ...


class PresenceService(Protocol):
    """The caller's own state."""

    def session(self) -> Session:
        """The caller's session as it is now. SessionEnded."""
        ...

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "", key: str = "") -> Session:
        """Change one channel, or all that are on when `media_type` is empty. `key` as of `WorkItems.execute`.

        LOGGED_OFF logs off one channel, READY on such a channel logs in on it again. NotAllowed where the options do
        not offer it, Refused for a channel that is always on or not the agent's.
        """
        ...

    def heartbeat(self) -> float:
        """Tell the service that the desktop lives; in how many seconds to tell it again. SessionEnded."""
        ...

    def log_off(self, *, key: str = "") -> None:
        """End the session. ItemsOpen if items are open; SessionEnded where it has ended, also by this very call."""
        ...


class Directory(Protocol):
    """Targets: people, groups, skills and queues."""

    def search(
        self, text: str, *, item: str, kinds: Sequence[TargetType] = (), limit: int = 50
    ) -> tuple[TargetRow, ...]:
        """Targets to whom the item could be handed, possible ones first; impossible ones carry the reason."""
        ...

    def favourites(self, *, item: str) -> tuple[TargetRow, ...]:
        """The caller's own and the corporate favourites."""
        ...

    def recent(self, *, item: str) -> tuple[TargetRow, ...]:
        """Targets that the caller used last, newest first."""
        ...

    def set_favourite(self, row: TargetRow, favourite: bool, *, key: str = "") -> None:
        """Keep or drop a favourite. Needs Team Communicator - Can Manage Favorites. `key` as of `WorkItems.execute`."""
        ...


class ConfigurationService(Protocol):
    """What is configured, as the caller may see it."""

    def me(self) -> Person:
        """The caller; the password hash is left out."""
        ...

    def person(self, name: str) -> Person | None:
        """Somebody else by user name; password hash and options are left out."""
        ...

    def options(self, item: Interaction | None = None) -> OptionSet:
        """Options in effect for the caller and, where given, for the item with what its strategy overrides."""
        ...

    def privileges(self) -> frozenset[str]:
        """Privileges that the caller holds now."""
        ...

    def problems(self) -> tuple[OptionProblem, ...]:
        """Settings of the caller's layers that are not used, with the reason."""
        ...

    @came_later
    def set_option(
        self, option: str, value: OptionValue | None, layer: OptionLayer, *, dry_run: bool = False, key: str = ""
    ) -> OptionChange:
        """Set an option in a layer of the site, or take its setting away (None). A dry run only says what would change.

        Needs Administration - Can Change Configuration. BadInput if there is no such option or the value does not fit;
        NotFound if there is no such agent group or person. It holds as if the site had been applied with it.
        `key` as of `WorkItems.execute`.
        """
        ...

    def business_attribute(self, name: str) -> BusinessAttribute | None:
        """A business attribute, None if there is none of that name."""
        ...

    def media_types(self) -> tuple[MediaType, ...]:
        """All media types, in the order of the site."""
        ...

    def queues(self) -> tuple[Queue, ...]:
        """All queues, in the order of the site."""
        ...

    def timers(self) -> Timers:
        """The service-wide times in force, in seconds."""
        ...

    def capacity(self) -> dict[str, int]:
        """How many items of each media type the caller may have at once; `""` holds the limit over all (0 = none)."""
        ...


class Events(Protocol):
    """What has changed, as far as the caller may know of it."""

    def last(self) -> int:
        """Sequence of the newest event."""
        ...

    def after(self, sequence: int, *, limit: int = 500) -> tuple[Event, ...]:
        """Events after `sequence` that the caller may know of, oldest first.

        Fewer than `limit` are all that there were: whoever has asked `last()` before goes on from there. EventsMissed
        where so much is not told any more.
        """
        ...

    def wait(self, sequence: int, *, timeout: float) -> bool:
        """Block until there may be events after `sequence`, or `timeout` seconds have passed (False)."""
        ...


class Services(Protocol):
    """All services, bound to one session."""

    @property
    def items(self) -> WorkItems: ...
    @property
    def workbins(self) -> Workbins: ...
    @property
    def history(self) -> History: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def presence(self) -> PresenceService: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def configuration(self) -> ConfigurationService: ...
    @property
    def events(self) -> Events: ...


class LinkState(Struct, frozen=True, kw_only=True):
    """How the way to the services is.

    `attempt`: tries since it was lost, 0 while it is there. `next_try`: when it is tried again, on this process's
    `time.monotonic`; 0 while a try is under way. `place`: what it leads to, such as a host.
    """

    connected: bool = True
    attempt: int = 0
    next_try: float = 0.0
    place: str = ""


class Link(Protocol):
    """The way to the services. In one process it cannot be lost."""

    def state(self) -> LinkState:
        """How it is now. Never blocks."""
        ...

    def try_now(self) -> None:
        """Do not wait for the next try. Never blocks."""
        ...


class Backend(Protocol):
    """Where the services are: in this process, or on a server."""

    @property
    def link(self) -> Link: ...

    def info(self) -> SiteInfo:
        """Name of the site, and the demo users of a demo site."""
        ...

    def authenticate(self, user: str, password: str) -> LoginPlan:
        """Step 1 of the login. LoginFailed."""
        ...

    def log_in(self, ticket: str, *, place: str = "", channels: Sequence[str] = ()) -> str:
        """Step 2: the id of the new session. A session that the person has elsewhere ends."""
        ...

    def services(self, session: str) -> Services:
        """The services bound to that session."""
        ...

    def now(self) -> datetime:
        """The service's time, whatever the clock of this computer says. Never blocks."""
        ...

    def on_wake(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake`, from any thread, when something may have changed; returns its undo."""
        ...

    def close(self) -> None:
        """Stop cleanly."""
        ...

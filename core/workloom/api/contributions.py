"""What a plugin adds to the desktop, as frozen declarations.

What can be known without running the plugin (title, place, key, privilege, order …) stands in its manifest, under the
same id. What the manifest says need not be said here again, and may not be contradicted.

Factories return Qt widgets but are typed `object` here, because only `workloom.api.ui` knows Qt; the shell checks what
it gets and names the plugin when it is no widget. Contributions are ordered by `order`, then by their id; never by the
order in which plugins were loaded.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from workloom.domain.interaction import Interaction
from workloom.domain.pages import ItemRow


class ActionPlace(StrEnum):
    """Where actions are offered."""

    ITEM_TOOLBAR = "item.toolbar"
    WORKBIN_ROWS = "workbin.rows"
    HISTORY_ROWS = "history.rows"
    STATUS_MENU = "status.menu"  # the agent's own status; the subject has no rows
    MAIN_MENU = "main.menu"  # the menu of settings; the subject has no rows


WITHOUT_ROWS = frozenset({ActionPlace.STATUS_MENU, ActionPlace.MAIN_MENU})
"""Places whose actions work on no item."""

STATUS_ACTIONS = ("status.ready", "status.not-ready", "status.after-work", "status.dnd", "status.log-off")
"""Ids of the entries of the status menu that are the shell's own: a filter can hide them or put others in place."""


class Region(StrEnum):
    """Where views are shown."""

    MAIN = "main"  # a view of its own, reached from the sidebar
    ITEM_CONTEXT = "item.context"  # a tab in the panel beside the open item
    ROW_DETAILS = "row.details"  # a tab beside a list, for the current row
    STATUS_BAR = "status-bar"


class Subject(Struct, frozen=True, kw_only=True):
    """What an action works on: one open item, or the chosen rows of a list.

    `media_type`: of an entry in the status menu, the channel that it is for; empty = all.
    """

    place: ActionPlace
    rows: tuple[ItemRow, ...] = ()
    media_type: str = ""

    @property
    def item(self) -> Interaction:
        """The first item. IndexError when there is none."""
        return self.rows[0].item


class ActionState(Struct, frozen=True, kw_only=True):
    """Whether an action can be run now. A disabled one carries the reason that the agent reads."""

    enabled: bool = True
    visible: bool = True
    reason: str = ""


ENABLED = ActionState()
ABSENT = ActionState(enabled=False, visible=False)


def disabled(reason: str) -> ActionState:
    """The state of an action that cannot be run now, for this reason."""
    return ActionState(enabled=False, reason=reason)


class Action(Struct, frozen=True, kw_only=True):
    """Something the agent can do with a subject, offered in several places.

    `run(subject, anchor)` is called on the UI thread; `anchor` is the widget that the action was started from (a button
    to which a pop-up can be attached) or None. `privilege` empty = no check; without it the action is absent.
    `agent_groups` empty = for all; else the action is there for agents of these groups only.
    """

    id: str
    run: Callable[[Subject, object], None]
    state: Callable[[Subject], ActionState] = lambda _subject: ENABLED
    title: str = ""
    places: tuple[ActionPlace, ...] = ()
    icon: str = ""
    key: str = ""
    list_key: str = ""
    primary: bool = False
    many: bool = False
    button: bool = True  # without one, the action is reached by its key alone
    saves: bool = True  # what is typed in the item's pane is saved before
    privilege: str = ""
    agent_groups: tuple[str, ...] = ()
    order: int = 500


class ActionFilter(Struct, frozen=True, kw_only=True):
    """Hides an action, mostly of another plugin, disables it with a reason, or puts another one in its place.

    The one in place, `instead`, takes over slot, keys and order. Without `instead` and `reason` the action is absent.
    It holds for items of `media_types` and `subtypes` (empty = any); the first filter in order that fits decides.
    """

    id: str
    action: str
    instead: str = ""
    reason: str = ""
    media_types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    order: int = 500

    def fits(self, rows: Sequence[ItemRow]) -> bool:
        """Whether all of the rows are of the kinds that it holds for."""
        if not self.media_types and not self.subtypes:
            return True
        return bool(rows) and all(
            (not self.media_types or row.item.media_type in self.media_types)
            and (not self.subtypes or row.item.subtype in self.subtypes)
            for row in rows
        )


class View(Struct, frozen=True, kw_only=True):
    """A view in a region.

    `make()` is called once for `Region.MAIN` and `STATUS_BAR`; for the item and row regions `make_for(item)` is called
    with the item's id whenever the subject changes. `badge()` (may block; called off the UI thread) gives the text at
    the right of the sidebar entry; it is asked again after each event. A count and one word, such as "9 new", draw
    attention; a bare number and other texts do not. `agent_groups` empty = for all.
    Beside an open item it is shown for items of `media_types` and `subtypes`; empty = for any.

    `about`: the kind of things of which a main view shows one at a time, such as `plugin` or `option`. A notice about
    one of them leads there; then `reveal(name)` of the widget, if it has that, is called.
    """

    id: str
    title: str = ""
    region: Region = Region.MAIN
    make: Callable[[], object] | None = None
    make_for: Callable[[str], object] | None = None
    badge: Callable[[], str] | None = None
    icon: str = ""
    privilege: str = ""
    agent_groups: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    about: str = ""
    rail: bool = False  # three-pane view: the sidebar becomes the rail below 1600
    order: int = 500


class InteractionView(Struct, frozen=True, kw_only=True):
    """The pane that shows an open item. Best match wins: subtype over media type over any, then `order`.

    `media_types` and `subtypes` empty = any. `make(item)` gets the item's id and returns the widget. The widget may
    have `save(then)`: it is called before an action of the item's toolbar is run, saves what is typed and calls `then`
    when that is done; when it cannot be saved, it says so and does not call `then`, and the item stays. It may have
    `focus_first()`: the agent comes to the item, and the keyboard goes where the work on it begins.
    """

    id: str
    make: Callable[[str], object]
    media_types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    order: int = 500


class Fact(Struct, frozen=True, kw_only=True):
    """One label and value in a toast or panel, with an icon and a tone (warning, danger, accent) where it matters.

    `tooltip`: the full form where the value is short.
    """

    label: str
    value: str
    icon: str = ""
    tone: str = ""
    tooltip: str = ""


class ToastContent(Struct, frozen=True, kw_only=True):
    """What a toast says of an offer. `waiting_since`: it says itself for how long, in place of `waiting_since_text`.

    `seconds_to_accept` ≥ 0: it accepts by itself then (0 = at once)."""

    title: str
    heading: str
    line: str = ""
    icon: str = ""
    facts: tuple[Fact, ...] = ()
    badges: tuple[Fact, ...] = ()
    origin: str = ""
    waiting_since_text: str = ""
    waiting_since: datetime | None = None
    can_reject: bool = True
    seconds_to_accept: float = -1.0
    frame_color: str = ""
    bell: str = ""


class Channel(Struct, frozen=True, kw_only=True):
    """A kind of work that the agent receives.

    `present(row)` makes the toast of an offer. It is called off the UI thread and has two seconds: after that the offer
    is shown plainly, which is a fault.
    """

    id: str
    present: Callable[[ItemRow], ToastContent]
    media_types: tuple[str, ...] = ()
    order: int = 500


class Tone(StrEnum):
    """How serious a notice is."""

    INFORMATION = "information"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


class Notice(Struct, frozen=True, kw_only=True):
    """A message to the agent: information goes by itself after 6 s, warnings and errors stay.

    `run` adds a button with the words of `action` for 8 seconds. `about` says what the notice speaks of, such as the id
    of an item: a later notice about the same takes its place in sight; it stays under the bell. `about="plugin:acme"`,
    with the kind of things that a main view is about and a name, adds a button that leads there.
    """

    title: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    tone: Tone = Tone.INFORMATION
    action: str = ""
    run: Callable[[], None] | None = None
    about: str = ""

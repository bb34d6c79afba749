"""What a desktop knows of its agent: read in the background after events, and never asked for by the UI thread."""

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from workloom.api.contributions import ToastContent
from workloom.api.services import Services
from workloom.domain.errors import NotAllowed, NotFound
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Offer
from workloom.domain.option_values import REASONS
from workloom.domain.options import OptionProblem, OptionSet
from workloom.domain.pages import ItemRow
from workloom.domain.presence import Session
from workloom.domain.site import AttributeValue, MediaType, Person, Timers

FOCUS_OPTION = "interaction.auto-focus"
CONFIGURED_ANEW = frozenset({EventKind.SITE_APPLIED})


class ShownOffer(Struct, frozen=True, kw_only=True):
    """An offered item with what its toast says. `focus`: once accepted it comes to the front."""

    row: ItemRow
    content: ToastContent
    focus: bool = True

    @property
    def offer(self) -> Offer:
        """The ticket and its deadline."""
        assert self.row.item.offer is not None
        return self.row.item.offer


class Knowledge(Struct, frozen=True, kw_only=True):
    """One moment as the agent may see it."""

    me: Person
    session: Session
    privileges: frozenset[str]
    options: OptionSet
    problems: tuple[OptionProblem, ...]
    media_types: tuple[MediaType, ...]
    capacity: dict[str, int]
    timers: Timers = Timers()
    reasons: tuple[AttributeValue, ...] = ()
    open_rows: tuple[ItemRow, ...] = ()
    offers: tuple[ShownOffer, ...] = ()

    def media_type(self, name: str) -> MediaType:
        """A media type by name; one made from the name if the site does not have it any more."""
        found = (media for media in self.media_types if media.name == name)
        return next(found, MediaType(name=name, title=name, singular=name))

    def open_row(self, item: str) -> ItemRow | None:
        """An open item, None if it is not with the agent."""
        return next((row for row in self.open_rows if row.item.id == item), None)

    def is_touched_by(self, events: Iterable[Event]) -> bool:
        """Whether any of the events can have changed the agent's own state, items or offers."""
        mine = {row.item.id for row in self.open_rows} | {offer.row.item.id for offer in self.offers}
        who = self.me.name
        return any(event.person == who or event.actor == who or event.item in mine for event in events)


Presenter = Callable[[ItemRow], ToastContent]


def first_look(services: Services) -> Knowledge:
    """Read everything but the offers. Blocks."""
    configuration = services.configuration
    reasons = configuration.business_attribute(REASONS)
    return Knowledge(
        me=configuration.me(),
        session=services.presence.session(),
        privileges=configuration.privileges(),
        options=configuration.options(),
        problems=configuration.problems(),
        media_types=configuration.media_types(),
        capacity=configuration.capacity(),
        timers=configuration.timers(),
        reasons=reasons.values if reasons else (),
        open_rows=tuple(_open_rows(services)),
    )


def after_events(services: Services, known: Knowledge, events: tuple[Event, ...], present: Presenter) -> Knowledge:
    """Read again what the events can have changed. Blocks."""
    if any(event.kind in CONFIGURED_ANEW for event in events):
        return second_look(services, known, present)
    if not known.is_touched_by(events):
        return known
    return with_items(services, replace(known, session=services.presence.session()), present)


def second_look(services: Services, known: Knowledge, present: Presenter) -> Knowledge:
    """Read everything again, whatever has happened meanwhile; toasts that stand are kept. Blocks."""
    return with_items(services, replace(first_look(services), offers=known.offers), present)


def with_items(services: Services, known: Knowledge, present: Presenter) -> Knowledge:
    """Open items and offers as they are now; a toast is made once for each ticket. Blocks."""
    shown = {offer.offer.ticket: offer for offer in known.offers}
    offers = []
    for row in services.items.offers():
        if row.item.offer is None:
            continue
        offers.append(shown.get(row.item.offer.ticket) or _shown(services, row, present))
    return replace(known, open_rows=tuple(_open_rows(services)), offers=tuple(offers))


def _shown(services: Services, row: ItemRow, present: Presenter) -> ShownOffer:
    """With the options of this very item, which its strategy may override."""
    focus = services.configuration.options(row.item).flag(FOCUS_OPTION)
    return ShownOffer(row=row, content=present(row), focus=focus)


def _open_rows(services: Services) -> Iterable[ItemRow]:
    for item in services.items.open_items():
        try:
            yield services.items.get(item.id)
        except (NotFound, NotAllowed):
            continue  # it left between the two reads; its event comes next

"""Everything that a panel beside a list says of one item, read in one go off the UI thread. No Qt."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from workloom.api.columns import priority_words
from workloom.api.contributions import Fact
from workloom.api.services import Services
from workloom.api.words import Say, as_it_is
from workloom.domain import case_data, wording
from workloom.domain.events import Event
from workloom.domain.interaction import SUBJECT, Note
from workloom.domain.pages import ItemRow
from workloom.domain.site import MediaType
from workloom.domain.targets import ROUTING_KEYS

HIDDEN_KEYS = frozenset((SUBJECT, *ROUTING_KEYS))


class ItemDetails(Struct, frozen=True, kw_only=True):
    """One item as it was at `read_at`.

    `case` is label and value; `names` says what people are called.
    """

    row: ItemRow
    media_type: MediaType
    queue: str
    case: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    path: tuple[Event, ...]
    names: dict[str, str]
    queues: dict[str, str]
    me: str
    read_at: datetime

    @property
    def is_mine(self) -> bool:
        """The item is open with the agent."""
        return self.row.item.assigned_to == self.me and not self.row.item.is_finished

    def name_of(self, actor: str) -> str:
        """`you`, the full name of a person, else what is known."""
        return "you" if actor == self.me else self.names.get(actor, actor)


def read_details(services: Services, row: ItemRow, now: datetime) -> ItemDetails:
    """Read what belongs to a row of a list. Blocks; raises NotFound, NotAllowed."""
    item, configuration = row.item, services.configuration
    options = configuration.options(item)
    form_name = options.text("interaction.case-data.format-business-attribute")
    form = configuration.business_attribute(form_name) if form_name else None
    fields = case_data.fields_of(form, item.attached, HIDDEN_KEYS | {options.text("interaction.override-option-key")})
    media = {media.name: media for media in configuration.media_types()}
    queues = {queue.name: queue.title or queue.name for queue in configuration.queues()}
    notes, path = services.items.notes(item.id), services.items.path(item.id)
    people = {note.author for note in notes} | {who for event in path for who in (event.actor, event.person)}
    return ItemDetails(
        row=row,
        media_type=media.get(item.media_type)
        or MediaType(name=item.media_type, title=item.media_type, singular=item.media_type),
        queue=queues.get(item.queue, item.queue),
        case=tuple(
            (field.title or field.name, value)
            for field in fields
            if (value := case_data.in_words(field, item.attached.get(field.name)))
        ),
        notes=notes,
        path=path,
        names=_names(services, people),
        queues=queues,
        me=configuration.me().name,
        read_at=now,
    )


def common_facts(details: ItemDetails, say: Say = as_it_is) -> tuple[Fact, ...]:
    """Received, age, due, priority and segment: what every list says of an item. `say`: `Context.translate`."""
    item, now = details.row.item, details.read_at
    received = wording.full_moment(item.received_at)
    facts = [Fact(label=say("Received"), value=wording.moment(item.received_at, now), tooltip=received)]
    if not item.is_finished:
        age = max(now - item.received_at, timedelta(0))
        tooltip = say("Received {time}", time=received)
        facts.append(Fact(label=say("Age"), value=wording.duration(age), tooltip=tooltip))
    due = item.attributes.due_at
    if due is not None:
        said = wording.due(due, now, say=say) if not item.is_finished else None
        icon = {"warning": "clock", "danger": "triangle-alert"}.get(said.tone, "") if said else ""
        rest = said.text if said is not None and said.tone == "danger" else ""
        value = f"{wording.moment(due, now)}{', ' if rest else ''}{rest}"
        tone = said.tone if said else ""
        facts.append(Fact(label=say("Due"), value=value, icon=icon, tone=tone, tooltip=wording.full_moment(due)))
    level = wording.priority_level(item.priority)
    facts.append(
        Fact(
            label=say("Priority"),
            value=f"{priority_words(item.priority, say)} ({item.priority:,})",
            icon=f"priority:{level}",
            tone="danger" if level == 4 else "",
        )
    )
    if item.attributes.customer_segment:
        facts.append(Fact(label=say("Segment"), value=item.attributes.customer_segment))
    return tuple(facts)


def _names(services: Services, people: Iterable[str]) -> dict[str, str]:
    found = {}
    for user in sorted(people):
        person = services.configuration.person(user) if user else None
        if person is not None:
            found[user] = person.full_name
    return found

"""What the pane of an open item shows, read in one go off the UI thread."""

from datetime import datetime

from msgspec import Struct

from workloom.api import (
    ROUTING_KEYS,
    SUBJECT,
    AttributeValue,
    BusinessAttribute,
    Contact,
    ItemRow,
    MediaType,
    NotAllowed,
    Note,
    NotFound,
    OptionSet,
    Services,
    case_data,
)
from workloom_workitem.api import WorkItemType
from workloom_workitem.hand_overs import SOURCE, HandOver, read_hand_overs
from workloom_workitem.kinds import Kinds

HIDDEN_KEYS = frozenset((SUBJECT, *ROUTING_KEYS))
OVERRIDE = "interaction.override-option-key"


class ItemModel(Struct, frozen=True, kw_only=True):
    """One item with everything that its pane needs. `read_at` is when it was read, `changed_by` who changed it last."""

    row: ItemRow
    kind: WorkItemType | None
    media_type: MediaType
    options: OptionSet
    form: BusinessAttribute | None
    dispositions: BusinessAttribute | None
    notes: tuple[Note, ...]
    names: dict[str, str]
    contact: Contact | None
    hand_overs: tuple[HandOver, ...]
    queue: str
    me: str
    changed_by: str
    read_at: datetime

    @property
    def fields(self) -> tuple[AttributeValue, ...]:
        """Fields of the case data, in order."""
        return case_data.fields_of(self.form, self.row.item.attached, HIDDEN_KEYS | {self.options.text(OVERRIDE)})

    @property
    def disposition_needed(self) -> bool:
        """A disposition must be set before Done and none is."""
        return self.disposition_mandatory and not self.row.item.disposition

    @property
    def disposition_mandatory(self) -> bool:
        """Done needs a disposition, as the options or the type of the item say."""
        by_type = self.kind is not None and self.kind.needs_disposition
        return by_type or self.options.flag("interaction.disposition.is-mandatory")

    @property
    def is_mine(self) -> bool:
        """The item is with the agent, so that it can be changed."""
        return self.row.item.assigned_to == self.me


def load(services: Services, kinds: Kinds, item: str, now: datetime, changed_by: str = "") -> ItemModel:
    """Read an item and what belongs to it. `changed_by`: an event's actor. Blocks; raises NotFound, NotAllowed."""
    row = services.items.get(item)
    configuration = services.configuration
    options = configuration.options(row.item)
    notes = services.items.notes(item)
    media = {media.name: media for media in configuration.media_types()}
    queues = {queue.name: queue.title for queue in configuration.queues()}
    kind = kinds.of(row.item)
    outcomes = configuration.business_attribute(options.text("interaction.disposition.value-business-attribute"))
    format_name = options.text("interaction.case-data.format-business-attribute")
    return ItemModel(
        row=row,
        kind=kind,
        media_type=media.get(row.item.media_type)
        or MediaType(name=row.item.media_type, title=row.item.media_type, singular=row.item.media_type),
        options=options,
        form=kinds.form(kind, configuration.business_attribute(format_name) if format_name else None),
        dispositions=kinds.dispositions(kind, row.item, outcomes),
        notes=notes,
        names={note.author: _name(services, note.author) for note in notes},
        queue=queues.get(row.item.queue) or row.item.queue,
        contact=_contact(services, row.item.contact_id),
        hand_overs=read_hand_overs(services, item, kinds.say),
        me=configuration.me().name,
        changed_by=kinds.say("its source") if changed_by.startswith(SOURCE) else _name(services, changed_by),
        read_at=now,
    )


def _contact(services: Services, contact: str) -> Contact | None:
    """The contact, None where there is none or the agent may not see contacts: the item is worked all the same."""
    try:
        return services.contacts.get(contact) if contact else None
    except (NotAllowed, NotFound):
        return None


def _name(services: Services, user: str) -> str:
    person = services.configuration.person(user)
    return person.full_name if person else user

"""Messages carried over to items within one transaction: what an import and the HTTP API have in common."""

from collections.abc import Mapping

from msgspec.structs import replace

from workloom.domain.capture import Outcomes, create, follow, is_news, is_settled
from workloom.domain.capture_messages import Count, Known, Message, Said, learned
from workloom.domain.errors import BadInput
from workloom.domain.interaction import Interaction
from workloom.domain.site import CapturePoint, Site
from workloom.services.contacts import find_or_create
from workloom.services.ports import Transaction
from workloom.services.ports_outside import Clock, Ids

Defaults = Mapping[str, str | int]


class Taking:
    """Takes messages of one capture point in one transaction.

    Whatever can be wrong with a message is found before anything of it is written, so it takes no other down.
    """

    def __init__(self, transaction: Transaction, site: Site, point: CapturePoint, clock: Clock, ids: Ids) -> None:
        self.transaction = transaction
        self.site = site
        self.point = point
        self._clock = clock
        self._ids = ids

    def known(self, capture_id: str) -> Known | None:
        """What is known of the source's item."""
        return self.transaction.captured.known(self.point.name, capture_id)

    def create(self, message: Message, *, client: str = "") -> Interaction:
        """The item of an unknown capture id. BadInput unless its media type and queue exist and go together.

        `client` is who sent the message, for the history of the item.
        """
        self._check_places(message.said)
        outcomes = create(
            message,
            item=self._ids.new("item"),
            tenant=self.site.tenant,
            contact=self._contact(message.said),
            now=self._clock.now(),
        )
        assert outcomes.item is not None
        self.transaction.items.insert(outcomes.item)
        self._tell(outcomes, client)
        known = Known(item=outcomes.item.id, created=(message.revision, message.verb), said=message.said)
        self.transaction.captured.remember(message, known)
        return outcomes.item

    def follow(self, message: Message, known: Known, *, client: str = "") -> Count:
        """What became of a further message."""
        item = self.transaction.items.get(known.item)
        if item is None or not is_news(message, known) or is_settled(message, item):
            taken, count = False, Count.UNCHANGED
        else:
            contact = self._contact(message.said, known.said)
            outcomes = follow(message, known, item, contact=contact, site=self.site, now=self._clock.now())
            if outcomes.item is not None:
                self.transaction.items.save(outcomes.item, before=item)
                self._tell(outcomes, client)
            taken, count = True, outcomes.count
        self.transaction.captured.remember(message, learned(known, message, taken=taken))
        return count

    def _tell(self, outcomes: Outcomes, client: str) -> None:
        sender = {"client": client} if client else {}
        events = [replace(event, detail={**event.detail, **sender}) for event in outcomes.events]
        self.transaction.events.append(events)

    def _contact(self, said: Said, before: Said | None = None) -> str:
        """The id of the contact that the source names, empty if none or if it says nothing new of it."""
        if not said.contact_key:
            return ""
        if before is not None and (said.contact_key, said.contact) == (before.contact_key, before.contact):
            return ""
        contact = find_or_create(
            self.transaction,
            self._ids,
            tenant=self.site.tenant,
            key=said.contact_key,
            attributes={name: (value,) for name, value in said.contact.items()},
            now=self._clock.now(),
        )
        return contact.id

    def _check_places(self, said: Said) -> None:
        """BadInput unless the message's media type and queue exist and go together."""
        media_type, queue = (str(said.fields.get(name) or "") for name in ("media_type", "queue"))
        if media_type not in self.site.media_types:
            message = f"The media type “{media_type}” is not known." if media_type else "No media type is given."
            raise BadInput(message, field="media_type")
        known = self.site.queues.get(queue)
        if known is None:
            message = f"The queue “{queue}” is not known." if queue else "No queue is given."
            raise BadInput(message, field="queue")
        if known.media_types and media_type not in known.media_types:
            raise BadInput(f"The queue “{queue}” does not take the media type “{media_type}”.", field="queue")


def with_defaults(said: Said, point: CapturePoint, defaults: Defaults, *, creating: bool) -> Said:
    """What a message says, with the point's values and `defaults` for what it does not know; at creation also for what
    it leaves out.
    """
    own = {
        "queue": point.queue,
        "media_type": point.media_type,
        "process": point.process,
        "department": point.department,
    }
    fields = dict(said.fields)
    for name, default in {**{name: value for name, value in own.items() if value}, **defaults}.items():
        if fields.get(name) is None and (creating or name in fields):
            fields[name] = default
    return replace(said, fields=fields)

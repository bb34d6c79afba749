"""Messages that sources send one by one, or many in one call: each a command in one transaction, with an answer.

A message is identified by point, capture id and revision (docs/decisions/0009); one that was taken before changes
nothing and gets the item as it is now, so a source that missed an answer sends it once more.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from msgspec import Struct

from workloom import __version__
from workloom.domain.capture import is_news
from workloom.domain.capture_legal import check_legal
from workloom.domain.capture_messages import Count, Known, Message, Said, Verb
from workloom.domain.errors import BadInput, NotAllowed, NotFound, Refused, Stale, StorageError, WorkloomError
from workloom.domain.events import EventKind
from workloom.domain.interaction import Interaction
from workloom.domain.moves_base import singular
from workloom.domain.privileges import CAPTURE_READ, CAPTURE_SEND
from workloom.domain.wording import within_sentence
from workloom.services.again import again
from workloom.services.capture_taking import Taking, with_defaults
from workloom.services.command_keys import Once
from workloom.services.ports import Reader, Store, Transaction
from workloom.services.ports_outside import Clock, Ids
from workloom.services.principals import Principal, Principals, Who

BATCH: Final = 200
"""Messages in one transaction."""


class Address(Struct, frozen=True, kw_only=True):
    """Which item is meant: by the source's capture id, or by the interaction id."""

    capture_id: str = ""
    item: str = ""


class Sent(Struct, frozen=True, kw_only=True):
    """One message as a source sends it.

    Without `revision` the message has no name: sent twice it counts twice. `fence`: it is refused if the item has
    another one by now. `upsert`: an update of an unknown capture id creates the item. `key`: the idempotency key of the
    request, under which nothing else may be sent.
    """

    verb: Verb
    address: Address
    revision: str = ""
    said: Said = Said()
    fence: int | None = None
    upsert: bool = False
    key: str = ""


class Answer(Struct, frozen=True, kw_only=True):
    """What became of a message, and the item as it is now. `reason` says why nothing was changed."""

    result: Count
    item: Interaction
    capture_id: str
    reason: str = ""


class Failure(Struct, frozen=True, kw_only=True):
    """A message of many that was not taken; nothing of it was written."""

    error: WorkloomError


class Pong(Struct, frozen=True, kw_only=True):
    """The answer to a ping: the point can be used, by whom, and the time of the service."""

    point: str
    title: str
    client: str
    version: str
    now: datetime


class SentMessages:
    """Takes messages of sources."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, principals: Principals) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._principals = principals

    def send(self, who: Who, point: str, sent: Sent) -> Answer:
        """Take one message. BadInput, NotFound, NotAllowed, Refused kinds; then nothing was written."""
        with self._store.transaction() as transaction:
            principal, taking = self._allowed(transaction, who, point)
            once = Once(transaction, principal.actor, sent.key, (point, sent))
            is_new = once.answer() is None
            answer = self._take(taking, principal, sent)  # a message sent again is known, and answered as such
            if is_new:
                once.keep(answer.item.id, self._clock.now())
            return answer

    def send_all(self, who: Who, point: str, messages: Sequence[Sent]) -> tuple[Answer | Failure, ...]:
        """Take messages in their order, in batches; what is wrong with one does not touch the others.

        A StorageError leaves the batches before it, and is the answer to each message behind them; it is raised when
        there were none. NotAllowed when the caller may not send at all.
        """
        done: list[Answer | Failure] = []
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            try:
                done += again(partial(self._take_batch, who, point, batch))  # not the whole: a part of it is done
            except StorageError as error:
                if not done:
                    raise
                done += [Failure(error=error)] * (len(messages) - len(done))
                break
        return tuple(done)

    def _take_batch(self, who: Who, point: str, batch: Sequence[Sent]) -> list[Answer | Failure]:
        with self._store.transaction() as transaction:
            principal, taking = self._allowed(transaction, who, point)
            transaction.captured.taking(point, {sent.address.capture_id for sent in batch})
            return [self._take_or_tell(taking, principal, sent) for sent in batch]

    def get(self, who: Who, point: str, address: Address) -> tuple[Interaction, str]:
        """The item of a source and its capture id. NotFound if the point has none of that name."""
        with self._store.reading() as reader:
            principal = self._principals.of(reader, who)
            principal.need(CAPTURE_READ, "read items of sources")
            principal.point(point)
            capture_id = _capture_id(reader, principal, point, address)
            return _item(reader, principal, capture_id, point), capture_id

    def ping(self, who: Who, point: str) -> Pong:
        """Whether the caller may use the point: a client by its points, a person by privilege. NotAllowed, NotFound."""
        with self._store.reading() as reader:
            principal = self._principals.of(reader, who)
            if principal.session and not principal.may(CAPTURE_READ):
                principal.need(CAPTURE_SEND, "use capture points")
            found = principal.point(point)
            return Pong(
                point=found.name,
                title=found.title,
                client=principal.actor,
                version=__version__,
                now=self._clock.now(),
            )

    def _allowed(self, transaction: Transaction, who: Who, point: str) -> tuple[Principal, Taking]:
        principal = self._principals.of(transaction, who)
        principal.need(CAPTURE_SEND, "send messages")
        return principal, Taking(transaction, principal.site, principal.point(point), self._clock, self._ids)

    def _take_or_tell(self, taking: Taking, principal: Principal, sent: Sent) -> Answer | Failure:
        try:
            return self._take(taking, principal, sent)
        except (BadInput, NotFound, NotAllowed, Refused) as error:
            return Failure(error=error)

    def _take(self, taking: Taking, principal: Principal, sent: Sent) -> Answer:
        point = taking.point.name
        creates = sent.upsert or sent.verb is Verb.CREATE
        if creates and not sent.address.capture_id:
            raise BadInput("A create needs the capture id, by which the source knows the item.", field="capture_id")
        capture_id = sent.address.capture_id or _capture_id(taking.transaction, principal, point, sent.address)
        known = taking.known(capture_id)
        message = Message(
            point=point,
            capture_id=capture_id,
            revision=sent.revision or ("" if known is None else self._ids.new("message")),
            verb=sent.verb,
            said=with_defaults(sent.said, taking.point, {}, creating=known is None),
        )
        if known is None:
            if not creates:
                raise _unknown(point, capture_id)
            if sent.fence is not None:
                raise Stale(f"There is no item “{capture_id}” yet, so no version of it can be named.")
            return Answer(
                result=Count.CREATED, item=taking.create(message, client=principal.actor), capture_id=capture_id
            )
        item = _item(taking.transaction, principal, capture_id, point)
        if sent.verb is Verb.CREATE:
            return _unchanged(item, capture_id, f"There is an item “{capture_id}” already.")
        if not is_news(message, known):
            return _unchanged(item, capture_id, _why_no_news(message, known))
        if sent.fence is not None and sent.fence != item.fence:
            what = within_sentence(singular(item, principal.site))
            raise Stale(f"This {what} has changed hands: its version is {item.fence}, not {sent.fence}. Read it again.")
        check_legal(sent.verb, item, principal.site)
        count = taking.follow(message, known, client=principal.actor)
        after = taking.transaction.items.get(item.id)
        assert after is not None
        if count is Count.UNCHANGED:
            return _unchanged(after, capture_id, "It says nothing new.")
        return Answer(result=count, item=after, capture_id=capture_id)


def _unchanged(item: Interaction, capture_id: str, reason: str) -> Answer:
    return Answer(result=Count.UNCHANGED, item=item, capture_id=capture_id, reason=reason)


def _capture_id(reader: Reader, principal: Principal, point: str, address: Address) -> str:
    """The capture id of an item that is named by its interaction id. NotFound unless it is one of this point."""
    if address.capture_id:
        return address.capture_id
    found = reader.items.get(address.item)
    if found is None or found.tenant != principal.site.tenant or found.attributes.capture_point != point:
        raise NotFound(f"The capture point “{point}” has no item with the interaction id “{address.item}”.")
    known = reader.captured.known(point, found.external_id)
    if known is not None and known.item == found.id:
        return found.external_id
    # A person has given the item another number; its history begins with the one of the source.
    first = next((event for event in reader.events.of_item(found.id) if event.kind is EventKind.SUBMITTED), None)
    return str(first.detail.get("capture_id", "")) if first else found.external_id


def _item(reader: Reader, principal: Principal, capture_id: str, point: str) -> Interaction:
    known = reader.captured.known(point, capture_id)
    item = None if known is None else reader.items.get(known.item)
    if item is None or item.tenant != principal.site.tenant:
        raise _unknown(point, capture_id)
    return item


def _unknown(point: str, capture_id: str) -> NotFound:
    return NotFound(f"The capture point “{point}” has no item “{capture_id}”. Send its create first.")


def _why_no_news(message: Message, known: Known) -> str:
    if known.has(message.revision, message.verb):
        return f"The revision “{message.revision}” was taken before."
    return f"The revision “{message.revision}” is older than “{known.revision}”, the latest."

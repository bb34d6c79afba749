"""The task list of supervisors and of programs: finding items wherever they are, and doing something with many."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from msgspec import Struct, json

from workloom.domain.commands import ManagementCommand, PlaceInQueue, SetProperties
from workloom.domain.errors import BadInput, NotAllowed, NotFound, Refused, Stale, StorageError, WorkloomError
from workloom.domain.events import Event
from workloom.domain.interaction import Interaction, Note
from workloom.domain.moves import decide
from workloom.domain.moves_base import Circumstances, singular
from workloom.domain.option_layers import effective_options
from workloom.domain.pages import HistoryScope, HistoryStatus, Page, Sort
from workloom.domain.privileges import MANAGEMENT_CASE_EDIT, MANAGEMENT_TO_QUEUE, MANAGEMENT_USE
from workloom.domain.resting import where_it_rests
from workloom.domain.wording import within_sentence
from workloom.services.again import again
from workloom.services.command_keys import Once
from workloom.services.keeping import keep
from workloom.services.ports import Reader, Store, Transaction
from workloom.services.ports_outside import Clock, Ids
from workloom.services.ports_reading import HistoryList, Listed
from workloom.services.principals import Principal, Principals, Who

BATCH: Final = 100
"""Items in one transaction."""


_NEEDED: Final[Mapping[type, tuple[str, str]]] = {
    PlaceInQueue: (MANAGEMENT_TO_QUEUE, "move items to queues"),
    SetProperties: (MANAGEMENT_CASE_EDIT, "change case data"),
}
"""What the moves of agents would refuse otherwise: they know other ways to the same."""


class ManagedItem(Struct, frozen=True, kw_only=True):
    """An item with the name of its contact and where it is, in words."""

    item: Interaction
    contact: str = ""
    where: str = ""


class ItemHistory(Struct, frozen=True, kw_only=True):
    """What has happened to an item and what colleagues have noted, oldest first."""

    events: tuple[Event, ...]
    notes: tuple[Note, ...]


class ItemList(Struct, frozen=True, kw_only=True):
    """Which items are listed. `text`: each word begins a word of subject, number, notes or contact name."""

    text: str = ""
    status: HistoryStatus = HistoryStatus.ALL
    sort: Sort = Sort()
    offset: int = 0
    limit: int = 100


class ManagedItems:
    """Items for whoever holds the privileges of interaction management."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, principals: Principals) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._principals = principals

    def find(self, who: Who, number: str) -> tuple[ManagedItem, ...]:
        """The items with that interaction id, capture id or number; empty if there is none. NotAllowed."""
        with self._store.reading() as reader:
            principal = self._reading(reader, who)
            ids = [number]
            for point in principal.site.capture_points:
                known = reader.captured.known(point, number)
                renamed = reader.items.by_external(point, number)
                ids += [known.item] if known else []
                ids += [renamed.id] if renamed else []
            return tuple(_managed(listed, principal) for listed in _listed(reader, principal, dict.fromkeys(ids)))

    def page(self, who: Who, wanted: ItemList) -> Page[ManagedItem]:
        """Items of a list. NotAllowed; BadInput for an unknown sort key."""
        with self._store.reading() as reader:
            principal = self._reading(reader, who)
            query = HistoryList(scope=HistoryScope.ALL, status=wanted.status, text=wanted.text, sort=wanted.sort)
            total = reader.lists.history_total(query)
            found = reader.lists.history_page(query, offset=wanted.offset, limit=wanted.limit)
            rows = tuple(_managed(listed, principal) for listed in found if _is_here(listed.item, principal))
            return Page(offset=wanted.offset, total=total, rows=rows)

    def get(self, who: Who, item: str) -> ManagedItem:
        """One item. NotFound, NotAllowed."""
        with self._store.reading() as reader:
            principal = self._reading(reader, who)
            found = _listed(reader, principal, [item])
            if not found:
                raise _unknown(item)
            return _managed(found[0], principal)

    def history(self, who: Who, item: str) -> ItemHistory:
        """What has happened to an item. NotFound, NotAllowed."""
        with self._store.reading() as reader:
            _item(reader, self._reading(reader, who), item)
            return ItemHistory(events=reader.events.of_item(item), notes=reader.notes.of_item(item))

    def carry_out(
        self, who: Who, command: ManagementCommand, *, key: str = "", fence: int | None = None
    ) -> Interaction:
        """Carry out a command once: the same key gives the same answer. Errors as of `domain.moves.decide`.

        `fence` is the one that the item must have.
        """
        holders = self._holders([command.item])
        with self._store.transaction() as transaction:
            _take_sessions(transaction, holders)
            principal = self._principals.of(transaction, who)
            once = Once(transaction, principal.actor, key, command)
            answered = once.answer()
            if answered is not None:
                return json.decode(answered, type=Interaction)
            after = self._carried_out(transaction, principal, command, fence)
            once.keep(after, self._clock.now())
            return after

    def carry_out_all(
        self, who: Who, items: Sequence[str], make: Callable[[str], ManagementCommand]
    ) -> tuple[Interaction | WorkloomError, ...]:
        """The same for many items, in batches: for each the item as it is now, or why nothing was done to it.

        A StorageError leaves the batches before it, and is the answer for each item behind them.
        """
        done: list[Interaction | WorkloomError] = []
        for start in range(0, len(items), BATCH):
            batch = items[start : start + BATCH]
            try:
                done += again(partial(self._try_batch, who, [make(item) for item in batch]))
            except StorageError as error:
                if not done:
                    raise
                done += [error] * (len(items) - len(done))
                break
        return tuple(done)

    def _try_batch(self, who: Who, batch: Sequence[ManagementCommand]) -> list[Interaction | WorkloomError]:
        holders = self._holders([command.item for command in batch])
        with self._store.transaction() as transaction:
            _take_sessions(transaction, holders)
            principal = self._principals.of(transaction, who)
            principal.need(MANAGEMENT_USE, "manage items")
            return [self._tried(transaction, principal, command) for command in batch]

    def _holders(self, items: Sequence[str]) -> tuple[str, ...]:
        """Who has these items at this moment, in order: their sessions are taken before the items, as everywhere."""
        with self._store.reading() as reader:
            found = (reader.items.get(item) for item in items)
            return tuple(sorted({item.assigned_to for item in found if item is not None and item.assigned_to}))

    def _tried(
        self, transaction: Transaction, principal: Principal, command: ManagementCommand
    ) -> Interaction | WorkloomError:
        try:
            return self._carried_out(transaction, principal, command, None)
        except (BadInput, NotFound, NotAllowed, Refused) as error:
            return error

    def _carried_out(
        self, transaction: Transaction, principal: Principal, command: ManagementCommand, fence: int | None
    ) -> Interaction:
        principal.need(MANAGEMENT_USE, "manage items")
        if type(command) in _NEEDED:
            principal.need(*_NEEDED[type(command)])
        before = _item(transaction, principal, command.item)
        if fence is not None and fence != before.fence:
            what = within_sentence(singular(before, principal.site))
            raise Stale(f"This {what} has changed hands: its version is {before.fence}, not {fence}. Read it again.")
        circumstances = Circumstances(
            now=self._clock.now(),
            site=principal.site,
            viewer=principal.viewer,
            session=principal.session,
            options=effective_options(principal.catalogue, principal.site, principal.actor, before),
            new_id=self._ids.new,
        )
        return keep(transaction, before, decide(before, command, circumstances))

    def _reading(self, reader: Reader, who: Who) -> Principal:
        principal = self._principals.of(reader, who)
        principal.need(MANAGEMENT_USE, "manage items")
        return principal


def _take_sessions(transaction: Transaction, persons: Sequence[str]) -> None:
    for person in persons:
        transaction.sessions.reached(person)


def _is_here(item: Interaction, principal: Principal) -> bool:
    return item.tenant == principal.site.tenant


def _item(reader: Reader, principal: Principal, item: str) -> Interaction:
    found = reader.items.get(item)
    if found is None or not _is_here(found, principal):
        raise _unknown(item)
    return found


def _unknown(item: str) -> NotFound:
    return NotFound(f"There is no item “{item}”.")


def _listed(reader: Reader, principal: Principal, ids: Sequence[str] | dict[str, None]) -> tuple[Listed, ...]:
    return tuple(listed for listed in reader.lists.listed(tuple(ids)) if _is_here(listed.item, principal))


def _managed(listed: Listed, principal: Principal) -> ManagedItem:
    where = where_it_rests(listed.item, principal.site, principal.viewer, listed.finished_by)
    return ManagedItem(item=listed.item, contact=listed.contact, where=where)

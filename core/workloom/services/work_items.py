"""Items of one agent: reading them, and the one way in which commands change them."""

from datetime import timedelta
from typing import Final

from msgspec import json
from msgspec.structs import replace

from workloom.domain.authority import effective_privileges
from workloom.domain.commands import AddNote, AgentCommand, AssignContact, Command, Reopen, SetReferences, Transfer
from workloom.domain.errors import BadInput, NotFound
from workloom.domain.events import Event
from workloom.domain.interaction import Interaction, Note, WorkItemAttributes
from workloom.domain.moves import decide
from workloom.domain.moves_base import Circumstances
from workloom.domain.pages import ItemRow
from workloom.domain.presence import Session
from workloom.domain.sentences import sentence
from workloom.domain.targets import TargetType
from workloom.services.callers import Caller, Callers
from workloom.services.command_keys import Once
from workloom.services.favourites import remember_recent
from workloom.services.keeping import keep
from workloom.services.ports import Store, Transaction
from workloom.services.ports_outside import Clock, Ids
from workloom.services.rows import item_row
from workloom.services.visibility import may_see, visible

KEYS_KEPT: Final = timedelta(days=1)
"""How long the answer to an idempotency key is remembered."""


class AgentWorkItems:
    """`api.WorkItems`, bound to one session."""

    def __init__(self, store: Store, callers: Callers, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._callers = callers
        self._clock = clock
        self._ids = ids

    def get(self, item: str) -> ItemRow:
        """The item as it is now. NotFound; NotAllowed if the caller may not see it."""
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            visible(reader, caller, item)
            return item_row(reader.lists.listed([item])[0], caller)

    def open_items(self) -> tuple[Interaction, ...]:
        """Items that are with the caller, oldest assignment first."""
        with self._store.reading() as reader:
            return reader.items.open_of(self._callers.of(reader).name)

    def offers(self) -> tuple[ItemRow, ...]:
        """Items that are offered to the caller at this moment, oldest offer first."""
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            offered = [item.id for item in reader.items.offered_to(caller.name)]
            return tuple(item_row(listed, caller) for listed in reader.lists.listed(offered))

    def notes(self, item: str) -> tuple[Note, ...]:
        """Notes of the item, oldest first."""
        with self._store.reading() as reader:
            visible(reader, self._callers.of(reader), item)
            return reader.notes.of_item(item)

    def path(self, item: str) -> tuple[Event, ...]:
        """What has happened to the item, oldest first."""
        with self._store.reading() as reader:
            visible(reader, self._callers.of(reader), item)
            return reader.events.of_item(item)

    def execute(self, command: Command, *, key: str = "") -> Interaction:
        """Carry out a command once: the same key gives the same answer and changes nothing more."""
        if not isinstance(command, AgentCommand):
            raise BadInput(f"{type(command).__name__} is no command of an agent.")
        with self._store.transaction() as transaction:
            self._foresee(transaction, command, key)
            caller = self._callers.of(transaction)
            once = Once(transaction, caller.name, key, command)
            answered = once.answer()
            if answered is not None:
                return json.decode(answered, type=Interaction)
            target = _reached(transaction, command)
            before = transaction.items.get(command.item)
            if before is None or before.tenant != caller.site.tenant:
                raise NotFound(sentence("There is no item {item}.", item=command.item))
            circumstances = self._circumstances(transaction, caller, before, command, target)
            decision = decide(before, command, circumstances)
            _check_references(transaction, caller, command)  # who may not change the item does not learn what there is
            after = keep(transaction, before, decision)
            if isinstance(command, Transfer):
                remember_recent(transaction, caller.name, command.target, caller.options())
            if isinstance(command, AddNote) and not may_see(transaction, caller, before):
                after = _without_content(after)
            once.keep(after, circumstances.now)
            return after

    def _foresee(self, transaction: Transaction, command: Command, key: str) -> None:
        """What every command reads; the item not where a colleague's session has to be taken before it."""
        transaction.foresee(self._callers.session, key=key, item="" if _colleague(command) else command.item)

    def _circumstances(
        self, transaction: Transaction, caller: Caller, item: Interaction, command: Command, target: Session | None
    ) -> Circumstances:
        colleague = _colleague(command)
        return Circumstances(
            now=self._clock.now(),
            site=caller.site,
            viewer=caller.viewer,
            session=caller.session.id,
            options=caller.options(item),
            new_id=self._ids.new,
            target=target,
            target_privileges=effective_privileges(caller.site, colleague) if colleague else frozenset(),
            was_party=isinstance(command, AddNote | Reopen) and transaction.items.was_party(item.id, caller.name),
        )


def _colleague(command: Command) -> str:
    """The person to whom a command hands the item, empty if to none."""
    if isinstance(command, Transfer) and command.target.type is TargetType.AGENT:
        return command.target.id
    return ""


def _reached(transaction: Transaction, command: Command) -> Session | None:
    """The session to which a command hands the item: taken before the item, as everywhere."""
    colleague = _colleague(command)
    return transaction.sessions.reached(colleague) if colleague else None


def _check_references(transaction: Transaction, caller: Caller, command: Command) -> None:
    tenant = caller.site.tenant
    if isinstance(command, AssignContact) and command.contact:
        contact = transaction.contacts.get(command.contact)
        if contact is None or contact.tenant != tenant:
            raise NotFound(sentence("There is no such contact."))
    if isinstance(command, SetReferences) and command.parent_id:
        parent = transaction.items.get(command.parent_id)
        if parent is None or parent.tenant != tenant or not may_see(transaction, caller, parent):
            raise NotFound(sentence("There is no item {item}.", item=command.parent_id))


def _without_content(item: Interaction) -> Interaction:
    """What somebody is told who may leave a note at an item and not see what has become of it."""
    return replace(item, attached={}, attributes=WorkItemAttributes(), contact_id="", external_id="", disposition="")

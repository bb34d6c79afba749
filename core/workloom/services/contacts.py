"""Contacts as one agent sees them (`api.Contacts`), and finding or making one for captured work."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from workloom.domain.contact import Contact
from workloom.domain.errors import NotAllowed, NotFound
from workloom.domain.privileges import ASSIGN_CONTACT, CONTACT_INFORMATION, USE_DIRECTORY
from workloom.domain.sentences import sentence
from workloom.services.callers import Caller, Callers
from workloom.services.ports import Store, Transaction
from workloom.services.ports_outside import Ids

MULTIPLE_VALUES: Final = frozenset({"EmailAddress", "PhoneNumber"})
"""Attributes of which a contact may have several values; of others the latest one counts."""

MAXIMUM_FOUND = 200
_PERMISSIONS = "contact.directory-permissions."


class AgentContacts:
    """Contacts. Looking one up and searching need a contact privilege."""

    def __init__(self, store: Store, callers: Callers) -> None:
        self._store = store
        self._callers = callers

    def get(self, contact: str) -> Contact:
        """One contact. NotFound; NotAllowed without Can Use Contact Information or Can Use Directory."""
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            if not caller.may(USE_DIRECTORY):
                caller.need(CONTACT_INFORMATION, "see contacts")
            found = reader.contacts.get(contact)
            if found is None or found.tenant != caller.site.tenant:
                raise NotFound(sentence("This contact does not exist."))
            if not (caller.may(CONTACT_INFORMATION) or _permits(_permitted(caller), found)):
                raise NotFound(sentence("This contact does not exist."))
            return found

    def search(self, text: str, *, limit: int = 20) -> tuple[Contact, ...]:
        """Contacts of whom any attribute has words that begin with the words of `text`, by name.

        The options `contact.directory-permissions.<attr>` restrict who is found. NotAllowed without Can Use Directory
        or Can Assign Interaction To Contact.
        """
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            if not (caller.may(USE_DIRECTORY) or caller.may(ASSIGN_CONTACT)):
                raise NotAllowed(
                    sentence("You may not search for contacts. Ask your administrator."), privilege=USE_DIRECTORY
                )
            limit = max(0, min(limit, MAXIMUM_FOUND))
            return reader.lists.contacts(caller.site.tenant, text, _permitted(caller), limit)


def find_or_create(
    transaction: Transaction,
    ids: Ids,
    *,
    tenant: str,
    key: str,
    attributes: Mapping[str, str | Collection[str]],
    now: datetime,
    multiple: Collection[str] = MULTIPLE_VALUES,
) -> Contact:
    """The contact with the source's key, made if there is none, with these attributes laid over those it has.

    Empty values change nothing. Of attributes in `multiple` new values are added, of others the given one replaces the
    old. Writes only when something changes.
    """
    given = {name: _values(values) for name, values in attributes.items()}
    known = transaction.contacts.by_key(tenant, key) if key else None
    contact = known or Contact(id=ids.new("contact"), tenant=tenant, key=key, created_at=now)
    merged = dict(contact.attributes)
    for name, values in given.items():
        if values:
            merged[name] = tuple(dict.fromkeys((*merged.get(name, ()), *values))) if name in multiple else values[:1]
    if known is not None and merged == known.attributes:
        return known
    contact = replace(contact, attributes=merged)
    transaction.contacts.save(contact)
    return contact


def _values(given: str | Collection[str]) -> tuple[str, ...]:
    values = (given,) if isinstance(given, str) else given
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _permitted(caller: Caller) -> dict[str, tuple[str, ...]]:
    """For each restricted attribute the values of which a contact must have one."""
    options = caller.options()
    found = {
        name.removeprefix(_PERMISSIONS): options.words(name)
        for name in options.names()
        if name.startswith(_PERMISSIONS)
    }
    return {attribute: values for attribute, values in found.items() if values}


def _permits(permitted: Mapping[str, Collection[str]], contact: Contact) -> bool:
    return all(
        not set(values).isdisjoint(contact.attributes.get(attribute, ())) for attribute, values in permitted.items()
    )

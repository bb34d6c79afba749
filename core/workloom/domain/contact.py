"""Contacts: the people and firms that items are about."""

from datetime import datetime

from msgspec import Struct


class Contact(Struct, frozen=True, kw_only=True):
    """A contact with its attributes (FirstName, EmailAddress, PhoneNumber …); multi-valued ones hold several."""

    id: str
    tenant: str
    key: str = ""
    created_at: datetime
    attributes: dict[str, tuple[str, ...]] = {}

    def first(self, name: str) -> str:
        """The first value of an attribute, empty if there is none."""
        values = self.attributes.get(name, ())
        return values[0] if values else ""

    @property
    def full_name(self) -> str:
        """First and last name, else the key of the source, else what there is."""
        name = " ".join(part for part in (self.first("FirstName"), self.first("LastName")) if part)
        return name or self.first("Name") or self.key or self.id

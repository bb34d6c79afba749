"""Contacts with their attributes."""

from workloom.adapters.tables.database import Database, Row
from workloom.adapters.tables.statements import Statements
from workloom.domain.contact import Contact


class ContactRows:
    """`ports.ContactTable`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def get(self, contact: str) -> Contact | None:
        return self.contact_of(self._database.row(self._sql["get"], (contact,)))

    def by_key(self, tenant: str, key: str) -> Contact | None:
        return self.contact_of(self._database.row(self._sql["by_key"], (tenant, key)))

    def save(self, contact: Contact) -> None:
        before = self._database.row(self._sql["name"], (contact.id,))
        name = contact.full_name
        saved = self._database.row(
            self._sql["save"], (contact.id, contact.tenant, contact.key, name, self._database.at(contact.created_at))
        )
        assert saved is not None
        row = saved[0]
        self._database.write(self._sql["drop_attributes"], (row,))
        pairs = [(key, value) for key, values in contact.attributes.items() for value in values]
        for position, (key, value) in enumerate(pairs):
            self._database.write(self._sql["add_attribute"], (row, position, key, value))
        words = "\n".join([contact.key, *(value for _, value in pairs)])
        self._database.write(self._sql["save_text"], (row, self._database.text(words)))
        if before is not None and before[0] != name:
            self._database.write(self._sql["save_history_text"], (self._database.text(name), contact.id))

    def contact_of(self, row: Row | None) -> Contact | None:
        """The contact of a row of table `contact`, with its attributes."""
        if row is None:
            return None
        number, contact, tenant, key, _, created_at, *_ = row
        attributes: dict[str, tuple[str, ...]] = {}
        for name, value in self._database.rows(self._sql["attributes"], (number,)):
            attributes[name] = (*attributes.get(name, ()), value)
        return Contact(
            id=contact, tenant=tenant, key=key, created_at=self._database.instant(created_at), attributes=attributes
        )

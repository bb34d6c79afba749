"""Contacts with their attributes in SQLite."""

import sqlite3

from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value
from workloom.domain.contact import Contact

_SQL = statements("contacts")


class SqliteContacts:
    """`ports.ContactTable`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, contact: str) -> Contact | None:
        return self.contact_of(self._connection.execute(_SQL["get"], (contact,)).fetchone())

    def by_key(self, tenant: str, key: str) -> Contact | None:
        return self.contact_of(self._connection.execute(_SQL["by_key"], (tenant, key)).fetchone())

    def save(self, contact: Contact) -> None:
        before = self._connection.execute(_SQL["get"], (contact.id,)).fetchone()
        name = contact.full_name
        row = self._connection.execute(
            _SQL["save"], (contact.id, contact.tenant, contact.key, name, at_text(contact.created_at))
        ).fetchone()["row"]
        self._connection.execute(_SQL["drop_attributes"], (row,))
        pairs = [(key, value) for key, values in contact.attributes.items() for value in values]
        for position, (key, value) in enumerate(pairs):
            self._connection.execute(_SQL["add_attribute"], (row, position, key, value))
        words = "\n".join([contact.key, *(value for _, value in pairs)])
        self._connection.execute(_SQL["save_text"], (row, words))
        if before is not None and before["name"] != name:
            self._connection.execute(_SQL["save_history_text"], (name, contact.id))

    def contact_of(self, row: sqlite3.Row | None) -> Contact | None:
        """The contact of a row of table `contact`, with its attributes."""
        if row is None:
            return None
        attributes: dict[str, tuple[str, ...]] = {}
        for pair in self._connection.execute(_SQL["attributes"], (row["row"],)):
            attributes[pair["name"]] = (*attributes.get(pair["name"], ()), pair["value"])
        return Contact(
            id=row["id"],
            tenant=row["tenant"],
            key=row["key"],
            created_at=at_value(row["created_at"]),
            attributes=attributes,
        )

"""Tokens, tickets of the login, and failed logins in SQLite."""

import sqlite3
from datetime import datetime

from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value
from workloom.services.ports_login import LoginTicket, Token, WrongGuesses

_SQL = statements("logins")


class SqliteTokens:
    """`ports_login.TokenTable`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, digest: str) -> Token | None:
        row = self._connection.execute(_SQL["token"], (digest,)).fetchone()
        if row is None:
            return None
        return Token(
            session=row["session"],
            person=row["person"],
            issued_at=at_value(row["issued_at"]),
            expires_at=at_value(row["expires_at"]),
        )

    def insert(self, digest: str, token: Token) -> None:
        values = (digest, token.session, token.person, at_text(token.issued_at), at_text(token.expires_at))
        self._connection.execute(_SQL["add_token"], values)

    def delete(self, digest: str) -> None:
        self._connection.execute(_SQL["drop_token"], (digest,))

    def delete_of_person(self, person: str) -> None:
        self._connection.execute(_SQL["drop_tokens_of"], (person,))

    def prune(self, now: datetime) -> None:
        self._connection.execute(_SQL["prune_tokens"], (at_text(now),))


class SqliteLogins:
    """`ports_login.LoginTable`. There is one write transaction at a time, so that nothing else is needed to wait."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep_ticket(self, digest: str, ticket: LoginTicket) -> None:
        self._connection.execute(_SQL["add_ticket"], (digest, ticket.person, at_text(ticket.until)))

    def take_ticket(self, digest: str) -> LoginTicket | None:
        row = self._connection.execute(_SQL["take_ticket"], (digest,)).fetchone()
        return None if row is None else LoginTicket(person=row["person"], until=at_value(row["until"]))

    def guesses(self, digest: str) -> WrongGuesses | None:
        row = self._connection.execute(_SQL["guesses"], (digest,)).fetchone()
        return None if row is None else WrongGuesses(failures=row["failures"], last=at_value(row["last"]))

    def put_guesses(self, digest: str, guesses: WrongGuesses) -> None:
        self._connection.execute(_SQL["put_guesses"], (digest, guesses.failures, at_text(guesses.last)))

    def drop_guesses(self, digest: str) -> None:
        self._connection.execute(_SQL["drop_guesses"], (digest,))

    def prune(self, now: datetime, *, forgotten: datetime, most: int) -> None:
        self._connection.execute(_SQL["prune_tickets"], (at_text(now),))
        self._connection.execute(_SQL["forget_guesses"], (at_text(forgotten),))
        self._connection.execute(_SQL["keep_newest_guesses"], (most,))

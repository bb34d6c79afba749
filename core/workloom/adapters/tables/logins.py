"""Tokens, tickets of the login, and failed logins."""

from datetime import datetime

from workloom.adapters.tables.database import Database
from workloom.adapters.tables.statements import Statements
from workloom.services.ports_login import LoginTicket, Token, WrongGuesses


class TokenRows:
    """`ports_login.TokenTable`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def get(self, digest: str) -> Token | None:
        row = self._database.row(self._sql["token"], (digest,))
        if row is None:
            return None
        session, person, issued_at, expires_at = row
        instant = self._database.instant
        return Token(session=session, person=person, issued_at=instant(issued_at), expires_at=instant(expires_at))

    def digests(self, now: datetime) -> tuple[str, ...]:
        return tuple(digest for (digest,) in self._database.rows(self._sql["tokens"], (self._database.at(now),)))

    def insert(self, digest: str, token: Token) -> None:
        at = self._database.at
        values = (digest, token.session, token.person, at(token.issued_at), at(token.expires_at))
        self._database.write(self._sql["add_token"], values)

    def delete(self, digest: str) -> None:
        self._database.write(self._sql["drop_token"], (digest,))

    def delete_of_person(self, person: str) -> None:
        self._database.write(self._sql["drop_tokens_of"], (person,))

    def prune(self, now: datetime) -> None:
        self._database.write(self._sql["prune_tokens"], (self._database.at(now),))


class LoginRows:
    """`ports_login.LoginTable`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def keep_ticket(self, digest: str, ticket: LoginTicket) -> None:
        self._database.write(self._sql["add_ticket"], (digest, ticket.person, self._database.at(ticket.until)))

    def take_ticket(self, digest: str) -> LoginTicket | None:
        row = self._database.row(self._sql["take_ticket"], (digest,))
        return None if row is None else LoginTicket(person=row[0], until=self._database.instant(row[1]))

    def guesses(self, digest: str) -> WrongGuesses | None:
        row = self._database.row(self._sql["guesses"], (digest,))
        return None if row is None else WrongGuesses(failures=row[0], last=self._database.instant(row[1]))

    def put_guesses(self, digest: str, guesses: WrongGuesses) -> None:
        self._database.write(self._sql["put_guesses"], (digest, guesses.failures, self._database.at(guesses.last)))

    def drop_guesses(self, digest: str) -> None:
        self._database.write(self._sql["drop_guesses"], (digest,))

    def prune(self, now: datetime, *, forgotten: datetime, most: int) -> None:
        at = self._database.at
        self._database.write(self._sql["prune_tickets"], (at(now),))
        self._database.write(self._sql["forget_guesses"], (at(forgotten),))
        self._database.write(self._sql["keep_newest_guesses"], (most,))

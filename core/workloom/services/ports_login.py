"""What logging in needs of a store: tickets of the first step, wrong guesses, and the tokens of desktops.

All keys are digests (`services.digests`): who reads the data learns neither a ticket nor a token.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from msgspec import Struct


class LoginTicket(Struct, frozen=True, kw_only=True):
    """That the password of a person was right, good until an instant."""

    person: str
    until: datetime


class WrongGuesses(Struct, frozen=True, kw_only=True):
    """How often in a row a login under one user name has failed, and when it did last."""

    failures: int
    last: datetime


class Token(Struct, frozen=True, kw_only=True):
    """What a desktop shows at each request to a server: which session it is."""

    session: str
    person: str
    issued_at: datetime
    expires_at: datetime


class TokenReader(Protocol):
    """Tokens of desktops."""

    def get(self, digest: str) -> Token | None: ...
    def digests(self, now: datetime) -> Collection[str]:
        """Those of all tokens that have not expired."""
        ...


class TokenTable(TokenReader, Protocol):
    """Tokens in a write transaction."""

    def insert(self, digest: str, token: Token) -> None: ...
    def delete(self, digest: str) -> None: ...
    def delete_of_person(self, person: str) -> None: ...
    def prune(self, now: datetime) -> None:
        """Drop those that have expired."""
        ...


class LoginTable(Protocol):
    """Tickets and wrong guesses in a write transaction."""

    def keep_ticket(self, digest: str, ticket: LoginTicket) -> None: ...
    def take_ticket(self, digest: str) -> LoginTicket | None:
        """The ticket, which is gone with it: of two transactions only one gets it."""
        ...

    def guesses(self, digest: str) -> WrongGuesses | None:
        """Of a user name; a second transaction that asks for the same waits for this one to end."""
        ...

    def put_guesses(self, digest: str, guesses: WrongGuesses) -> None: ...
    def drop_guesses(self, digest: str) -> None: ...
    def prune(self, now: datetime, *, forgotten: datetime, most: int) -> None:
        """Drop tickets that are no longer good, guesses older than `forgotten`, and the oldest above `most`."""
        ...

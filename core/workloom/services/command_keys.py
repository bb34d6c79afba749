"""Idempotency keys: what is asked again under its key is carried out once, and nothing else is under that key."""

from datetime import datetime
from typing import Final

from msgspec import json

from workloom.domain.errors import KEY_NAME, BadInput, KeyReused
from workloom.domain.sentences import sentence
from workloom.services.ports import KeyedAnswer, Transaction

_ENCODER: Final = json.Encoder(order="deterministic")


class Once:
    """One command of somebody under a key; an empty key makes each call its own.

    `command` is compared with what was carried out under the key before. BadInput for a text that cannot be kept.
    """

    def __init__(self, transaction: Transaction, who: str, key: str, command: object) -> None:
        self._transaction = transaction
        self._who = who
        self._key = key
        self._command = _body(command)

    def answer(self) -> bytes | None:
        """The answer that was given before, as JSON; None: it was not carried out yet. KeyReused."""
        known = self._transaction.keys.get(self._who, self._key) if self._key else None
        if known is None:
            return None
        if known.command != self._command:
            raise KeyReused("This key was used for another request. Use a new key for each request.", where=KEY_NAME)
        return known.result

    def keep(self, result: object, at: datetime) -> None:
        """Remember what was answered, in the transaction of the change."""
        if self._key:
            answer = KeyedAnswer(command=self._command, result=json.encode(result))
            self._transaction.keys.insert(self._who, self._key, answer, at)


def _body(command: object) -> bytes:
    try:
        return _ENCODER.encode(command)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadInput(
            sentence("A text or value cannot be kept: it holds half a character, or too much. Type it anew.")
        ) from error

"""Targets that a person keeps: favourites and those used last."""

from collections.abc import Iterable
from typing import Final

from msgspec import DecodeError, json

from workloom.domain.errors import Refused
from workloom.domain.options import OptionSet
from workloom.domain.sentences import sentence
from workloom.domain.targets import Target, TargetType
from workloom.services.ports import Reader, Transaction

_FAVOURITES: Final = "targets.favourites"
_RECENT: Final = "targets.recent"


def own_favourites(reader: Reader, person: str) -> tuple[Target, ...]:
    """The person's favourites, in the order in which they were made."""
    return _kept(reader, person, _FAVOURITES)


def corporate_favourites(options: OptionSet) -> tuple[Target, ...]:
    """Favourites that everybody has, from entries `kind:name`, of which the option takes no other."""
    parts = (entry.partition(":") for entry in options.words("teamcommunicator.corporate-favorites"))
    return tuple(Target(type=TargetType(kind.strip()), id=name.strip()) for kind, _, name in parts)


def recent_targets(reader: Reader, person: str, options: OptionSet) -> tuple[Target, ...]:
    """Targets that the person used last, newest first."""
    return _kept(reader, person, _RECENT)[: options.number("teamcommunicator.recent-max-records")]


def remember_recent(transaction: Transaction, person: str, target: Target, options: OptionSet) -> None:
    """Put a target that was used at the head of the person's recent ones; call it in the transaction of the use."""
    before = _kept(transaction, person, _RECENT)
    now = _first_ones((target, *before), options.number("teamcommunicator.recent-max-records"))
    if now != before:
        transaction.preferences.put(person, _RECENT, json.encode(now))


def keep_favourite(transaction: Transaction, person: str, target: Target, options: OptionSet) -> None:
    """Add a favourite. Refused when there are as many as allowed."""
    before = own_favourites(transaction, person)
    if target in before or target in corporate_favourites(options):
        return
    maximum = options.number("teamcommunicator.max-favorites-size")
    if len(before) >= maximum:
        raise Refused(
            sentence("You have as many favourites as are allowed, {count:,}. Drop one first.", count=len(before))
        )
    transaction.preferences.put(person, _FAVOURITES, json.encode((*before, target)))


def drop_favourite(transaction: Transaction, person: str, target: Target, options: OptionSet) -> None:
    """Remove a favourite. Refused for one that everybody has."""
    before = own_favourites(transaction, person)
    if target in before:
        rest = tuple(other for other in before if other != target)
        transaction.preferences.put(person, _FAVOURITES, json.encode(rest))
    elif target in corporate_favourites(options):
        raise Refused(sentence("This favourite is set for everybody and cannot be dropped."))


def _kept(reader: Reader, person: str, key: str) -> tuple[Target, ...]:
    body = reader.preferences.get(person, key)
    if body is None:
        return ()
    try:
        return json.decode(body, type=tuple[Target, ...])
    except DecodeError:  # written by another version: small things are begun anew
        return ()


def _first_ones(targets: Iterable[Target], maximum: int) -> tuple[Target, ...]:
    return tuple(dict.fromkeys(targets))[:maximum]

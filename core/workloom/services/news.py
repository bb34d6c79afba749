"""Events as one agent may know of them."""

from typing import Final

from workloom.domain.events import Event, EventKind
from workloom.domain.privileges import (
    CONTACT_HISTORY,
    INTERACTION_SEARCH,
    MANAGEMENT_USE,
    MY_HISTORY,
    PULL_FROM_QUEUE,
    TARGETS_USE,
    TEAM_LEAD,
)
from workloom.domain.workbin_access import section_of
from workloom.services.callers import Caller, Callers
from workloom.services.digests import digest
from workloom.services.ports import Reader, Store
from workloom.services.wake import Wake

ITEM_SUPERVISORS: Final = frozenset({CONTACT_HISTORY, INTERACTION_SEARCH, MANAGEMENT_USE})
"""Whoever holds one of these may know what happens to any item."""

_OF_SESSIONS: Final = frozenset(
    {EventKind.LOGGED_IN, EventKind.LOGGED_OFF, EventKind.AGENT_LOST, EventKind.CHANNEL_CHANGED}
)
_CHUNK: Final = 500
_LENGTH: Final = 16


class AgentEvents:
    """`api.Events`, bound to one session."""

    def __init__(self, store: Store, callers: Callers, wake: Wake) -> None:
        self._store = store
        self._callers = callers
        self._wake = wake

    def last(self) -> int:
        """Sequence of the newest event. SessionEnded."""
        with self._store.reading() as reader:
            self._callers.of(reader)
            return reader.events.last()

    def after(self, sequence: int, *, limit: int = 500) -> tuple[Event, ...]:
        """Events after `sequence` that the caller may know of, oldest first."""
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            found: list[Event] = []
            while len(found) < limit:
                chunk = reader.events.after(sequence, limit=_CHUNK)
                found += [event for event in chunk if may_know(reader, caller, event)]
                if len(chunk) < _CHUNK:
                    break
                sequence = chunk[-1].sequence
            return tuple(found[:limit])

    def wait(self, sequence: int, *, timeout: float) -> bool:
        """Block until there may be events after `sequence`, or `timeout` seconds have passed (False)."""
        rings = self._wake.rings
        if self.last() > sequence:
            return True
        return self._wake.wait(rings, timeout)


def goes_on(reader: Reader, position: int, most: int, mark: str = "") -> bool:
    """Whether somebody can be told what has happened since a position: it is one of this log, at most `most` ago.

    `mark`: that of an event that they know, "" = none. A log that was restored from a backup gives the numbers that
    came after it once more, to other events.
    """
    last = reader.events.last()
    if position > last:
        return position <= reader.events.given()
    return last - position <= most and (not mark or _stands(reader, mark, last))


def mark_of(event: Event) -> str:
    """By what a log is known again: its sequence, and a digest of what no other event has as well."""
    told = (event.at.isoformat(), event.kind.value, event.item, event.actor, event.person)
    return f"{event.sequence}.{digest(chr(0).join(told))[:_LENGTH]}"


def mark_at(reader: Reader, position: int) -> str:
    """The mark of the event at a position, "" where there is none."""
    found = reader.events.after(position - 1, limit=1)
    return mark_of(found[0]) if found and found[0].sequence == position else ""


def _stands(reader: Reader, mark: str, last: int) -> bool:
    position = int(mark.partition(".")[0])
    return position > last or mark_at(reader, position) == mark


def is_of_a_session(event: Event) -> bool:
    """Whether it tells of somebody's session, and of no item."""
    return event.kind in _OF_SESSIONS and not event.item


def is_pulled(event: Event) -> bool:
    """Whether it tells of an item in a queue, from where agents may pull it."""
    return bool(event.queue) and not event.workbin and event.person == ""


def may_know(reader: Reader, caller: Caller, event: Event) -> bool:
    """Whether the event concerns the caller, or something that the caller may see. `audience` has the same rule."""
    if caller.name in (event.person, event.actor) or event.kind is EventKind.SITE_APPLIED:
        return True
    if is_of_a_session(event):
        return caller.may(TARGETS_USE) or caller.may(TEAM_LEAD)
    if not caller.viewer.privileges.isdisjoint(ITEM_SUPERVISORS):
        return True
    if event.workbin and section_of(caller.site, event.workbin, event.workbin_owner, caller.viewer):
        return True
    if is_pulled(event) and caller.may(PULL_FROM_QUEUE):
        return True
    return caller.may(MY_HISTORY) and reader.items.was_party(event.item, caller.name)

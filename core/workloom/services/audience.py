"""Who may know of an event, for many sessions at once: the rule of `news`, without asking it for each of them.

Most of the rule depends on a few privileges only: those of each session are kept as flags, and an event says which
flags know it. What concerns single people is found through dictionaries: by name, group, place, and leads.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntFlag
from typing import Final

from msgspec import Struct

from workloom.domain.authority import effective_privileges
from workloom.domain.events import Event, EventKind
from workloom.domain.privileges import MY_HISTORY, PULL_FROM_QUEUE, TARGETS_USE, TEAM_LEAD
from workloom.domain.resting import AGENT, GROUP, PLACE, Viewer, kind_of
from workloom.domain.site import Site
from workloom.domain.workbin_access import section_of
from workloom.services.news import ITEM_SUPERVISORS, is_of_a_session, is_pulled
from workloom.services.ports import Reader


class Sees(IntFlag):
    """What a session knows of by its privileges, whomever it concerns."""

    SITE = 1  # everybody
    SESSIONS = 2
    ITEMS = 4
    QUEUES = 8


class Knowers(Struct, frozen=True):
    """Sessions that have any of the flags know of the event, and these people whatever their flags are."""

    flags: Sees
    people: frozenset[str]


_NOBODY: Final[frozenset[str]] = frozenset()


class Audience:
    """The people who listen. One session each; a person who is unknown or not enabled is not among them."""

    def __init__(self) -> None:
        self._site = Site()
        self._places: dict[str, str] = {}
        self._viewers: dict[str, Viewer] = {}
        self._flags: dict[str, Sees] = {}
        self._groups: defaultdict[str, set[str]] = defaultdict(set)
        self._at_place: defaultdict[str, set[str]] = defaultdict(set)
        self._leads: Mapping[str, tuple[str, ...]] = {}
        self._by_history = False

    def settle(self, site: Site) -> tuple[str, ...]:
        """Go on under another site; names those who are not among its people any more."""
        self._site, self._by_history = site, False
        places, self._places = self._places, {}
        for index in (self._viewers, self._flags, self._groups, self._at_place):
            index.clear()
        self._leads = {group.name: group.leads for group in site.groups.values()}
        return tuple(person for person, place in places.items() if not self.join(person, place))

    def join(self, name: str, place: str) -> bool:
        """Somebody listens from now on; False if the site does not know such a person, or not as enabled."""
        self.leave(name)
        person = self._site.persons.get(name)
        if person is None or not person.enabled:
            return False
        privileges = effective_privileges(self._site, name)
        self._places[name] = place
        self._viewers[name] = Viewer(person=person, place=place, privileges=privileges)
        self._flags[name] = _flags_of(privileges)
        for group in person.groups:
            self._groups[group].add(name)
        self._at_place[place].add(name)
        # Who knows of every item is not looked up among those who have had it.
        self._by_history = self._by_history or (MY_HISTORY in privileges and not self._flags[name] & Sees.ITEMS)
        return True

    def leave(self, name: str) -> None:
        """Somebody does not listen any more."""
        viewer = self._viewers.pop(name, None)
        if viewer is None:
            return
        for group in viewer.person.groups:
            self._groups[group].discard(name)
        self._at_place[viewer.place].discard(name)
        del self._flags[name], self._places[name]

    def flags(self, name: str) -> Sees:
        """What somebody who listens knows of by privileges."""
        return self._flags.get(name, Sees(0))

    def knowers(self, reader: Reader, event: Event) -> Knowers:
        """Who of those who listen may know of the event, as of the snapshot."""
        named = self._viewers.keys() & {event.person, event.actor}
        if event.kind is EventKind.SITE_APPLIED:
            return Knowers(Sees.SITE, frozenset(named))
        if is_of_a_session(event):
            return Knowers(Sees.SESSIONS, frozenset(named))
        flags = Sees.ITEMS | (Sees.QUEUES if is_pulled(event) else Sees(0))
        return Knowers(flags, frozenset({*named, *self._seeing(event), *self._having_had(reader, event.item)}))

    def _seeing(self, event: Event) -> Iterator[str]:
        """Those who see the workbin."""
        if not event.workbin:
            return
        for name in self._near(kind_of(self._site, event.workbin), event.workbin_owner):
            viewer = self._viewers[name]
            if section_of(self._site, event.workbin, event.workbin_owner, viewer):
                yield name

    def _near(self, kind: str, owner: str) -> Iterable[str]:
        """All who could see a workbin of that owner, and few others: whom the rule is asked about."""
        if kind == GROUP:
            return tuple(self._groups.get(owner, ()))
        if kind == PLACE:
            return tuple(self._at_place.get(owner, ()))
        if kind != AGENT:
            places = (place.name for place in self._site.places.values() if place.group == owner)
            return {name for place in places for name in self._at_place.get(place, ())}
        member = self._site.persons.get(owner)
        leads = {lead for group in member.groups for lead in self._leads.get(group, ())} if member else set()
        return self._viewers.keys() & {owner, *leads}

    def _having_had(self, reader: Reader, item: str) -> Iterable[str]:
        if not self._by_history or not item:
            return _NOBODY
        return (
            name
            for name in reader.items.parties(item)
            if name in self._viewers and MY_HISTORY in self._viewers[name].privileges
        )


def _flags_of(privileges: frozenset[str]) -> Sees:
    flags = Sees.SITE
    if TARGETS_USE in privileges or TEAM_LEAD in privileges:
        flags |= Sees.SESSIONS
    if not privileges.isdisjoint(ITEM_SUPERVISORS):
        flags |= Sees.ITEMS
    if PULL_FROM_QUEUE in privileges:
        flags |= Sees.QUEUES
    return flags

"""Who can take one more item at this moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from workloom.domain.authority import effective_privileges
from workloom.domain.capacity import capacity_of, may_take
from workloom.domain.events import EventKind
from workloom.domain.pools import Pool
from workloom.domain.presence import Presence, Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.routing import Candidate
from workloom.domain.site import CapacityRule, RoutingStep, Site
from workloom.services.ports import Reader, Touched

MOST_EVENTS: Final = 1000
"""With more that have happened since the last look, all agents are looked at anew."""


class FreeAgents:
    """Agents who are logged in on a channel, ready, allowed to use it, and within capacity, offers counted.

    Kept up to date while offers are made, so that one round never offers beyond capacity; and from round to round by
    what has happened in between, so that a round costs what has changed and not the number of agents. `look` begins a
    round, in a transaction beside which there is no other; `settle` says that it was committed. A round that was not is
    forgotten: the next one reads everything anew.
    """

    def __init__(self) -> None:
        self._settled = False
        self._read = False
        self._site = Site()
        self._position = 0
        self._forget()

    def look(self, reader: Reader, site: Site) -> None:
        """Begin a round. Nothing is read before it is needed: in most rounds nothing waits."""
        if not self._settled or site.version != self._site.version:
            self._site = site
            self._forget()
        self._reader, self._settled, self._read = reader, False, False

    def settle(self) -> None:
        """The round was committed."""
        self._settled = True

    def any_for(self, media_type: str) -> bool:
        """Whether anybody can take an item of the media type."""
        return bool(self._all_for(media_type))

    def for_media_type(self, media_type: str, without: Iterable[str] = ()) -> list[Candidate]:
        """Who can take an item of the media type, but for those named."""
        left_out = frozenset(without)
        return [candidate for name, candidate in self._all_for(media_type).items() if name not in left_out]

    def reach(self, media_type: str, steps: Sequence[RoutingStep], select: str) -> bool:
        """Whether any of the steps reaches anybody. BadInput for a skill expression that cannot be read."""
        return any(not self._pool(media_type, step, select).is_empty for step in steps)

    def choose(
        self, media_type: str, steps: Sequence[RoutingStep], select: str, randomness: Callable[[int], int]
    ) -> Candidate | None:
        """Who gets an item that asks for nobody and that nobody declined: the best of the first step that reaches
        somebody, as `routing.choose` finds. BadInput as in `reach`.
        """
        for step in steps:
            found = self._pool(media_type, step, select).best(randomness)
            if found is not None:
                return found
        return None

    def took(self, candidate: Candidate, media_type: str) -> None:
        """An item was offered to the agent."""
        name = candidate.person.name
        counts = {**candidate.counts, media_type: candidate.counts.get(media_type, 0) + 1}
        self._loads[name] = counts
        self._known[name] = Candidate(
            person=candidate.person, session=candidate.session, idle_since=candidate.idle_since, counts=counts
        )
        self._place(name)

    def _forget(self) -> None:
        self._whole = False
        self._loads: dict[str, Mapping[str, int]] = {}
        self._sessions: dict[str, Session] = {}
        self._rules: dict[str, CapacityRule] = {}
        self._known: dict[str, Candidate | None] = {}
        self._free: dict[str, dict[str, Candidate]] = {}
        self._pools: dict[str, dict[tuple[RoutingStep, str], Pool]] = {}

    def _all_for(self, media_type: str) -> dict[str, Candidate]:
        self._bring_up_to_date()
        found = self._free.get(media_type)
        if found is None:
            found = self._free[media_type] = {}
            for name in self._sessions:
                candidate = self._candidate(name)
                if candidate is not None and self._may_take(candidate, media_type):
                    found[name] = candidate
        return found

    def _pool(self, media_type: str, step: RoutingStep, select: str) -> Pool:
        free = self._all_for(media_type)
        pools = self._pools.setdefault(media_type, {})
        pool = pools.get((step, select))
        if pool is None:
            pool = pools[step, select] = Pool(step, select, free)
        return pool

    def _bring_up_to_date(self) -> None:
        """Read everything, or what has changed since the last round in which anything was read."""
        if self._read:
            return
        self._read = True
        told = self._told() if self._whole else None
        loads = self._reader.items.loads()
        if told is None or told.events == MOST_EVENTS:
            self._forget()
            self._whole, self._loads = True, dict(loads)
            self._position = self._reader.events.last()
            self._sessions = {session.person: session for session in self._reader.sessions.all()}
            return
        changed = {name for name in loads.keys() | self._loads.keys() if loads.get(name) != self._loads.get(name)}
        self._loads = dict(loads)
        self._position = max(told.last, self._position)
        names = sorted(name for name in told.names | changed if name in self._site.persons)
        sessions = {session.person: session for session in self._reader.sessions.of_persons(names)} if names else {}
        for name in names:
            self._known.pop(name, None)
            self._sessions.pop(name, None)
            if name in sessions:
                self._sessions[name] = sessions[name]
            for media_type in self._place(name):
                for pool in self._pools.get(media_type, {}).values():
                    pool.put(self._free[media_type][name])

    def _told(self) -> Touched:
        """Of whom has been told since the last look. An offer changes nothing but loads, which are read in full."""
        return self._reader.events.touched(self._position, limit=MOST_EVENTS, without=EventKind.OFFERED)

    def _place(self, name: str) -> list[str]:
        """Put an agent where it belongs among those who are free; for which media types it is."""
        candidate = self._candidate(name)
        free_for = []
        for media_type, free in self._free.items():
            if candidate is None or not self._may_take(candidate, media_type):
                free.pop(name, None)
            else:
                free[name] = candidate
                free_for.append(media_type)
        return free_for

    def _may_take(self, candidate: Candidate, media_type: str) -> bool:
        name = candidate.person.name
        channel = self._sessions[name].channel(media_type)
        ready = channel is not None and channel.state is Presence.READY
        return ready and may_take(self._rules[name], candidate.counts, media_type)

    def _candidate(self, name: str) -> Candidate | None:
        if name not in self._known:
            session = self._sessions.get(name)
            allowed = session is not None and USE_CHANNEL in effective_privileges(self._site, name)
            self._known[name] = self._looked_at(session) if session is not None and allowed else None
        return self._known[name]

    def _looked_at(self, session: Session) -> Candidate:
        name = session.person
        self._rules[name] = capacity_of(self._site, name, session.place)
        return Candidate(
            person=self._site.persons[name],
            session=session.id,
            idle_since=session.idle_since,
            counts=self._loads.get(name, {}),
        )

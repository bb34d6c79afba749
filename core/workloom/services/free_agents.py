"""Who can take one more item at this moment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from workloom.domain.authority import effective_privileges
from workloom.domain.capacity import capacity_of, may_take
from workloom.domain.pools import Pool
from workloom.domain.presence import Presence, Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.routing import Candidate
from workloom.domain.site import CapacityRule, RoutingStep, Site
from workloom.services.ports import Reader


class FreeAgents:
    """Agents who are logged in on a channel, ready, allowed to use it, and within capacity, offers counted.

    Kept up to date while offers are made, so that one round never offers beyond capacity. Worked out for each media
    type when it is first asked for: most rounds look at few, and a round in which nothing waits looks at none.
    """

    def __init__(self, reader: Reader, site: Site) -> None:
        self._reader, self._site = reader, site
        self._rules: dict[str, CapacityRule] = {}
        self._known: dict[str, Candidate | None] = {}
        self._free: dict[str, dict[str, Candidate]] = {}
        self._pools: dict[tuple[str, RoutingStep, str], Pool] = {}

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
        found = (self._pool(media_type, step, select).best(randomness) for step in steps)
        return next((candidate for candidate in found if candidate is not None), None)

    def took(self, candidate: Candidate, media_type: str) -> None:
        """An item was offered to the agent."""
        name = candidate.person.name
        counts = {**candidate.counts, media_type: candidate.counts.get(media_type, 0) + 1}
        fuller = Candidate(
            person=candidate.person, session=candidate.session, idle_since=candidate.idle_since, counts=counts
        )
        self._known[name] = fuller
        for other, free in self._free.items():  # one more item may leave no room for other media types either
            if name in free and may_take(self._rules[name], counts, other):
                free[name] = fuller
            else:
                free.pop(name, None)

    @cached_property
    def _loads(self) -> Mapping[str, Mapping[str, int]]:
        return self._reader.items.loads()

    @cached_property
    def _ready(self) -> Mapping[str, Sequence[Session]]:
        """Sessions by the media types for which they are ready."""
        ready: dict[str, list[Session]] = {}
        for session in self._reader.sessions.all():
            for channel in session.channels:
                if channel.state is Presence.READY:
                    ready.setdefault(channel.media_type, []).append(session)
        return ready

    def _pool(self, media_type: str, step: RoutingStep, select: str) -> Pool:
        key = (media_type, step, select)
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = Pool(step, select, self._all_for(media_type))
        return pool

    def _all_for(self, media_type: str) -> dict[str, Candidate]:
        found = self._free.get(media_type)
        if found is None:
            known = filter(None, map(self._candidate, self._ready.get(media_type, ())))
            found = {
                who.person.name: who for who in known if may_take(self._rules[who.person.name], who.counts, media_type)
            }
            self._free[media_type] = found
        return found

    def _candidate(self, session: Session) -> Candidate | None:
        name = session.person
        if name not in self._known:
            self._known[name] = self._looked_at(session) if self._allowed(name) else None
        return self._known[name]

    def _allowed(self, name: str) -> bool:
        return USE_CHANNEL in effective_privileges(self._site, name)

    def _looked_at(self, session: Session) -> Candidate:
        name = session.person
        self._rules[name] = capacity_of(self._site, name, session.place)
        return Candidate(
            person=self._site.persons[name],
            session=session.id,
            idle_since=session.idle_since,
            counts=self._loads.get(name, {}),
        )

"""Who can take one more item at this moment."""

from collections.abc import Iterable, Mapping

from workloom.domain.authority import effective_privileges
from workloom.domain.capacity import capacity_of, may_take
from workloom.domain.presence import Presence, Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.routing import Candidate
from workloom.domain.site import CapacityRule, Site
from workloom.services.ports import Reader


class FreeAgents:
    """Agents who are logged in on a channel, ready, allowed to use it, and within capacity, offers counted.

    Kept up to date while offers are made, so that one round never offers beyond capacity. Worked out for each media
    type when it is first asked for: most rounds look at few.
    """

    def __init__(self, reader: Reader, site: Site) -> None:
        self._site = site
        self._loads: Mapping[str, Mapping[str, int]] = reader.items.loads()
        self._ready: dict[str, list[Session]] = {}
        for session in reader.sessions.all():
            for channel in session.channels:
                if channel.state is Presence.READY:
                    self._ready.setdefault(channel.media_type, []).append(session)
        self._known: dict[str, tuple[Candidate, CapacityRule] | None] = {}
        self._free: dict[str, list[Candidate]] = {}

    def any_for(self, media_type: str) -> bool:
        """Whether anybody can take an item of the media type."""
        return bool(self._all_for(media_type))

    def for_media_type(self, media_type: str, without: Iterable[str] = ()) -> list[Candidate]:
        """Who can take an item of the media type, but for those named."""
        left_out = frozenset(without)
        return [candidate for candidate in self._all_for(media_type) if candidate.person.name not in left_out]

    def took(self, candidate: Candidate, media_type: str) -> None:
        """An item was offered to the agent."""
        name = candidate.person.name
        known = self._known[name]
        assert known is not None
        counts = {**candidate.counts, media_type: candidate.counts.get(media_type, 0) + 1}
        fuller = Candidate(
            person=candidate.person, session=candidate.session, idle_since=candidate.idle_since, counts=counts
        )
        rule = known[1]
        self._known[name] = (fuller, rule)
        for other, free in self._free.items():  # one more item may leave no room for other media types either
            still = [fuller] if may_take(rule, fuller.counts, other) else []
            self._free[other] = [who for each in free for who in (still if each is candidate else [each])]

    def _all_for(self, media_type: str) -> list[Candidate]:
        found = self._free.get(media_type)
        if found is None:
            known = (self._candidate(session) for session in self._ready.get(media_type, ()))
            found = [who for who, rule in filter(None, known) if may_take(rule, who.counts, media_type)]
            self._free[media_type] = found
        return found

    def _candidate(self, session: Session) -> tuple[Candidate, CapacityRule] | None:
        name = session.person
        if name not in self._known:
            self._known[name] = self._looked_at(session) if self._allowed(name) else None
        return self._known[name]

    def _allowed(self, name: str) -> bool:
        return USE_CHANNEL in effective_privileges(self._site, name)

    def _looked_at(self, session: Session) -> tuple[Candidate, CapacityRule]:
        name = session.person
        candidate = Candidate(
            person=self._site.persons[name],
            session=session.id,
            idle_since=session.idle_since,
            counts=self._loads.get(name, {}),
        )
        return candidate, capacity_of(self._site, name, session.place)

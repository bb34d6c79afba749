"""Who can take one more item at this moment."""

from collections.abc import Iterable

from workloom.domain.authority import effective_privileges
from workloom.domain.capacity import capacity_of, may_take
from workloom.domain.presence import Presence, Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.routing import Candidate
from workloom.domain.site import CapacityRule, Site
from workloom.services.ports import Reader


class FreeAgents:
    """Agents who are logged in on a channel, ready, allowed to use it, and within capacity, offers counted.

    Kept up to date while offers are made, so that one round never offers beyond capacity.
    """

    def __init__(self, reader: Reader, site: Site) -> None:
        loads = reader.items.loads()
        self._rules: dict[str, CapacityRule] = {}
        self._candidates: dict[str, Candidate] = {}
        self._ready: dict[str, list[str]] = {}
        for session in reader.sessions.all():
            if USE_CHANNEL in effective_privileges(site, session.person):
                self._add(site, session, dict(loads.get(session.person, {})))

    def _add(self, site: Site, session: Session, counts: dict[str, int]) -> None:
        name = session.person
        self._rules[name] = capacity_of(site, name, session.place)
        self._candidates[name] = Candidate(
            person=site.persons[name], session=session.id, idle_since=session.idle_since, counts=counts
        )
        for channel in session.channels:
            if channel.state is Presence.READY:
                self._ready.setdefault(channel.media_type, []).append(name)

    def any_for(self, media_type: str) -> bool:
        """Whether anybody can take an item of the media type."""
        return any(True for _ in self._free(media_type))

    def for_media_type(self, media_type: str, without: Iterable[str] = ()) -> list[Candidate]:
        """Who can take an item of the media type, but for those named."""
        left_out = frozenset(without)
        return [self._candidates[name] for name in self._free(media_type) if name not in left_out]

    def took(self, candidate: Candidate, media_type: str) -> None:
        """An item was offered to the agent."""
        name = candidate.person.name
        counts = {**candidate.counts, media_type: candidate.counts.get(media_type, 0) + 1}
        self._candidates[name] = Candidate(
            person=candidate.person, session=candidate.session, idle_since=candidate.idle_since, counts=counts
        )

    def _free(self, media_type: str) -> Iterable[str]:
        for name in self._ready.get(media_type, ()):
            if may_take(self._rules[name], self._candidates[name].counts, media_type):
                yield name

"""Gathers the facts for `workloom explain` from the store in one snapshot."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from workloom.domain.errors import NotFound
from workloom.domain.explain import MediaAnswer, explain_agent, explain_item
from workloom.domain.interaction import Interaction
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import layers_of
from workloom.domain.readiness import CHANNELS, Standing
from workloom.domain.site import Site
from workloom.services.ports import Reader, Store
from workloom.services.ports_outside import Clock
from workloom.services.site_documents import SiteCache

SAMPLE: Final = 20
"""Waiting items that are looked at in each stream of a queue; the first ones decide."""


class Explainer:
    """Answers why, for administrators."""

    def __init__(self, store: Store, sites: SiteCache, catalogue: OptionCatalogue, clock: Clock) -> None:
        self._store = store
        self._sites = sites
        self._catalogue = catalogue
        self._clock = clock

    def agent(self, name: str) -> tuple[MediaAnswer, ...]:
        """Why somebody gets (no) offers, for each media type that the site or the person's settings name."""
        with self._store.reading() as reader:
            site = self._sites.of(reader)
            if name not in site.persons:
                raise NotFound(f"There is no person “{name}”. There is {', '.join(site.persons) or 'nobody'}.")
            waiting = self._waiting(reader, site)
            standing = self._standing(reader, site, name, reader.items.loads())
        media_types = _named_media_types(site, name, waiting)
        return explain_agent(site, self._catalogue, standing, media_types, waiting, self._clock.now())

    def item(self, name: str) -> tuple[str, ...]:
        """Why an item is where it is. `name` is its id or its number at the source."""
        with self._store.reading() as reader:
            site = self._sites.of(reader)
            item = _find(reader, site, name)
            loads = reader.items.loads()
            standings = [self._standing(reader, site, person, loads) for person in site.persons]
        return explain_item(site, self._catalogue, item, standings, self._clock.now())

    def _waiting(self, reader: Reader, site: Site) -> tuple[Interaction, ...]:
        workbins = tuple(workbin.name for workbin in site.workbins.values() if workbin.strategy)
        return tuple(
            item
            for stream in reader.due.streams(workbins)
            if stream.workbin or stream.queue in site.queues
            for item in reader.due.heads(stream, self._clock.now(), since=None, until=None, limit=SAMPLE)
        )

    def _standing(self, reader: Reader, site: Site, person: str, loads: Mapping[str, Mapping[str, int]]) -> Standing:
        """A session whose desktop was not heard for so long that it counts as lost is none, whoever is to end it."""
        session = reader.sessions.of_person(person)
        if session and self._clock.now() - session.last_seen_at > timedelta(seconds=site.timers.lost_agent):
            session = None
        return Standing(person=person, session=session, counts=loads.get(person, {}))


def _named_media_types(site: Site, person: str, waiting: Sequence[Interaction]) -> tuple[str, ...]:
    """Those of the site, and those that are named although nobody has defined them."""
    named = dict.fromkeys(site.media_types)
    for _, settings in layers_of(site, person):
        channels = settings.get(CHANNELS, ())
        words = channels.split(",") if isinstance(channels, str) else channels
        for word in words if isinstance(words, list | tuple) else ():
            named.setdefault(str(word).strip())
    return tuple({**named, **dict.fromkeys(item.media_type for item in waiting)})


def _find(reader: Reader, site: Site, name: str) -> Interaction:
    found = reader.items.get(name)
    for point in site.capture_points:
        found = found or reader.items.by_external(point, name)
    if found is None:
        raise NotFound(f"There is no item “{name}”, neither by id nor by its number at a source.")
    return found

"""Who calls from outside a desktop: a technical client, or a person by the session. Found in the caller's snapshot.

So what was revoked a moment ago does not count any more, whatever the caller was told before.
"""

from msgspec import Struct

from workloom.domain.authority import privileges_of_client
from workloom.domain.errors import LoginFailed, NotAllowed, NotFound
from workloom.domain.moves_base import not_allowed
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import effective_options
from workloom.domain.options import OptionSet
from workloom.domain.resting import Viewer
from workloom.domain.site import CapturePoint, Person, Site
from workloom.services.callers import Callers
from workloom.services.digests import digest
from workloom.services.ports import Reader, Store
from workloom.services.site_documents import SiteCache

CLIENT = "client:"
"""Prefix of an event's actor that is a technical client."""

UNKNOWN_TOKEN = "The token is not known. Send “Authorization: Bearer …” with a token of a client of this site."  # noqa: S105


class Who(Struct, frozen=True, kw_only=True):
    """Whom an authentication has found: a client by name, or a session by id."""

    client: str = ""
    session: str = ""


class Principal(Struct, frozen=True, kw_only=True):
    """The caller under the site in force. `capture_points` = None allows all; `session` is empty for a client."""

    site: Site
    viewer: Viewer
    catalogue: OptionCatalogue
    session: str = ""
    capture_points: tuple[str, ...] | None = None

    @property
    def actor(self) -> str:
        """How events name the caller: the user name, or `client:<name>`."""
        return self.viewer.person.name

    def may(self, privilege: str) -> bool:
        """Whether the caller holds the privilege now."""
        return privilege in self.viewer.privileges

    def need(self, privilege: str, what: str) -> None:
        """NotAllowed without the privilege; `what` completes “You may not …”."""
        if not self.may(privilege):
            raise NotAllowed(not_allowed(what, privilege), privilege=privilege)

    def point(self, name: str) -> CapturePoint:
        """A capture point that the caller may use. NotAllowed for any other, whether there is one or not."""
        allowed = self.capture_points
        if allowed is not None and name not in allowed:
            raise NotAllowed(f"You may not use the capture point “{name}”. Your client has {_listed(allowed)}.")
        if name not in self.site.capture_points:
            raise NotFound(f"There is no capture point “{name}”. The site has {_listed(self.site.capture_points)}.")
        return self.site.capture_points[name]

    def options(self) -> OptionSet:
        """Options in effect for the caller; for a client those of the site."""
        return effective_options(self.catalogue, self.site, self.viewer.person.name)


class Principals:
    """Finds who calls."""

    def __init__(self, store: Store, sites: SiteCache, catalogue: OptionCatalogue) -> None:
        self._store = store
        self._sites = sites
        self._catalogue = catalogue

    def client_of(self, token: str) -> Who:
        """The client that a token belongs to. LoginFailed for a token that no enabled client has."""
        with self._store.reading() as reader:
            client = self._sites.of(reader).clients_by_hash.get(digest(token))
        if client is None:
            raise LoginFailed(UNKNOWN_TOKEN)
        return Who(client=client.name)

    def of(self, reader: Reader, who: Who) -> Principal:
        """The caller. LoginFailed for a client that is gone or not enabled; SessionEnded for such a session."""
        if who.session:
            caller = Callers(self._sites, self._catalogue, who.session).of(reader)
            return Principal(
                site=caller.site, viewer=caller.viewer, catalogue=self._catalogue, session=caller.session.id
            )
        site = self._sites.of(reader)
        client = site.clients.get(who.client)
        if client is None or not client.enabled:
            raise LoginFailed(UNKNOWN_TOKEN)
        person = Person(name=f"{CLIENT}{client.name}", employee_id="", first_name=client.title or client.name)
        viewer = Viewer(person=person, privileges=privileges_of_client(client))
        return Principal(site=site, viewer=viewer, catalogue=self._catalogue, capture_points=client.capture_points)


def _listed(names: object) -> str:
    found = [f"“{name}”" for name in names] if isinstance(names, tuple | dict) else []
    return ", ".join(found) or "none"

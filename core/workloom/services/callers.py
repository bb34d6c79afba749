"""Who calls a service: the session and what it may do, read in the same snapshot as the answer."""

from msgspec import Struct

from workloom.domain.authority import effective_privileges
from workloom.domain.errors import NotAllowed, SessionEnded
from workloom.domain.interaction import Interaction
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import effective_options
from workloom.domain.options import OptionSet
from workloom.domain.presence import Session
from workloom.domain.resting import Viewer
from workloom.domain.sentences import sentence
from workloom.domain.site import Person, Site
from workloom.services.ports import Reader
from workloom.services.site_documents import SiteCache


class Caller(Struct, frozen=True, kw_only=True):
    """The agent of a session under the site in force."""

    session: Session
    site: Site
    viewer: Viewer
    catalogue: OptionCatalogue

    @property
    def person(self) -> Person:
        """The agent."""
        return self.viewer.person

    @property
    def name(self) -> str:
        """The agent's user name."""
        return self.viewer.person.name

    def may(self, privilege: str) -> bool:
        """Whether the agent holds the privilege now."""
        return privilege in self.viewer.privileges

    def need(self, privilege: str, what: str) -> None:
        """NotAllowed without the privilege; `what` completes “You may not …”."""
        if not self.may(privilege):
            raise NotAllowed(
                sentence("You may not {what}. Ask your administrator.", what=sentence(what)), privilege=privilege
            )

    def options(self, item: Interaction | None = None) -> OptionSet:
        """Options in effect for the agent, and for the item with what its strategy overrides."""
        return effective_options(self.catalogue, self.site, self.name, item)


class Callers:
    """Finds the caller of one session in a snapshot or transaction."""

    def __init__(self, sites: SiteCache, catalogue: OptionCatalogue, session: str) -> None:
        self._sites = sites
        self._catalogue = catalogue
        self.session = session

    def of(self, reader: Reader) -> Caller:
        """The caller. SessionEnded when there is no such session, or its person may not work any more."""
        session = reader.sessions.get(self.session)
        if session is None:
            raise SessionEnded(sentence("Your session has ended. Log in again."))
        site = self._sites.of(reader)
        person = site.persons.get(session.person)
        if person is None or not person.enabled:
            raise SessionEnded(sentence("Your user was removed from the site. Ask your administrator."))
        viewer = Viewer(person=person, place=session.place, privileges=effective_privileges(site, person.name))
        return Caller(session=session, site=site, viewer=viewer, catalogue=self._catalogue)

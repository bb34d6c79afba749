"""A program that sends messages to the desk's capture points."""

from typing import Any

from msgspec.structs import replace

from tests.contract.capture.desk import SITE, Desk
from workloom.domain.capture_messages import Said, Verb
from workloom.domain.core_options import core_catalogue
from workloom.domain.privileges import CAPTURE_READ, CAPTURE_SEND
from workloom.domain.site import Client, Site
from workloom.services.digests import digest
from workloom.services.principals import Principals, Who
from workloom.services.sent_messages import Address, Answer, Sent, SentMessages
from workloom.services.site_documents import SiteCache, documents_of

TOKEN = "client-token-of-a-test"
BOTH = (CAPTURE_SEND, CAPTURE_READ)
NOTHING = Said()
PAPER_JAM = Said(fields={"subject": "Paper jam"}, attached={"Room": "12"})


def client(**more: Any) -> Client:
    values: dict[str, Any] = {"capture_points": ("servicedesk",), "privileges": BOTH, "token_hashes": (digest(TOKEN),)}
    return Client(name="monitor", **{**values, **more})


def with_clients(*clients: Client, site: Site = SITE) -> Site:
    return replace(site, clients={each.name: each for each in clients})


class Program:
    """A client and what it sends."""

    def __init__(self, desk: Desk, name: str = "monitor") -> None:
        self.desk = desk
        self.who = Who(client=name)
        self.principals = Principals(desk.store, SiteCache(), core_catalogue())
        self.messages = SentMessages(desk.store, desk.clock, desk.ids, self.principals)

    def apply(self, site: Site) -> None:
        with self.desk.store.transaction() as transaction:
            transaction.documents.replace(documents_of(site))

    def send(self, verb: Verb, capture_id: str = "A", said: Said = NOTHING, **more: Any) -> Answer:
        return self.messages.send(self.who, "servicedesk", sent(verb, capture_id, said, **more))

    def create(self, capture_id: str = "A", said: Said = PAPER_JAM, **more: Any) -> Answer:
        return self.send(Verb.CREATE, capture_id, said, **more)


def sent(verb: Verb, capture_id: str = "A", said: Said = NOTHING, *, item: str = "", **more: Any) -> Sent:
    address = Address(item=item) if item else Address(capture_id=capture_id)
    return Sent(verb=verb, address=address, said=said, **more)

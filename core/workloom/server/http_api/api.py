"""All of the API: its operations, its routes, and its document at an address of its own."""

from collections.abc import Iterator
from functools import cache

from starlette.routing import Route

from workloom.server.authentication import DesktopAuthentication
from workloom.server.http_api.administration import AdministrationApi
from workloom.server.http_api.capture import CaptureApi
from workloom.server.http_api.document import document_of
from workloom.server.http_api.items import ItemsApi
from workloom.server.http_api.operations import BASE, Operation
from workloom.server.http_api.routes import Authentication, routes_of
from workloom.server.limits import Limits
from workloom.server.request import Answer, Incoming, Requests
from workloom.server.strangers import Strangers
from workloom.services.administration import Administration
from workloom.services.managed_items import ManagedItems
from workloom.services.principals import Principals, Who
from workloom.services.sent_messages import SentMessages
from workloom.wire import encode

DOCUMENT_PATH = f"{BASE}/openapi.json"


class ApiAuthentication:
    """Whose request it is: a client's by its token, or a person's by that of the desktop."""

    def __init__(
        self,
        desktops: DesktopAuthentication,
        principals: Principals,
        clients: Limits,
        persons: Limits,
        strangers: Strangers,
    ) -> None:
        self._desktops = desktops
        self._strangers = strangers
        self._principals = principals
        self._clients = clients
        self._persons = persons

    def who(self, incoming: Incoming) -> Who:
        """LoginFailed or SessionEnded without a good token, TooOften."""
        token = incoming.bearer()
        if token.startswith("client-token-"):
            who = self._strangers.ask(incoming.address, token, self._principals.client_of)
            self._clients.take(who.client)
            return who
        known = self._desktops.of(incoming)
        self._persons.take(known.person)
        return Who(session=known.session)


class HttpApi:
    """What a node mounts."""

    def __init__(self, messages: SentMessages, items: ManagedItems, administration: Administration) -> None:
        self._parts = (CaptureApi(messages), ItemsApi(items), AdministrationApi(administration))

    def operations(self) -> tuple[Operation, ...]:
        """Every operation."""
        return tuple(operation for part in self._parts for operation in part.operations())

    def routes(self, requests: Requests, authentication: Authentication) -> Iterator[Route]:
        """Every route, the document's included: that one needs no token."""
        operations = self.operations()

        @cache  # a node that starts does not wait for what few ask for
        def document() -> bytes:
            return encode(document_of(operations))

        def answer(_incoming: Incoming) -> Answer:
            return Answer(body=document())

        yield Route(DOCUMENT_PATH, requests.endpoint(DOCUMENT_PATH, answer), methods=["GET"])
        yield from routes_of(operations, requests, authentication)

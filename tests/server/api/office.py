"""The demo office behind the HTTP API, with clients of every kind: what the tests of the API stand on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace
from starlette.testclient import TestClient

from workloom.bootstrap.demo import demo_site
from workloom.bootstrap.engine import Engine, open_engine
from workloom.bootstrap.server import Node
from workloom.domain.privileges import CAPTURE_READ, CAPTURE_SEND, CORE_PRIVILEGES
from workloom.domain.site import Client, Site
from workloom.server.app import make_app
from workloom.server.http_api.api import HttpApi
from workloom.server.settings import ServerSettings
from workloom.services.digests import digest

TOKENS: Final = {name: f"client-token-of-{name}" for name in ("all", "capture", "nothing", "elsewhere")}
POINT: Final = "/api/v1/capture/servicedesk"
LARGEST: Final = 262_144


def client(name: str, points: tuple[str, ...], privileges: tuple[str, ...]) -> Client:
    """A client with the token of its name."""
    return Client(name=name, capture_points=points, privileges=privileges, token_hashes=(digest(TOKENS[name]),))


def site() -> Site:
    """The demo site with clients: one that may do all, one for capture, one without privileges, one elsewhere."""
    points = ("servicedesk", "scanroom")
    clients = (
        client("all", points, CORE_PRIVILEGES),
        client("capture", ("servicedesk",), (CAPTURE_SEND, CAPTURE_READ)),
        client("nothing", points, ()),
        client("elsewhere", ("scanroom",), CORE_PRIVILEGES),
    )
    return replace(demo_site().site, clients={each.name: each for each in clients})


class Office:
    """An engine and the API over it, in this process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        settings = ServerSettings(largest_body=LARGEST, client_rate=0, person_rate=0)
        self.node = Node(settings, Path(), engine=engine)
        self.api: HttpApi = self.node.container.api()
        self.app = make_app(self.node.routes())
        self.http = TestClient(self.app, raise_server_exceptions=True)

    def ask(self, method: str, path: str, body: Any = None, *, who: str = "all", **more: Any) -> Any:
        """A request by a client; `body` as JSON. `who` empty = without a token."""
        headers: dict[str, str] = {"authorization": f"Bearer {TOKENS[who]}"} if who else {}
        headers |= more.pop("headers", {})
        if body is not None:
            more["json"] = body
        return self.http.request(method, path, headers=headers, **more)

    def items(self) -> Mapping[str, int]:
        """How many events there are: nothing may change what this says but what it should."""
        with self.engine.store.reading() as reader:
            return {"events": reader.events.last()}


@contextmanager
def open_office(data: Path | str) -> Iterator[Office]:
    """An office on a data folder, or `:memory:`."""
    engine = open_engine(data)
    try:
        engine.configuration.apply(site(), {})
        office = Office(engine)
        with office.http:
            yield office
    finally:
        engine.stop()

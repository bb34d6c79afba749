"""Addresses of server nodes as people write them, and which node is asked next."""

from collections.abc import Sequence
from ipaddress import ip_address
from random import Random
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from workloom.domain.errors import BadInput

_SCHEMES: Final = {"http": "ws", "https": "wss"}


class Address(Struct, frozen=True, kw_only=True):
    """One node: where it takes calls, where it tells news, and what people call it."""

    calls: str
    news: str
    name: str
    local: bool


def read_address(text: str) -> Address:
    """`https://desk.example.com` or `http://127.0.0.1:8750`. BadInput says what is wrong with it."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise BadInput(f"This is no address of a server: {error}.", where=text) from error
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise BadInput("Expected an address such as https://workloom.example.com.", where=text)
    if parts.username or parts.query or parts.fragment:
        raise BadInput("The address of a server has a host, a port and a path, nothing else.", where=text)
    local = _is_local(parts.hostname)
    if parts.scheme == "http" and not local:
        raise BadInput("Passwords would travel in the clear. Use https.", where=text)
    rest = f"{parts.netloc}{parts.path.rstrip('/')}"
    name = parts.hostname if port is None else f"{parts.hostname}:{port}"
    return Address(calls=f"{parts.scheme}://{rest}", news=f"{_SCHEMES[parts.scheme]}://{rest}", name=name, local=local)


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Nodes:
    """The nodes of one site, any of which can be asked. All who ask stay with one of them until it fails.

    Each process begins with another one, so that desktops spread over the nodes. Any thread.
    """

    def __init__(self, servers: Sequence[str], random: Random) -> None:
        if not servers:
            raise BadInput("No server is named. Expected an address such as https://workloom.example.com.")
        self._all = tuple(dict.fromkeys(read_address(each) for each in servers))
        self._current = random.randrange(len(self._all))
        self._lock = Lock()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)

    @property
    def current(self) -> Address:
        """The one that is asked first."""
        return self._all[self._current]

    @property
    def local(self) -> bool:
        """Whether all of them are on this computer."""
        return all(each.local for each in self._all)

    def failed(self, node: Address) -> Address:
        """A node did not answer: the next one is asked first, unless somebody else has found that already."""
        with self._lock:
            if self._all[self._current] == node:
                self._current = (self._current + 1) % len(self._all)
            return self._all[self._current]

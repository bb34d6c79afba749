"""Messages of the WebSocket on which a server tells a desktop its news. Each is a JSON object, told by its `type`."""

import zlib
from contextlib import suppress
from typing import Annotated, Final

from msgspec import Meta, Struct

from workloom.domain.errors import BadInput
from workloom.domain.events import Event
from workloom.wire.codec import decode
from workloom.wire.problems import Problem
from workloom.wire.protocol import check_version

LARGEST_FROM_CLIENT: Final = 4096
"""Bytes. No client has more to say on this socket."""


MARK: Final = r"^(\d{1,19}\.[0-9a-f]{16})?$"
"""A sequence, and what tells the event that has it from any other."""

LARGEST_PACKED: Final = 16 * 1024 * 1024
"""Bytes of a packed frame when it is unpacked."""

_PACKED: Final = zlib.compress(b"")[:1]  # JSON never begins with it
_QUICKLY: Final = 1
_WORTH: Final = 1024


class Hello(Struct, frozen=True, kw_only=True, tag="hello", forbid_unknown_fields=True, omit_defaults=True):
    """First frame of the client.

    `token`: where the client cannot send the header. `after`: sequence of the last event that it has seen; None = it
    wants what happens from now on. `mark`: the last one that a server has told it. `packed`: it reads frames that are
    packed (zlib, RFC 1950).
    """

    version: int
    token: str = ""
    packed: bool = False
    after: Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | None = None
    mark: Annotated[str, Meta(pattern=MARK)] = ""


class _Spoken(Struct, frozen=True, tag="hello"):
    """What a `Hello` of any version has."""

    version: int


class Ping(Struct, frozen=True, tag="ping", forbid_unknown_fields=True):
    """The client asks whether the server still hears it."""


class Welcome(Struct, frozen=True, kw_only=True, tag="welcome"):
    """The server's answer to `Hello`. `last`: sequence from which the news go on; `heartbeat`: seconds at most until
    the server says something, news or an empty `News`. `anew`: what the client has missed is not told: it reads all
    anew, whatever sequence it has seen. `mark`: as in `News`."""

    last: int
    mark: str = ""
    anew: bool = False
    version: int
    heartbeat: float


class News(Struct, frozen=True, kw_only=True, tag="news"):
    """Events that the client may know of, oldest first. Nothing up to `last` is still to come; it may be none.

    `mark`: by what the log of events is known again up to here, whatever is restored meanwhile; "" = as before.
    """

    events: tuple[Event, ...] = ()
    last: int
    mark: str = ""


class Ended(Struct, frozen=True, kw_only=True, tag="ended"):
    """The last frame: why the server closes. `again`: whether the same token may be used on this or another node."""

    problem: Problem
    again: bool = False


class Pong(Struct, frozen=True, tag="pong"):
    """Answer to `Ping`."""


ClientFrame = Hello | Ping
ServerFrame = Welcome | News | Ended | Pong


def decode_client_frame(frame: bytes | str) -> ClientFrame:
    """BadInput for what is no frame of a client; WrongVersion, whatever else is in it, for one of another version."""
    try:
        read: ClientFrame = decode(ClientFrame, frame)
    except BadInput:
        with suppress(BadInput):
            check_version(decode(_Spoken, frame).version)
        raise
    if isinstance(read, Hello):
        check_version(read.version)
    return read


def pack(frame: bytes) -> bytes:
    """A frame of a server, smaller where it is worth the while: for clients that have said so."""
    return zlib.compress(frame, _QUICKLY) if len(frame) >= _WORTH else frame


def decode_server_frame(frame: bytes | str) -> ServerFrame:
    """Packed or not. BadInput for what is no frame of a server."""
    if isinstance(frame, bytes) and frame.startswith(_PACKED):
        frame = _unpacked(frame)
    read: ServerFrame = decode(ServerFrame, frame)
    return read


def _unpacked(frame: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        whole = unpacking.decompress(frame, LARGEST_PACKED)
    except zlib.error as error:
        raise BadInput(f"The frame cannot be unpacked: {error}.") from error
    if not unpacking.eof:
        raise BadInput(f"The frame is cut off, or larger than {LARGEST_PACKED} bytes.")
    return whole

"""Every function of the service Protocols as a call: its address, its arguments as a Struct, its result type."""

import inspect
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from workloom.api.services import Backend, Services
from workloom.domain.commands import AgentCommand, Command
from workloom.domain.errors import NotFound
from workloom.domain.site import SiteInfo
from workloom.wire.codec import decode, encode
from workloom.wire.protocol import BASE, VERSION, WORKING_VERSIONS

KEY: Final = "key"
"""The argument that is sent as a header: the idempotency key."""

UNKEYED: Final = {
    "authenticate": "it begins nothing: asked twice there are two tickets, each good for one login",
    "presence.heartbeat": "it says only that the desktop lives",
}
"""Calls that write something and take no key, each with the reason why asking twice does no harm."""

LOCAL: Final = frozenset({("events", "wait")})
"""Functions that are no call: for waiting there is the WebSocket."""


class LoggedIn(Struct, frozen=True, kw_only=True):
    """Answer to step 2 of the login: the session, and the token that the desktop shows from then on."""

    session: str
    token: str


class Info(Struct, frozen=True, kw_only=True):
    """What may be known before anybody has logged in. `now` is the server's clock."""

    site: SiteInfo
    now: datetime
    version: int = VERSION
    versions: tuple[int, ...] = WORKING_VERSIONS


class Call(Struct, frozen=True, kw_only=True):
    """One function. `service` is empty for those of `Backend`.

    `keyed`: it is a command, and takes an idempotency key, in a header.
    """

    service: str
    function: str
    arguments: type[Struct]
    result: Any
    keyed: bool = False

    @property
    def name(self) -> str:
        """`items.execute`, `authenticate`."""
        return f"{self.service}.{self.function}" if self.service else self.function

    @property
    def path(self) -> str:
        """Below the address of the server."""
        parts = [BASE, *([self.service] if self.service else []), self.function.replace("_", "-")]
        return "/".join(parts)

    def encode_arguments(self, *given: object, **named: object) -> bytes:
        """The body of the request. The arguments are those of the function, without the key. TypeError."""
        names = self.arguments.__struct_fields__
        return encode(self.arguments(**dict(zip(names, given, strict=False)), **named))

    def decode_arguments(self, body: bytes) -> dict[str, Any]:
        """What the function is called with, by name. An empty body stands for no arguments. BadInput."""
        arguments = decode(self.arguments, body or b"{}")
        return {name: getattr(arguments, name) for name in self.arguments.__struct_fields__}

    def encode_result(self, result: object) -> bytes:
        """The body of the answer."""
        return encode(result)

    def decode_result(self, body: bytes) -> Any:
        """What the function returns. BadInput if the answer is none of this call."""
        return decode(self.result, body)


def service_calls(services: type = Services) -> Iterator[Call]:
    """The calls of every service that a Protocol of services names."""
    for service, member in vars(services).items():
        if isinstance(member, property) and member.fget is not None:
            protocol = get_type_hints(member.fget)["return"]
            for function in _functions(protocol):
                if (service, function.__name__) not in LOCAL:
                    yield _call(service, function)


def call_named(name: str) -> Call:
    """By its name, such as `items.execute`. NotFound."""
    try:
        return CALLS[name]
    except KeyError:
        raise NotFound(f"There is no call “{name}”.") from None


def _functions(protocol: type) -> Iterator[Any]:
    for name, member in vars(protocol).items():
        if inspect.isfunction(member) and not name.startswith("_"):
            yield member


def _call(service: str, function: Any, result: Any = None, *, keyed: bool = False) -> Call:
    hints = get_type_hints(function)
    parameters = [each for name, each in inspect.signature(function).parameters.items() if name != "self"]
    fields = [
        (each.name, _sent(hints[each.name]))
        if each.default is inspect.Parameter.empty
        else (each.name, _sent(hints[each.name]), each.default)
        for each in parameters
        if each.name != KEY
    ]
    title = "".join(word.title() for word in f"{service}_{function.__name__}".split("_"))
    return Call(
        service=service,
        function=function.__name__,
        arguments=msgspec.defstruct(
            f"{title}Arguments", fields, frozen=True, kw_only=True, forbid_unknown_fields=True, module=__name__
        ),
        result=result or _sent(hints["return"]),
        keyed=keyed or any(each.name == KEY for each in parameters),
    )


def _sent(annotation: Any) -> Any:
    """A command is one of those of agents; a sequence comes back as a tuple, so that it cannot change."""
    if annotation is Command:
        return AgentCommand
    arguments = tuple(map(_sent, get_args(annotation)))
    if get_origin(annotation) is Sequence:
        return tuple[arguments[0], ...]  # type: ignore[valid-type]
    if arguments and isinstance(annotation, type(int | str)):
        return Union[arguments]  # noqa: UP007  # made of what is known only now
    return annotation


BACKEND_CALLS: Final = (
    _call("", Backend.authenticate),
    _call("", Backend.log_in, LoggedIn, keyed=True),
)
"""The two steps of the login: what can be called without a token."""

CALLS: Final = {call.name: call for call in (*BACKEND_CALLS, *service_calls())}
"""All calls by name."""

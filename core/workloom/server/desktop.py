"""What desktops call: both steps of the login, and every function of every service."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from anyio import CapacityLimiter
from starlette.routing import Route

from workloom.api.services import Backend
from workloom.domain.errors import BadInput
from workloom.server.authentication import DesktopAuthentication
from workloom.server.heartbeats import Heartbeats
from workloom.server.limits import Limits, network_of
from workloom.server.positions import Positions
from workloom.server.request import Answer, Incoming, Requests
from workloom.services.login import Login
from workloom.services.ports_login import Token
from workloom.services.ports_outside import Clock
from workloom.services.tokens import Tokens
from workloom.wire import CALLS, INFO_PATH, KEY_HEADER, Call, Info, LoggedIn, encode, service_calls

HEARTBEAT: Final = "presence.heartbeat"
LOG_OFF: Final = "presence.log_off"
NEWS: Final = "events.after"
_LONGEST_KEY: Final = 200
_ARRIVING: Final = 4
"""Requests without a token that are worked on in the same moment."""

_LIVING: Final = 2
"""Heartbeats that are looked at in the same moment."""


class DesktopCalls:
    """The handlers of `/desktop/v1`. `forget` hears whose session has ended here."""

    def __init__(
        self,
        backend: Backend,
        login: Login,
        tokens: Tokens,
        authentication: DesktopAuthentication,
        limits: Limits,
        clock: Clock,
        heartbeats: Heartbeats,
        positions: Positions,
        forget: Callable[[Token], None],
    ) -> None:
        self._backend = backend
        self._login = login
        self._tokens = tokens
        self._authentication = authentication
        self._limits = limits
        self._clock = clock
        self._heartbeats = heartbeats
        self._positions = positions
        self._forget = forget

    def routes(self, requests: Requests, *, hashing: int) -> Iterator[Route]:
        """All of them. `hashing`: how many passwords are looked at in the same moment."""
        slow = CapacityLimiter(hashing)  # a flood of logins takes no thread from those who work
        arriving = CapacityLimiter(_ARRIVING)  # nor does one of other requests without a token
        yield Route(INFO_PATH, requests.endpoint("info", self._info, limiter=arriving), methods=["GET"])
        first, second = CALLS["authenticate"], CALLS["log_in"]
        yield Route(first.path, requests.endpoint(first.name, self._authenticate, limiter=slow), methods=["POST"])
        yield Route(second.path, requests.endpoint(second.name, self._log_in, limiter=arriving), methods=["POST"])
        living = CapacityLimiter(_LIVING)  # whoever searches for long lets no colleague seem dead
        for call in service_calls():
            handler, limiter = (self._heartbeat, living) if call.name == HEARTBEAT else (self._handler(call), None)
            reads = not call.keyed and call.name != NEWS  # which are asked for after each command of anybody
            endpoint = requests.endpoint(call.name, handler, limiter=limiter, gate=self._authentication.of, reads=reads)
            yield Route(call.path, endpoint, methods=["POST"])

    def _info(self, incoming: Incoming) -> Answer:
        now: datetime = self._clock.now()
        return Answer(body=encode(Info(site=self._backend.info(), now=now)))

    def _authenticate(self, incoming: Incoming) -> Answer:
        self._limits.take(network_of(incoming.address))
        call = CALLS["authenticate"]
        return Answer(body=call.encode_result(self._login.authenticate(**call.decode_arguments(incoming.body))))

    def _log_in(self, incoming: Incoming) -> Answer:
        self._limits.take(network_of(incoming.address))
        call = CALLS["log_in"]
        session, token = self._tokens.log_in(self._login, **call.decode_arguments(incoming.body), key=_key(incoming))
        return Answer(body=call.encode_result(LoggedIn(session=session, token=token)))

    def _heartbeat(self, incoming: Incoming) -> Answer:
        call = CALLS[HEARTBEAT]
        token = self._authentication.token_of(incoming)
        call.decode_arguments(incoming.body)
        return Answer(body=call.encode_result(self._heartbeats.beat(token)))

    def _handler(self, call: Call) -> Any:
        def handle(incoming: Incoming) -> Answer:
            token = self._authentication.token_of(incoming)
            arguments = call.decode_arguments(incoming.body)
            if call.keyed:
                arguments["key"] = _key(incoming)
            if call.name == NEWS:
                self._positions.check(arguments["sequence"])
            service = getattr(self._backend.services(token.session), call.service)
            result = getattr(service, call.function)(**arguments)
            if call.name == LOG_OFF:
                self._forget(token)
            return Answer(body=call.encode_result(result))

        return handle


def _key(incoming: Incoming) -> str:
    key = incoming.headers.get(KEY_HEADER.lower(), "")
    if len(key) > _LONGEST_KEY:
        raise BadInput(f"The key is longer than {_LONGEST_KEY} characters.", where=KEY_HEADER)
    return key

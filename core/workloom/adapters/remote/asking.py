"""Asks a node, and the next one where it does not answer. Blocks; any thread."""

import time
from http import HTTPStatus
from random import Random
from re import sub
from ssl import SSLContext, create_default_context
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from workloom.adapters.remote.addresses import Address, Nodes
from workloom.adapters.remote.backoff import pause
from workloom.domain.errors import (
    BadInput,
    Disconnected,
    ServiceFailed,
    StorageUnreachable,
    TooOften,
    WorkloomError,
)
from workloom.wire import (
    INFO_PATH,
    JSON,
    KEY_HEADER,
    MEDIA_PROBLEM,
    VERSION,
    VERSION_HEADER,
    Call,
    Info,
    Problem,
    decode,
    error_of,
)

if TYPE_CHECKING:
    from httpx2 import Client, Response

QUICK: Final = 1.0
"""Seconds within which a connection fails that was gone already."""

NOT_REACHED: Final = "The server cannot be reached."
_HANDED_ON: Final = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})
"""Statuses of what stands before a node: the node may have got the request, and carried it out."""

_ELSEWHERE: Final = _HANDED_ON | {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.UPGRADE_REQUIRED}
"""Statuses with which a node, or what stands before it, says that another may do better."""


class Asking:
    """`connect` and `answer`: seconds for a node to take a connection, and to answer; `patience`: for all together."""

    def __init__(self, nodes: Nodes, *, connect: float = 3.0, answer: float = 8.0, patience: float = 20.0) -> None:
        self._nodes = nodes
        self._connect, self._answer, self._patience = connect, answer, patience
        self._random = Random()  # noqa: S311 - it spreads desktops, no secret
        self._client: Client | None = None
        self._closed = False
        self._lock = Lock()
        self.tls: SSLContext = create_default_context()

    def info(self) -> Info:
        """What may be known before a login. BadInput where something else answers than a server of Workloom."""
        body = self._ask("GET", INFO_PATH, b"", {}, repeat=True)
        try:
            read: Info = decode(Info, body)
        except BadInput as error:
            raise BadInput(f"What answers at {self._nodes.current.name} is no server of Workloom.") from error
        return read

    def call(self, call: Call, body: bytes, *, token: str = "", key: str = "", repeat: bool = True) -> Any:
        """The result of a call. `repeat`: asked twice it does what once would have done.

        Raises what the service raised, and Disconnected when no node answered.
        """
        headers = {"content-type": JSON}
        if token:
            headers["authorization"] = f"Bearer {token}"
        if key:
            headers[KEY_HEADER] = key
        return call.decode_result(self._ask("POST", call.path, body, headers, repeat=repeat))

    def close(self) -> None:
        """Let go of the connections; there are no more."""
        with self._lock:
            client, self._client, self._closed = self._client, None, True
        if client is not None:
            client.close()

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str], *, repeat: bool) -> bytes:
        begun = time.monotonic()
        sent, refused, end, why = False, None, begun + self._patience, ""
        turn = refusals = 0
        while turn <= len(self._nodes):
            if turn == len(self._nodes) and time.monotonic() - begun > QUICK:
                break  # the first once more, if it may have been an old connection that failed
            node = self._nodes.current
            answer, arrived, why = self._try(node, method, path, body, headers)
            refused = _error(answer, node) if answer is not None else None
            sent = sent or arrived or (answer is not None and _may_be_done(answer, refused))
            if answer is not None and refused is None:
                return answer.content
            if isinstance(refused, TooOften):  # nothing was done yet
                refusals += 1
                wait = refused.wait_seconds + pause(refusals, self._random)
                if time.monotonic() + wait < end:
                    time.sleep(wait)
                    continue
            if refused is not None and answer is not None and answer.status_code not in _ELSEWHERE:
                raise refused
            self._nodes.failed(node)
            turn += 1
            if (sent and not repeat) or time.monotonic() >= end:
                break
        if refused is not None and not isinstance(refused, ServiceFailed | StorageUnreachable):
            raise refused
        raise Disconnected(f"{NOT_REACHED} {why}".rstrip(), may_have_arrived=sent)

    def _try(
        self, node: Address, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple["Response | None", bool, str]:
        """The answer, None if there was none; whether the node may have got the request all the same; and why not."""
        from httpx2 import ConnectError, ConnectTimeout, PoolTimeout, TransportError

        versioned = {VERSION_HEADER: str(VERSION), **headers}
        client = self._opened()
        if client is None:
            return None, False, "This desktop has let go of its connections."
        try:
            return client.request(method, node.calls + path, content=body, headers=versioned), False, ""
        except (ConnectError, ConnectTimeout, PoolTimeout) as error:
            return None, False, _reason(node, error)
        except TransportError as error:
            return None, True, _reason(node, error)
        finally:
            if self._closed:  # meanwhile: a connection that was on its way is in the client again
                client.close()

    def _opened(self) -> "Client | None":
        with self._lock:
            if self._client is None and not self._closed:
                from httpx2 import Client, Limits, Timeout

                self._client = Client(
                    verify=self.tls,
                    timeout=Timeout(self._answer, connect=self._connect),
                    limits=Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=30.0),
                    trust_env=not self._nodes.local,
                )
            return self._client


def _may_be_done(answer: "Response", refused: WorkloomError | None) -> bool:
    """Whether a request that was answered with an error may have been carried out: the database went in between."""
    return answer.status_code in _HANDED_ON or isinstance(refused, StorageUnreachable)


def _reason(node: Address, error: Exception) -> str:
    """`desk.example.com: Connection refused.`, without the number that a system gives it."""
    said = sub(r"^\[[^\]]*\] |\s*\(_ssl\.c:\d+\)$", "", str(error)).rstrip(".")
    return f"{node.name}: {said}." if said else f"{node.name} does not answer."


def _error(answer: "Response", node: Address) -> WorkloomError | None:
    """What the node says is wrong, None = nothing; an answer of something that stands before it is a failure."""
    if answer.status_code == HTTPStatus.OK:
        return None
    if answer.headers.get("content-type", "").partition(";")[0] == MEDIA_PROBLEM:
        try:
            return error_of(decode(Problem, answer.content))
        except BadInput:
            pass
    return ServiceFailed(f"{node.name} answers with status {answer.status_code}, which no server of Workloom does.")

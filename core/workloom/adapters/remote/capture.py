"""Sends new work to a server as another program does: over the HTTP API, with a client's token."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from msgspec import json

from workloom.domain.errors import BadInput, Disconnected

_ANSWERED: Final = frozenset({HTTPStatus.OK, HTTPStatus.CREATED})
_TRY_ELSEWHERE: Final = frozenset(
    {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
)


class CaptureClient:
    """`servers`: addresses of nodes. A create that is sent again makes no second item: it is known by its id."""

    def __init__(self, servers: Sequence[str], token: str, point: str, *, answer: float = 5.0) -> None:
        from httpx2 import Client

        self._path = f"/api/v1/capture/{quote(point, safe='')}/items"
        self._servers = [server.rstrip("/") for server in servers]
        self._current = 0
        self._http = Client(timeout=answer, headers={"Authorization": f"Bearer {token}"})

    def create(self, capture_id: str, **values: Any) -> None:
        """Ask each node once. Disconnected if none has answered: whether the item is there is not known. BadInput."""
        from httpx2 import TransportError

        body = json.encode({"capture_id": capture_id, **values})
        for _ in self._servers:
            url = self._servers[self._current] + self._path
            try:
                answer = self._http.post(url, content=body, headers={"Content-Type": "application/json"})
            except TransportError:
                answer = None
            if answer is not None and answer.status_code in _ANSWERED:
                return
            if answer is not None and answer.status_code not in _TRY_ELSEWHERE and answer.status_code < 500:
                raise BadInput(f"The server does not take the item {capture_id}: {answer.text[:300]}")
            self._current = (self._current + 1) % len(self._servers)
        raise Disconnected("No node has taken the item. Send it again: it is known by its id.", may_have_arrived=True)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

"""Connections of a node: as many as the system allows, and none for whoever asks nothing."""

import asyncio
import sys
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's protocol that hangs up when the head of a request does not come within `patience` seconds."""

    def __init__(self, *given: Any, patience: float, **named: Any) -> None:
        super().__init__(*given, **named)
        self._patience = patience
        self._hanging_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as of uvicorn
        """The head of the first request has to come."""
        super().connection_made(transport)
        self._wait_for_head()

    def on_message_begin(self) -> None:
        """The head of a further one has begun."""
        super().on_message_begin()
        self._wait_for_head()

    def on_headers_complete(self) -> None:
        """It is there; for the body `request.Requests` waits."""
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        if self._hanging_up is None:
            self._hanging_up = self.loop.call_later(self._patience, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._hanging_up is not None:
            self._hanging_up.cancel()
            self._hanging_up = None


def allow_many() -> None:
    """Let this process have as many files, and so connections, as the system allows it: the usual limit is 1,024."""
    if sys.platform != "win32":
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

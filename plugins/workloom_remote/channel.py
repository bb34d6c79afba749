"""The door of one desktop: a local channel on which both sides prove that they know the key. No Qt."""

import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any, Final

from workloom_remote import places
from workloom_remote.places import Place

LONGEST: Final = 64 * 1024
"""Bytes of a request."""
PATIENCE: Final = 10.0
"""Seconds in which the desktop must have answered."""

Answered = Callable[[dict[str, Any]], None]


class Door:
    """Listens from `open` to `close`. `asked(request, answered)` is called on a thread of its own."""

    def __init__(self, asked: Callable[[dict[str, Any], Answered], None]) -> None:
        self._asked = asked
        self._listener: Listener | None = None
        self._file: Path | None = None
        self._closed = False

    def open(self, agent: str) -> None:
        """Let others in who can read the file of the place."""
        if self._closed:
            return
        key = secrets.token_hex(32)
        self._listener = Listener(None, authkey=key.encode())
        self._file = places.write(Place(agent=agent, address=str(self._listener.address), key=key))
        Thread(target=self._listen, args=(self._listener,), name="remote control", daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more; a second call does nothing."""
        self._closed = True
        if self._file is not None:
            self._file.unlink(missing_ok=True)
            self._file = None
        if self._listener is not None:
            listener, self._listener = self._listener, None
            with suppress(OSError):  # wake the thread that waits for the next caller
                Client(listener.address).close()
            listener.close()

    def _listen(self, listener: Listener) -> None:
        while not self._closed:
            try:
                connection = listener.accept()
            except (AuthenticationError, EOFError, OSError):
                continue  # somebody who does not know the key, or has gone again
            with connection, suppress(EOFError, OSError):
                if not connection.poll(PATIENCE):
                    continue
                connection.send_bytes(json.dumps(self._answer(connection.recv_bytes(LONGEST))).encode())

    def _answer(self, request: bytes) -> dict[str, Any]:
        try:
            asked = json.loads(request)
        except ValueError:
            return {"error": "A request is an object of JSON."}
        if not isinstance(asked, dict):
            return {"error": "A request is an object of JSON."}
        answers: Queue[dict[str, Any]] = Queue()
        self._asked(asked, answers.put)
        try:
            return answers.get(timeout=PATIENCE)
        except Empty:
            return {"error": "The desktop has not answered in time."}


def ask(place: Place, request: dict[str, Any]) -> dict[str, Any]:
    """Ask a desktop. OSError or AuthenticationError if it cannot be reached."""
    with Client(place.address, authkey=place.key.encode()) as connection:
        connection.send_bytes(json.dumps(request).encode())
        found: dict[str, Any] = json.loads(connection.recv_bytes())
    return found

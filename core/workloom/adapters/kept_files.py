"""Small files that are written behind the back of whoever changes them, each replaced as a whole."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

Content = bytes | Callable[[], bytes] | None
"""What a file is to hold: the bytes, or what makes them when they are written; None removes the file."""

PAUSE = 0.2
"""Seconds between two rounds of writing: what is typed within is written once."""


class KeptFiles:
    """One thread that writes the newest text of each file. A file is either its old or its new text, never a part.

    `failed(path, error)` is called in that thread when a file cannot be written; the text is tried again with the
    next change.
    """

    def __init__(self, failed: Callable[[Path, OSError], None] = lambda _path, _error: None) -> None:
        self.failed = failed
        self._changed = threading.Condition()
        self._pending: dict[Path, Content] = {}
        self._writing = False
        self._closing = False
        self._thread: threading.Thread | None = None

    def write(self, path: Path, content: Content) -> None:
        """Let the file hold `content` soon. Never blocks on the disk."""
        with self._changed:
            self._pending[path] = content
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name="kept-files", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until everything is written; False if it took longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._pending and not self._writing, timeout)

    def close(self) -> None:
        """Write what is left and stop."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(timeout=5.0)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._pending or self._closing)
                if not self._pending:
                    self._thread = None
                    return
                batch, self._pending, self._writing = self._pending, {}, True
            for path, content in batch.items():
                self._write(path, content)
            del batch, path, content  # what makes a file, and all that it is made of, is not kept until the next one
            with self._changed:
                self._writing = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._closing, PAUSE)

    def _write(self, path: Path, content: Content) -> None:
        try:
            if content is None:
                path.unlink(missing_ok=True)
            else:
                replace_file(path, content() if callable(content) else content)
        except OSError as error:
            self.failed(path, error)


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` into the file so that a crash leaves the old or the new text. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)

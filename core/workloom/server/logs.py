"""The log of a node: one JSON object a line, without customer data.

Sentences are ours. Of an exception the class and the places in the code are written, never its text: that may quote
what somebody has typed.
"""

import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from typing import IO, Final

from msgspec import json

LEVELS: Final = ("debug", "info", "warning", "error")


class JsonFormatter(logging.Formatter):
    """One line for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            kind, _error, trace = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            line["at_code"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)]
        return json.encode(line).decode()


def log_as_json(level: str, stream: IO[str] | None = None) -> None:
    """Let every logger of this process write to the stream (None = standard error)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "websockets"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(max(logging.WARNING, root.level))  # at lower levels they write what was sent

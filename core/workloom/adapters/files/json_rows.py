"""Rows of a JSON-lines file: one object on each line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import DecodeError, json

from workloom.adapters.files.fields import problem_of
from workloom.adapters.files.lines import Lines
from workloom.services.capture_ports import Row

MAX_DEPTH = 20
"""How deep objects may be nested."""

_decode = json.Decoder().decode


class JsonRows:
    """The objects of a JSON-lines file. There is no header: each object names its own columns."""

    columns: tuple[str, ...] | None = None

    def __init__(self, path: Path, *, encoding: str = "utf-8") -> None:
        """Open the file. BadInput names what is wrong with it."""
        self._lines = Lines(path, encoding)

    @property
    def progress(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._lines.progress

    def close(self) -> None:
        """Let go of the file."""
        self._lines.close()

    def __iter__(self) -> Iterator[Row]:
        """The rows; empty lines are none."""
        number = 0
        for line in self._lines:
            if not line.text.strip() and not line.problem:
                continue
            number += 1
            values, problem = ({}, line.problem) if line.problem else _object(line.text)
            yield Row(number=number, line=line.number, values=values, text=line.text, problem=problem)


def _object(text: str) -> tuple[dict[str, Any], str]:
    try:
        value = _decode(text)
    except (DecodeError, RecursionError) as error:
        return {}, f"This is no JSON: {error}."
    if not isinstance(value, dict):
        return {}, "This is JSON, but no object. Each line holds one object: {“number”: “7”, …}."
    return value, _problem_of(value, "")


def _problem_of(value: object, name: str, depth: int = 0) -> str:
    """What is wrong with a text in the object, however deep."""
    if depth > MAX_DEPTH:
        return f"The field “{name[:60]}…” is nested deeper than {MAX_DEPTH} levels."
    if isinstance(value, str):
        return problem_of(name, value)
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = (_problem_of(part, f"{name}.{key}" if name else str(key), depth + 1) for key, part in parts)
    return next((problem for problem in found if problem), "")

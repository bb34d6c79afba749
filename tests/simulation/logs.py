"""Small logs of work, written as a process-mining tool writes them."""

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
<float key="meta" value="1"><float key="nested" value="2"/></float>
"""

Row = tuple[str, str, str, datetime]
"""Activity, transition, person and instant."""


def event(row: Row) -> str:
    """One event."""
    name, transition, resource, at = row
    who = f'<string key="org:resource" value="{resource}"/>' if resource else ""
    return (
        f'<event>{who}<string key="lifecycle:transition" value="{transition}"/>'
        f'<string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at.isoformat()}"/></event>'
    )


def written(path: Path, cases: Iterable[tuple[str, Iterable[Row]]]) -> Path:
    """A log of these cases, gzipped where the name says so."""
    traces = (
        f'<trace><string key="concept:name" value="{case}"/>{"".join(map(event, rows))}</trace>' for case, rows in cases
    )
    text = HEAD + "\n".join(traces) + "</log>"
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def office_day(path: Path, cases: int = 60, seed: int = 1) -> Path:
    """A day of four people and two kinds of work, besides what a machine does."""
    chance = Random(seed)  # noqa: S311 - no secret

    def rows(number: int) -> Iterable[Row]:
        at = MORNING + timedelta(minutes=chance.randrange(0, 400))
        yield "A_SUBMITTED", "COMPLETE", "112", at
        for name in ("W_Check", "W_Call")[: 1 + number % 2]:
            yield name, "SCHEDULE", "", at
            at += timedelta(minutes=chance.randrange(1, 30))
            person = f"P{chance.randrange(1, 5)}"
            yield name, "START", person, at
            at += timedelta(seconds=chance.randrange(30, 600))
            yield name, "COMPLETE", person, at

    return written(path, ((f"C{number}", list(rows(number))) for number in range(cases)))

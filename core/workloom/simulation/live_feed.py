"""Work that comes in real time: items through capture, from a seed or from a log."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from threading import Event
from time import monotonic
from typing import Any

from workloom.domain.capture_messages import Verb
from workloom.domain.errors import StorageError
from workloom.services.capture import Capture, point_of
from workloom.simulation.centre import POINT, ROUTED
from workloom.simulation.replay import WORK
from workloom.simulation.source import MAPPING, NoRejects, OneRow
from workloom.simulation.work_log import WorkLog

Coming = Iterator[tuple[float, dict[str, Any]]]
"""Seconds after the begin, and the row of a create; in order."""


def seeded(items: int, seconds: float, seed: int) -> Coming:
    """So many items at random instants of so many seconds."""
    random = Random(f"{seed}/feed")  # noqa: S311 - no secret
    for number, at in enumerate(sorted(random.random() * seconds for _ in range(items)), 1):
        queue, media_type = ROUTED[random.choices(range(len(ROUTED)), (6, 2, 4, 3))[0]]
        yield at, _row(f"S{seed}-{number}", f"Work {number}", queue, media_type)


def logged(log: WorkLog) -> Coming:
    """The items of a log."""
    for work in log.works:
        subject = f"{work.activity} of {work.case}"
        yield (
            (work.arrived - log.begin) / timedelta(seconds=1),
            _row(str(work.number), subject, work.activity, WORK),
        )


def feed(capture: Capture, coming: Coming, speed: float, stopping: Event) -> int:
    """Send each when its time has come; returns how many were taken in. Tries again where the store is in trouble."""
    point, begun, sent = point_of(capture.site(), POINT), monotonic(), 0
    for at, row in coming:
        if stopping.wait(max(0.0, at / speed - (monotonic() - begun))):
            break
        while not stopping.is_set():
            try:
                capture.import_rows(OneRow(row), MAPPING, point, NoRejects())
            except StorageError:
                stopping.wait(0.5)
                continue
            sent += 1
            break
    return sent


def _row(capture_id: str, subject: str, queue: str, media_type: str) -> dict[str, Any]:
    verb = Verb.CREATE.value
    return {
        "id": capture_id, "revision": "1", "verb": verb, "subject": subject, "priority": 0, "queue": queue,
        "media_type": media_type,
    }  # fmt: skip

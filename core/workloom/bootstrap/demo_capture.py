"""The demo's incidents from the demo export, the older ones done, the later ones waiting; and rows that were made."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import groupby
from typing import Final

from workloom.bootstrap.demo_export import BEGIN, COLUMNS, demo_rows
from workloom.domain.capture_mapping import CaptureMapping
from workloom.domain.capture_messages import Counts
from workloom.domain.errors import StorageError
from workloom.domain.site import CapturePoint, Site
from workloom.services.capture import Capture, point_of
from workloom.services.capture_mapping import MappingFile
from workloom.services.capture_ports import Row, Rows

POINT: Final = "demo"
MAPPING: Final = "demo_mapping.toml"
_ENDED: Final = ("Resolved", "Closed")


class MadeRows:
    """`capture_ports.Rows` that are there already."""

    columns: tuple[str, ...] | None = None
    progress = 0.0

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        """The rows in their order."""
        return iter(self._rows)

    def close(self) -> None:
        """Nothing is open."""


def demo_incidents(*, seed: int = 20, incidents: int = 120, waiting: int = 48) -> tuple[tuple[Row, ...], ...]:
    """The rows of each incident, as an export made in the middle of the work: the last `waiting` are still open."""
    rows = demo_rows(seed=seed, incidents=incidents, begin=BEGIN)
    found: list[tuple[Row, ...]] = []
    number = 0
    for index, (_, incident) in enumerate(groupby(rows, key=lambda row: row["number"])):
        one = []
        for position, row in enumerate(incident):
            if index < incidents - waiting or position == 0 or row["incident_state"] not in _ENDED:
                number += 1
                one.append(Row(number=number, line=number + 1, values=row))
        found.append(tuple(one))
    return tuple(found)


class NoRejects:
    """The demo has no bad rows."""

    def add(self, row: Row, reason: str) -> None:
        raise StorageError(f"Row {row.number} of the demo cannot be used: {reason}")


def import_demo(capture: Capture, rows: Rows | None = None) -> Counts:
    """Import the demo's incidents, or some rows of them. BadInput where the site is not the demo site."""
    site = capture.site()
    point = point_of(site, POINT)
    mapping = shipped_mapping(MAPPING, COLUMNS, site, point)
    rows = rows or MadeRows([row for incident in demo_incidents() for row in incident])
    return capture.import_rows(rows, mapping, point, NoRejects()).counts


def shipped_mapping(name: str, columns: Sequence[str] | None, site: Site, point: CapturePoint) -> CaptureMapping:
    """A mapping that comes with the demo, checked. BadInput where it does not fit."""
    file = MappingFile(files("workloom.bootstrap").joinpath(name).read_text(encoding="utf-8"), name)
    file.check(columns, site, point)
    return file.mapping

"""The demo's work: incidents from the demo export, the older ones done, the later ones waiting."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby
from typing import Final

from workloom.bootstrap.demo_export import BEGIN, COLUMNS, demo_rows
from workloom.domain.capture_messages import Counts
from workloom.domain.errors import StorageError
from workloom.services.capture import Capture, point_of
from workloom.services.capture_mapping import MappingFile
from workloom.services.capture_ports import Row

POINT: Final = "demo"
MAPPING: Final = "demo_mapping.toml"
_ENDED: Final = ("Resolved", "Closed")


class DemoRows:
    """`capture_ports.Rows`: an export made in the middle of the work; the last `waiting` incidents are still open."""

    columns: tuple[str, ...] | None = COLUMNS
    progress = 0.0

    def __init__(self, *, seed: int = 20, incidents: int = 120, waiting: int = 48) -> None:
        self._seed = seed
        self._incidents = incidents
        self._done = incidents - waiting

    def __iter__(self) -> Iterator[Row]:
        """The rows in their order."""
        rows = demo_rows(seed=self._seed, incidents=self._incidents, begin=BEGIN)
        number = 0
        for index, (_, incident) in enumerate(groupby(rows, key=lambda row: row["number"])):
            for position, row in enumerate(incident):
                if index < self._done or position == 0 or row["incident_state"] not in _ENDED:
                    number += 1
                    yield Row(number=number, line=number + 1, values=row)

    def close(self) -> None:
        """Nothing is open."""


class _NoRejects:
    """The demo has no bad rows."""

    def add(self, row: Row, reason: str) -> None:
        raise StorageError(f"Row {row.number} of the demo cannot be used: {reason}")


def import_demo(capture: Capture) -> Counts:
    """Import the demo's incidents. BadInput where the site is not the demo site."""
    site = capture.site()
    point = point_of(site, POINT)
    mapping = MappingFile(files("workloom.bootstrap").joinpath(MAPPING).read_text(encoding="utf-8"), MAPPING)
    rows = DemoRows()
    mapping.check(rows.columns, site, point)
    return capture.import_rows(rows, mapping.mapping, point, _NoRejects()).counts

"""The source of work: creates through capture, repeated until they are acknowledged."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from threading import Event
from time import monotonic

from workloom.adapters.postgres.store import PostgresStore
from workloom.bootstrap.engine import engine_on
from workloom.domain.capture_messages import Verb
from workloom.domain.errors import StorageError, WorkloomError
from workloom.services.capture import point_of
from workloom.services.capture_ports import Row
from workloom.simulation.centre import POINT, ROUTED
from workloom.simulation.source import MAPPING, NoRejects

TOGETHER = 50
"""Creates of one import at most: where the rate is high, what is due goes together."""


class Feeder:
    """Sends `rate` items a second on a connection of its own; `created` are those that were acknowledged."""

    def __init__(self, dsn: str, rate: float, seed: int) -> None:
        self._dsn = dsn
        self._rate = rate
        self._random = Random(f"{seed}/feed")  # noqa: S311 - no secret
        self.created: list[str] = []
        self.problem = ""

    def run(self, stopping: Event) -> None:
        """Until then."""
        store = PostgresStore(self._dsn)
        capture = engine_on(store).capture
        point = point_of(capture.site(), POINT)
        number, at = 0, monotonic()
        while not stopping.wait(max(0.0, at - monotonic())):
            rows: list[dict[str, object]] = []
            while at <= monotonic() and len(rows) < TOGETHER:
                number, at = number + 1, at + self._random.expovariate(self._rate)
                rows.append(self._row(number))
            while not stopping.is_set():
                try:
                    capture.import_rows(Rows(rows), MAPPING, point, NoRejects())
                except StorageError:
                    stopping.wait(0.2)
                except WorkloomError as error:
                    self.problem = f"the feed has stopped: {error}"
                    return
                else:
                    self.created += [str(row["id"]) for row in rows]
                    break
        store.close()

    def _row(self, number: int) -> dict[str, object]:
        queue, media_type = ROUTED[self._random.choices(range(len(ROUTED)), (6, 2, 4, 3))[0]]
        return {
            "id": f"F-{number}", "revision": "1", "verb": Verb.CREATE.value, "subject": f"Work {number}",
            "priority": 0, "queue": queue, "media_type": media_type,
        }  # fmt: skip


class Rows:
    """`capture_ports.Rows` of what has come since the last ones."""

    columns: tuple[str, ...] | None = None
    progress = 1.0

    def __init__(self, rows: Sequence[Mapping[str, object]]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Row]:
        return (Row(number=number, line=number, values=row) for number, row in enumerate(self._rows, 1))

    def close(self) -> None:
        """Nothing is open."""

"""The source of work: creates through capture, repeated until they are acknowledged."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from threading import Event, Thread
from time import monotonic

from workloom.adapters.postgres.store import PostgresStore
from workloom.adapters.remote.capture import CaptureClient
from workloom.bootstrap.engine import engine_on
from workloom.domain.capture_messages import Verb
from workloom.domain.errors import Disconnected, StorageError, WorkloomError
from workloom.services.capture import point_of
from workloom.services.capture_ports import Row
from workloom.simulation.centre import POINT, ROUTED
from workloom.simulation.source import MAPPING, NoRejects

SENDERS = 4
"""Senders over the HTTP API that work side by side."""

TOGETHER = 50
"""Creates of one import at most: where the rate is high, what is due goes together."""


class Feeder:
    """Sends `rate` items a second on a connection of its own; `created` are those that were acknowledged.

    `due`: the `time.monotonic` instant at which each was to come.
    """

    def __init__(self, dsn: str, rate: float, seed: int) -> None:
        self._dsn = dsn
        self._rate = rate
        self._random = Random(f"{seed}/feed")  # noqa: S311 - no secret
        self.created: list[str] = []
        self.due: dict[str, float] = {}
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
                number += 1
                rows.append(self._row(number))
                self.due[str(rows[-1]["id"])] = at
                at += self._random.expovariate(self._rate)
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


class ApiFeeder(Feeder):
    """The same over the HTTP API, through the bad network: one by one, each sent again until it is answered."""

    def __init__(self, servers: str, token: str, rate: float, seed: int) -> None:
        super().__init__("", rate / SENDERS, seed)
        self._servers = servers.split(",")
        self._token = token
        self.latencies: list[float] = []

    def run(self, stopping: Event) -> None:
        """Until then."""
        threads = [Thread(target=self._send, args=(stopping, number)) for number in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _send(self, stopping: Event, sender: int) -> None:
        client = CaptureClient(self._servers, self._token, POINT)
        number, at = sender, monotonic()
        while not stopping.wait(max(0.0, at - monotonic())):
            number, at = number + SENDERS, at + self._random.expovariate(self._rate)
            row = self._row(number)
            values = {name: row[name] for name in ("subject", "queue", "media_type")}
            begun = monotonic()
            while not stopping.is_set():
                try:
                    client.create(str(row["id"]), **values)
                except Disconnected:
                    stopping.wait(0.2)
                except WorkloomError as error:
                    self.problem = f"the feed has stopped: {error}"
                    return
                else:
                    self.created.append(str(row["id"]))
                    self.latencies.append(monotonic() - begun)
                    break
        client.close()


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

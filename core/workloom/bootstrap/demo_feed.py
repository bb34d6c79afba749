"""The demo's mail room while the demo runs: pieces that come one after the other, through capture like any other."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.demo_capture import MadeRows, NoRejects, shipped_mapping
from workloom.bootstrap.demo_office import Office
from workloom.bootstrap.demo_work import MAPPING, POINT, begin_from_demo
from workloom.bootstrap.engine import Engine, engine_on, open_engine
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.services.capture import point_of
from workloom.services.capture_ports import Row

FIRST: Final = 500
"""Number after which those of the feed begin: none that the demo begins with is as high."""


class DemoFeed:
    """Sends what has just come, on an engine beside the node. The same seed makes the same pieces."""

    def __init__(self, engine: Engine, *, seed: int = 1) -> None:
        self._engine = engine
        site = engine.capture.site()
        self._point = point_of(site, POINT)
        self._mapping = shipped_mapping(MAPPING, None, site, self._point)
        self._office = Office(datetime.now(UTC), seed, FIRST)
        self._sent = 0

    def send(self, kind: str = "") -> str:
        """Let one piece come, of a kind where one is given; its number. StorageError kinds."""
        self._sent += 1
        piece = self._office.arriving(datetime.now(UTC), kind)
        row = Row(number=self._sent, line=self._sent, values=piece.row)
        self._engine.capture.import_rows(MadeRows((row,)), self._mapping, self._point, NoRejects())
        return str(piece.row["id"])

    def close(self) -> None:
        """Let go of the data."""
        self._engine.stop()


def open_feed(place: Path | str, now: datetime) -> DemoFeed:
    """A feed into a folder, or a PostgreSQL database by its DSN; an empty one begins as the demo does. StorageError."""
    catalogue = installed_options()
    engine = _open(place, catalogue)
    begin_from_demo(engine, catalogue, now)
    return DemoFeed(engine)


def _open(place: Path | str, catalogue: OptionCatalogue) -> Engine:
    """An engine there, which does not dispatch: the node does."""
    if isinstance(place, Path):
        return open_engine(place, catalogue, exclusive=False)
    from workloom.adapters.postgres.connecting import PostgresSettings, connect  # late: most demos need no psycopg
    from workloom.adapters.postgres.faults import as_storage_error, place_of
    from workloom.adapters.postgres.migrate import upgrade
    from workloom.adapters.postgres.store import PostgresStore

    with as_storage_error(place_of(place)), connect(place, PostgresSettings()) as connection:
        upgrade(connection, place_of(place))
    return engine_on(PostgresStore(place), catalogue, exclusive=False)

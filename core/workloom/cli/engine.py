"""Commands beside desktops or nodes: an engine on their data, without dispatching."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from workloom.adapters.clock import SystemClock
from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.engine import Engine, engine_beside
from workloom.settings import Settings


@contextmanager
def open_beside(settings: Settings, *, demo: bool = True) -> Iterator[Engine]:
    """The engine on the database that is named, else on the data folder.

    A folder where no site was ever applied starts from the demo site and its work, as it would under a desktop, which
    is said; a database never does.
    """
    catalogue = installed_options()
    engine = engine_beside(settings, catalogue)
    try:
        if demo and not settings.dsn and not engine.configuration.site().version:
            from workloom.bootstrap.demo_work import begin_from_demo  # late: once in the life of a data folder

            unfinished = begin_from_demo(engine, catalogue, SystemClock().now())
            if unfinished is not None:
                starts = f"it starts from the demo site with {unfinished} open work items"
                print(f"{settings.data} was empty: {starts}.", file=sys.stderr)
        yield engine
    finally:
        engine.stop()

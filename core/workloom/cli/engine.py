"""Commands beside desktops or nodes: an engine on their data, without dispatching."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.demo import start_from_demo
from workloom.bootstrap.engine import Engine, engine_beside
from workloom.settings import Settings


@contextmanager
def open_beside(settings: Settings, *, demo: bool = True) -> Iterator[Engine]:
    """The engine on the database that is named, else on the data folder.

    A folder where no site was ever applied starts from the demo site, which is said; a database never does.
    """
    engine = engine_beside(settings, installed_options())
    try:
        if demo and not settings.dsn and start_from_demo(engine.configuration):
            print(f"{settings.data} was empty: it starts from the demo site.", file=sys.stderr)
        yield engine
    finally:
        engine.stop()

"""Commands beside an open desktop: the embedded engine on the data folder, without dispatching."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.demo import start_from_demo
from workloom.bootstrap.engine import Engine, open_engine
from workloom.settings import Settings


@contextmanager
def open_beside(settings: Settings, *, demo: bool = True) -> Iterator[Engine]:
    """The engine on the data folder. Where no site was ever applied it starts from the demo site and says so."""
    engine = open_engine(settings.data, installed_options(), exclusive=False)
    try:
        if demo and start_from_demo(engine.configuration):
            print(f"{settings.data} was empty: it starts from the demo site.", file=sys.stderr)
        yield engine
    finally:
        engine.stop()

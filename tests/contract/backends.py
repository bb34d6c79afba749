"""On what the contract suite runs: each behaviour in one process, on each kind of store, and through server nodes."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from hypothesis import settings

from workloom.adapters.sqlite.store import MEMORY, SqliteStore
from workloom.api.services import Services
from workloom.bootstrap.engine import Engine
from workloom.services.ports import Store
from workloom.services.ports_outside import Clock
from workloom.testing.office import Office


class Backend:
    """All of one process: who works calls the engine. `open_store` opens a new store with nothing in it."""

    quick = True
    """Whether an office is opened, and asked, within a few milliseconds."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._open_store = open_store
        self._opened = ExitStack()

    def examples(self, most: int) -> settings:
        """How Hypothesis tries an example that wants an office of this backend: so often, or a tenth of it."""
        return settings(max_examples=most if self.quick else max(5, most // 10), deadline=None)

    def store(self) -> Store:
        """A new store; closed with the backend at the latest."""
        store = self._open_store()
        self._opened.callback(store.close)
        return store

    def office(self, **more: Any) -> Office:
        """A new office on a store of its own; `more` as for `Office`. Closed with the backend at the latest."""
        office = Office(self.store(), **more)
        self._opened.callback(office.close)
        return office

    def services(self, engine: Engine, clock: Clock, session: str) -> Services:
        """The services bound to a session of an engine of another kind of office, which has this clock."""
        return engine.backend.services(session)

    def everything_in(self, store: Store) -> str:
        """All that a store of this backend keeps, as text."""
        assert isinstance(store, SqliteStore)
        return "\n".join(store._writer.iterdump())  # noqa: SLF001 - no port shows all

    def close(self) -> None:
        """Close whatever was opened, the last first."""
        self._opened.close()


IN_USE: list[Backend] = [Backend(lambda: SqliteStore(MEMORY))]
"""The last one is that of the running test."""


def opened_store() -> Store:
    """A new store of the backend that is in use."""
    return IN_USE[-1].store()


def opened_office(**more: Any) -> Office:
    """A new office of the backend that is in use."""
    return IN_USE[-1].office(**more)

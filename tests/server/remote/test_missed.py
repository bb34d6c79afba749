"""A desktop that has missed too much, or whose server went back to a backup, reads all anew and hears on."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.contract.engine.office import PASSWORD, site
from tests.server.nodes import PATIENCE, ServedNode, served
from tests.server.postgres import PostgresServer
from tests.server.proxy import Proxy
from workloom.adapters.remote.backend import RemoteBackend
from workloom.adapters.sqlite.folder import DATABASE
from workloom.api.contributions import ToastContent
from workloom.bootstrap.upkeep import back_up, upkeep_of
from workloom.domain.commands import Pull
from workloom.domain.errors import SessionEnded, WorkloomError
from workloom.domain.events import Event, EventKind
from workloom.domain.pages import ItemRow
from workloom.domain.site import Site as SiteValue
from workloom.settings import Settings
from workloom.shell.knowledge import Knowledge
from workloom.shell.pump import EventPump

LIMITS: dict[str, Any] = {"person_rate": 0.0, "address_login_rate": 0.0, "socket_catch_up": 10}


class Watching:
    """What the pump of a desktop tells."""

    def __init__(self) -> None:
        self.turns: list[tuple[Event, ...]] = []
        self.open: set[str] = set()
        self.ended = False

    def on_turn(self, events: tuple[Event, ...], known: Knowledge) -> None:
        self.open = {row.item.id for row in known.open_rows}
        self.turns.append(events)

    def on_alive(self, at: float) -> None:
        pass

    def on_trouble(self, error: WorkloomError | None) -> None:
        pass

    def on_ended(self, error: SessionEnded) -> None:
        self.ended = True

    def heard(self) -> list[Event]:
        return [event for turn in tuple(self.turns) for event in turn]


def toast(row: ItemRow) -> ToastContent:
    return ToastContent(heading="Claim", title=row.item.id)


class Desktop:
    """A remote backend behind a proxy, with a pump that runs."""

    def __init__(self, url: str) -> None:
        self.proxy = Proxy(url)
        self.backend = RemoteBackend((self.proxy.url,))
        plan = self.backend.authenticate("ann", PASSWORD)
        self.services = self.backend.services(self.backend.log_in(plan.ticket))
        self.watching = Watching()
        self.pump = EventPump(
            self.services,
            self.backend.on_wake,
            self.watching,
            lambda row: ToastContent(heading="Claim", title=row.item.id),
        )
        self.pump.start()
        self.pump.go_on()
        self.wait(lambda: len(self.watching.turns) >= 2)

    def wait(self, holds: Callable[[], bool]) -> None:
        end = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < end, self.watching.turns
            self.pump.try_now()
            sleep(0.02)

    def close(self) -> None:
        self.pump.stop()
        self.pump.join(PATIENCE)
        self.backend.close()
        self.proxy.close()


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[tuple[ServedNode, Desktop]]:
    with served(tmp_path / "data", site(), **LIMITS) as node:
        desktop = Desktop(node.url)
        yield node, desktop
        desktop.close()


def shows(event: Event) -> tuple[EventKind, str]:
    return event.kind, event.item


@pytest.mark.parametrize("missed", [5, 50])
def test_whoever_has_missed_much_is_as_the_server_is_afterwards(
    desktop: tuple[ServedNode, Desktop], missed: int
) -> None:
    node, desk = desktop
    desk.services.items.execute(Pull(item=node.submit("mine")))
    desk.wait(lambda: desk.watching.open == {"mine"})
    desk.proxy.cut()
    before = len(desk.watching.heard())
    for number in range(missed):
        node.submit(f"missed-{number}")
    desk.proxy.heal()
    desk.wait(lambda: len(desk.watching.heard()) > before)
    node.submit("after")
    desk.wait(lambda: "after" in {event.item for event in desk.watching.heard()})
    told = [shows(event) for event in desk.watching.heard()[before:]]
    if missed <= LIMITS["socket_catch_up"]:
        assert told[:missed] == [(EventKind.SUBMITTED, f"missed-{number}") for number in range(missed)]
    else:
        anew = [(EventKind.SITE_APPLIED, ""), (EventKind.READ, "mine")]
        assert told == [*anew, (EventKind.SUBMITTED, "after")]


class Site:
    """Where the data of a site are: in a folder, or in a database of PostgreSQL; and how they go back to a backup."""

    def __init__(self, folder: Path, postgres: PostgresServer | None, dsn: str = "", restored: str = "") -> None:
        self._folder, self._postgres = folder, postgres
        self._dsns = [dsn, restored]
        self._folders = [folder / "data", folder / "restored"]

    @contextmanager
    def served(self, site: SiteValue | None, **limits: Any) -> Iterator[ServedNode]:
        """A node on the data that are in force."""
        with served(self._folders[0], site, database=self._dsns[0], **limits) as node:
            yield node

    def back_up(self) -> None:
        """As `workloom db backup`."""
        place = Settings(data=self._folders[0], dsn=self._dsns[0])
        back_up(upkeep_of(place), self._folder / "backup")

    def restore(self) -> None:
        """As the manual says."""
        backup = self._folder / "backup"
        del self._folders[0], self._dsns[0]
        if self._postgres is None:
            self._folders[0].mkdir()
            backup.rename(self._folders[0] / DATABASE)
            return
        program = shutil.which("pg_restore") or str(self._postgres.programs / "pg_restore")
        subprocess.run([program, "--no-owner", f"--dbname={self._dsns[0]}", backup], check=True)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    if request.param == "sqlite":
        return Site(tmp_path, None)
    names = ("postgres", "database", "empty_database")
    return Site(tmp_path, *map(request.getfixturevalue, names))


@pytest.mark.parametrize("overtaken", [False, True], ids=["behind", "overtaken"])
def test_a_server_that_went_back_to_a_backup_is_followed_from_there(place: Site, overtaken: bool) -> None:
    limits = {**LIMITS, "socket_catch_up": 1000}
    with place.served(site(), **limits) as node:
        desk = Desktop(node.url)
        place.back_up()
        for number in range(8):
            desk.services.items.execute(Pull(item=node.submit(f"lost-{number}")))
        desk.wait(lambda: len(desk.watching.open) == 8)
        seen = desk.services.events.last()
        desk.proxy.cut()
    place.restore()
    with place.served(None, **limits) as node:
        for number in range(2 * seen if overtaken else 0):  # its numbers go on beyond what the desktop has seen
            node.submit(f"other-{number}")
        before = len(desk.watching.heard())
        desk.proxy.aim(node.url)
        desk.proxy.heal()
        desk.wait(lambda: desk.watching.open == set() and len(desk.watching.heard()) > before)
        node.submit("new")
        desk.wait(lambda: "new" in {event.item for event in desk.watching.heard()})
        told = [shows(event) for event in desk.watching.heard()[before:]]
        assert told == [(EventKind.SITE_APPLIED, ""), (EventKind.SUBMITTED, "new")], "lists and items read themselves"
        desk.services.items.execute(Pull(item="new"))
        desk.wait(lambda: desk.watching.open == {"new"})
        assert not desk.watching.ended
        desk.close()

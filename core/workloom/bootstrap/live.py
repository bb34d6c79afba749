"""Composes simulated agents in real time: against an embedded engine of their own, or against a server."""

from collections.abc import Callable, Sequence
from contextlib import contextmanager, nullcontext
from logging import getLogger
from pathlib import Path
from random import Random
from threading import Event, Thread
from time import monotonic, time_ns
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from workloom.adapters.files.xes import logged_events
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.errors import BadInput, Disconnected, WorkloomError
from workloom.domain.interaction import Interaction
from workloom.domain.site import Site
from workloom.simulation.audit import audit
from workloom.simulation.centre import OUTCOMES, PASSWORD, SHELF, centre
from workloom.simulation.live_agent import Live, LiveAgent
from workloom.simulation.live_book import Book
from workloom.simulation.live_feed import Coming, feed, logged, seeded
from workloom.simulation.live_report import LiveReport, live_report
from workloom.simulation.replay import STEADY, log_site
from workloom.simulation.scenario import Habits, Scenario
from workloom.simulation.work_log import WorkLog, work_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workloom.adapters.remote.capture import CaptureClient
    from workloom.api.services import Backend

_log = getLogger(__name__)

_LEAVE: Final = 30.0
"""Seconds for which agents may put their work away."""


def embedded(folder: Path, scenario: Scenario, speed: float) -> LiveReport:
    """A scenario on an engine in a folder that holds no other site."""
    site = _quicker(centre(scenario.agents, heartbeat=5.0), speed)
    live = Live(habits=scenario.habits, speed=speed, outcomes=OUTCOMES, shelf=SHELF, colleagues=tuple(site.persons))
    seconds = scenario.hours * 3600
    coming = seeded(scenario.items, seconds, scenario.seed)
    return _on_engine(folder, site, live, coming, seconds / speed, scenario.seed)


def embedded_log(folder: Path, path: Path, speed: float, *, days: float | None, activities: str) -> LiveReport:
    """A log of work on an engine in a folder: everybody of the log is there all the time."""
    log = work_log(logged_events(path), activities)
    log = log if days is None else log.part(days)
    site = _quicker(log_site(log, heartbeat=5.0), speed)
    live = Live(habits=STEADY, speed=speed, outcomes=OUTCOMES)
    seconds = (log.end - log.begin).total_seconds()
    return _on_engine(folder, site, live, logged(log), seconds / speed, 1, _as_logged(log))


def people_in(path: Path) -> tuple[tuple[str, str], ...]:
    """Users and passwords of a text file: one of each in a line, a space between. BadInput names the line."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The file of users cannot be read ({error}).", where=str(path)) from error
    for number, line in enumerate(lines, 1):
        name, _, password = line.strip().partition(" ")
        if name and not password.strip():
            raise BadInput("Expected a user name, a space and a password.", where=f"{path}, line {number}")
        if name:
            found.append((name, password.strip()))
    return tuple(found)


def at_server(
    server: str,
    people: Sequence[tuple[str, str]],
    scenario: Scenario,
    speed: float,
    *,
    point: str = "",
    token: str = "",
) -> LiveReport:
    """Agents at a server for the hours of the scenario. Without names they are the demo users of a demo site.

    With a capture point and the token of a client the items of the scenario come as well, as the point makes them.
    """
    from workloom.adapters.remote.backend import RemoteBackend  # late: only this needs a network
    from workloom.adapters.remote.capture import CaptureClient

    backend = RemoteBackend(server.split(","))
    try:
        info = backend.info()
        known = people or tuple((name, info.demo_password) for name, _, _ in info.demo_users)
        seconds = scenario.hours * 3600 / speed
        source = CaptureClient(server.split(","), token, point) if point else None
        with sending(source, scenario, speed) if source else nullcontext():
            return on_server(backend, known[: scenario.agents], scenario.habits, seconds, speed, scenario.seed)
    finally:
        backend.close()


@contextmanager
def sending(source: "CaptureClient", scenario: Scenario, speed: float) -> "Iterator[None]":
    """Send the items of the scenario during the block, each until it is taken in."""
    stopping = Event()
    run = time_ns()  # another run sends other items

    def send(at: float, number: int) -> None:
        taken = stopping.wait(max(0.0, at / speed - (monotonic() - begun)))
        while not (taken or stopping.is_set()):
            try:
                source.create(f"S{run}-{number}", subject=f"Simulated work {number}")
                taken = True
            except Disconnected:
                stopping.wait(0.5)

    def send_all() -> None:
        random = Random(f"{scenario.seed}/feed")  # noqa: S311 - no secret
        instants = sorted(random.random() * scenario.hours * 3600 for _ in range(scenario.items))
        try:
            for number, at in enumerate(instants, 1):
                send(at, number)
        except WorkloomError as error:
            _log.error("No more items are sent: %s", error)
        source.close()

    thread, begun = Thread(target=send_all, name="feed", daemon=True), monotonic()
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(_LEAVE)


def on_server(
    backend: "Backend", people: Sequence[tuple[str, str]], habits: Habits, seconds: float, speed: float, seed: int
) -> LiveReport:
    """So many people (name, password) at a server, on whose work they live."""
    if not people:
        raise BadInput("Name the users of the server in a file (--users): one name and password in each line.")
    book, begun = Book(), monotonic()
    live = Live(habits=habits, speed=speed, colleagues=tuple(name for name, _ in people))
    where = backend.info().connection
    with working(backend, people, live, book, seed):
        Event().wait(seconds)
    names = [name for name, _ in people]
    items = book.actions["Accept"]
    return live_report(book, None, against=where, agents=names, items=items, seconds=monotonic() - begun, speed=speed)


def _on_engine(
    folder: Path,
    site: Site,
    live: Live,
    coming: Coming,
    seconds: float,
    seed: int,
    handling: Callable[[Interaction], float] | None = None,
) -> LiveReport:
    engine = open_engine(folder)
    try:
        _apply(engine, site, folder)
        engine.start()
        book, begun, stopping, sent = Book(), monotonic(), Event(), [0]

        def send() -> None:
            sent[0] = feed(engine.capture, coming, live.speed, stopping)

        feeder = Thread(target=send, name="feed", daemon=True)
        feeder.start()
        people = [(name, PASSWORD) for name in site.persons]
        with working(engine.backend, people, live, book, seed, handling):
            Event().wait(seconds)
        stopping.set()
        feeder.join(_LEAVE)
        took = monotonic() - begun
        found = audit(engine.store, engine.configuration.site())
    finally:
        engine.stop()
    return live_report(
        book, found, against=str(folder), agents=list(site.persons), items=sent[0], seconds=took, speed=live.speed
    )


def _quicker(site: Site, speed: float) -> Site:
    """The site with times for answers that go with the speed; what a real computer needs stays."""
    timers = site.timers
    return replace(
        site,
        timers=replace(timers, delivery=max(2.0, timers.delivery / speed), declined=max(2.0, timers.declined / speed)),
    )


def _apply(engine: Engine, site: Site, folder: Path) -> None:
    present = engine.configuration.site()
    if present.version and present.name != site.name:
        raise BadInput(
            f"{folder} holds the data of “{present.title or present.name}”. Simulated agents work in a folder of"
            " their own: name another one."
        )
    engine.configuration.apply(site, dict.fromkeys(site.persons, PASSWORD))


@contextmanager
def working(
    backend: "Backend",
    people: Sequence[tuple[str, str]],
    live: Live,
    book: Book,
    seed: int,
    handling: Callable[[Interaction], float] | None = None,
) -> "Iterator[None]":
    """Everybody works during the block, and leaves after it."""
    stopping = Event()
    threads = [
        Thread(
            target=LiveAgent(
                backend,
                name,
                password,
                live,
                book,
                Random(f"{seed}/{name}"),  # noqa: S311 - no secret
                handling=handling,
            ).run,
            args=(stopping,),
            name=f"agent {name}",
            daemon=True,
        )
        for name, password in people
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        end = monotonic() + _LEAVE
        for thread in threads:
            thread.join(max(0.0, end - monotonic()))


def _as_logged(log: WorkLog) -> Callable[[Interaction], float]:
    seconds = {str(work.number): work.seconds for work in log.works}
    return lambda item: seconds[item.external_id]

"""The part `centre` of the chaos: work and faults for a while, then drain, then count."""

from collections import Counter
from collections.abc import Callable
from logging import ERROR, getLogger
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic
from typing import Final

from tests.chaos.centre.cluster import Cluster, Program, upgraded
from tests.chaos.centre.faults import Faults
from tests.chaos.centre.feeding import ApiFeeder
from tests.chaos.centre.ledger import Growing, compare, offered_after, read
from tests.chaos.centre.site import quick_site
from tests.chaos.outcome import Outcome, below, stalls, stood_still
from tests.server.postgres import postgres_server
from workloom.adapters.postgres.store import PostgresStore
from workloom.bootstrap.engine import engine_on
from workloom.domain.interaction import State
from workloom.domain.pages import HistoryScope, HistoryStatus
from workloom.domain.site import Site
from workloom.services.ports_reading import HistoryList
from workloom.simulation.audit import Audit, audit
from workloom.simulation.centre import PASSWORD, SHELF
from workloom.simulation.statistics import spread

OPERATIONS, KILLS = 5000, 40
"""Done and killed at least, or the run proves nothing; a long run is asked for more."""

NODES, PROCESSES, AGENTS_EACH = 3, 5, 6
TOKEN: Final = "client-token-of-the-chaos"
DRAIN: Final = 180.0
"""Seconds in which at least one more item must be done.

On an overloaded machine desktops that cannot beat a lease of two seconds lose their sessions before anything is
done and log in again all the time. That passes; what is stuck does not.
"""
MOST_LOOKED_AT: Final = 5000
"""Items whose state is looked at in each round of the draining: more than ever rest on the shelf."""

SECONDS: Final = 80.0
RATE: Final = 7.0
PATIENCE: Final = 6.0
"""How many times longer a slow machine may take until as much was done and killed as proves something."""

FAIL_OVER: Final = 5.0
"""Seconds after which desktops work again when a node has died; longer if PostgreSQL has, which starts first."""


def run(seconds: float, rate: float, seed: int, floors: dict[str, int]) -> Outcome:
    """So many seconds of faults under so many new items a second, and until those floors are reached."""
    begin = monotonic()
    for name in ("workloom", "psycopg", "psycopg.pool"):
        getLogger(name).setLevel(ERROR)  # that the database is away now and then is what this is about
    with postgres_server() as postgres, TemporaryDirectory(prefix="workloom-chaos-") as folder:
        name = postgres.create()
        dsn = postgres.dsn(name)
        upgraded(dsn)
        site = quick_site(PROCESSES * AGENTS_EACH, TOKEN)
        store = PostgresStore(dsn)
        engine_on(store).configuration.apply(site, dict.fromkeys(site.persons, PASSWORD))
        store.close()
        cluster = Cluster(postgres, dsn, Path(folder), NODES)
        try:
            cluster.start()
            return _under_work(cluster, site, seconds, rate, seed, floors, begin)
        finally:
            cluster.close()


def _under_work(
    cluster: Cluster, site: Site, seconds: float, rate: float, seed: int, floors: dict[str, int], begin: float
) -> Outcome:
    names = list(site.persons)
    ledgers = [cluster.folder / f"ledger-{number}" for number in range(PROCESSES)]
    desktops = [
        Program(
            [
                *("-m", "tests.chaos.centre.desktops", cluster.servers),
                *(",".join(names[number::PROCESSES]), f"{seed}/{number}", str(ledger)),
            ],
            cluster.folder / f"desktop-{number}.log",
        )
        for number, ledger in enumerate(ledgers)
    ]
    for desktop in desktops:
        desktop.start()
    feeder, stopping = ApiFeeder(cluster.servers, TOKEN, rate, seed), Event()
    growing = Growing(ledgers)

    def progress() -> tuple[int, int]:
        return growing.done() + len(feeder.created), floors["operations"]

    faults = Faults(cluster, desktops, Random(seed), progress, floors["kills"])  # noqa: S311
    feeding = Thread(target=feeder.run, args=(stopping,))
    ending = Thread(target=_end, args=(stopping, progress, faults, feeder, seconds, floors["kills"]))
    for thread in (feeding, ending):
        thread.start()
    faults.run(stopping)  # in this thread: what it starts ends with the thread that started it
    feeding.join(60.0)
    faults.recover()
    store = PostgresStore(cluster.dsn)
    left = _drain(store)
    unclean = [number for number, desktop in enumerate(desktops) if not desktop.end(30.0)]
    try:
        said = read(ledger for ledger in ledgers if ledger.exists())
        found, counted = audit(store, site), compare(said, feeder.created, store)
        again = offered_after(faults.killed_nodes, store)
    finally:
        store.close()
    operations = said.operations + len(feeder.created)
    counts = Counter({**faults.done, "kills": faults.kills, "operations": operations, "items": len(feeder.created)})
    counts.update({f"event {kind}": number for kind, number in found.kinds.items()})
    stalled = stalls(said.answered)
    problems = [
        *below(floors, counts),
        *stood_still(stalled, PATIENCE * FAIL_OVER),
        *faults.problems,
        *said.broken,
        *(f"lost: {text}" for text in counted.lost[:10]),
        *(f"doubled: {text}" for text in counted.doubled[:10]),
        *_broken(found),
        *(f"not done after the faults: {text}" for text in left[:5]),
        *(f"desktops {number} did not leave when they were asked to" for number in unclean),
        *([feeder.problem] if feeder.problem else []),
    ]
    return Outcome(
        part="centre",
        seconds=monotonic() - begin,
        operations=operations,
        faults=faults.done.total(),
        lost=len(counted.lost),
        doubled=len(counted.doubled),
        leaked=found.leaked + _open(found),
        latencies={
            "create": spread(feeder.latencies),
            "killed node to next offer": spread(again),
            "no answer to any desktop": stalled,
            **{name: spread(times) for name, times in sorted(said.latencies.items())},
        },
        counts=counts,
        problems=tuple(problems) if not _open(found) else (*problems, f"left open: {found.states}"),
    )


def _end(
    stopping: Event,
    progress: Callable[[], tuple[int, int]],
    faults: Faults,
    feeder: ApiFeeder,
    seconds: float,
    kills: int,
) -> None:
    """End the faults after so many seconds; on a slow machine once the floors are reached, but not for ever."""
    begin = monotonic()
    while monotonic() - begin < PATIENCE * seconds and not feeder.problem:
        stopping.wait(2.0)
        done, wanted = progress()
        if monotonic() - begin >= seconds and done >= wanted and faults.kills >= kills:
            break
    stopping.set()


def _drain(store: PostgresStore) -> list[str]:
    """Wait until nothing waits for routing and nothing is with anybody; what rests on the shelf may rest.

    Empty, or what was not done although there was time, and what has happened to it last.
    """
    least, moved = 10**9, monotonic()
    while True:
        number, left = _unfinished(store)
        if not left:
            return []
        if number < least:
            least, moved = number, monotonic()
        if monotonic() - moved > DRAIN:
            return left
        Event().wait(1.0)


def _unfinished(store: PostgresStore) -> tuple[int, list[str]]:
    """How many items are not done, and what has happened to those that do not rest on the shelf, newest first."""
    wanted = HistoryList(scope=HistoryScope.ALL, status=HistoryStatus.IN_PROGRESS)
    with store.reading() as reader:
        number = reader.lists.history_total(wanted)
        items = [listed.item for listed in reader.lists.history_page(wanted, offset=0, limit=MOST_LOOKED_AT)]
        left = [item for item in items if item.queue != SHELF or item.state is not State.QUEUED]
        told = {item.id: reader.events.of_item(item.id)[-8:] for item in left[:5]}
    return number, [
        f"{item.id} is {item.state} in {item.queue}, with {item.assigned_to or 'nobody'}: "
        + ", ".join(f"{event.kind} {event.at:%M:%S} {event.person}" for event in told.get(item.id, ()))
        for item in left
    ]


def _open(found: Audit) -> int:
    """Items that are offered or with somebody after everybody has left."""
    return found.states.get("offered", 0) + found.states.get("handling", 0)


def _broken(found: Audit) -> list[str]:
    return [f"{promise.name}: {text}" for promise in found.promises for text in promise.examples]

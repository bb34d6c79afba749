"""A run of the load: set up, arrivals as they come whatever the nodes can do, drain, count."""

import asyncio
from collections import Counter
from logging import ERROR, getLogger
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tests.chaos.centre.cluster import Cluster, upgraded
from tests.chaos.centre.feeding import Feeder
from tests.chaos.centre.ledger import compare
from tests.chaos.outcome import Outcome, below
from tests.load.agents import Agent, Measured
from tests.load.http import Http
from tests.load.minting import minted
from tests.server.postgres import postgres_server
from workloom.adapters.clock import SystemClock
from workloom.adapters.ids import SystemIds
from workloom.adapters.postgres.store import PostgresStore
from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.engine import engine_on
from workloom.domain.site import Site
from workloom.services.tokens import Tokens
from workloom.simulation.audit import audit
from workloom.simulation.centre import PASSWORD, centre
from workloom.simulation.passwords import NoPasswords
from workloom.simulation.statistics import Spread, spread

BEAT: Final = 20.0
OFFER_GOAL, ACCEPT_GOAL = 0.5, 0.2
DRAIN: Final = 20.0


class Load(Struct, frozen=True, kw_only=True):
    """How much. `judged`: whether the times are held against the goals, or only what is right and what is not."""

    agents: int
    rate: float
    seconds: float
    nodes: int = 3
    handles: float = 2.0
    judged: bool = True


def loaded_site(agents: int) -> Site:
    """The site of the simulation with the heartbeats of an everyday one."""
    site = centre(agents, heartbeat=BEAT)
    strategies = {name: replace(strategy, overrides=()) for name, strategy in site.strategies.items()}
    return replace(site, timers=replace(site.timers, lost_agent=3 * BEAT), strategies=strategies)


def run(load: Load) -> Outcome:
    """Do it."""
    begin = monotonic()
    for name in ("workloom", "psycopg", "psycopg.pool"):
        getLogger(name).setLevel(ERROR)
    with postgres_server() as postgres, TemporaryDirectory(prefix="workloom-load-") as folder:
        dsn = postgres.dsn(postgres.create())
        upgraded(dsn)
        site, store = loaded_site(load.agents), PostgresStore(dsn)
        engine = engine_on(store, hasher=NoPasswords())
        engine.configuration.apply(site, dict.fromkeys(site.persons, PASSWORD))
        clock, ids = SystemClock(), SystemIds()
        tokens = minted(engine, Tokens(store, engine.sites, installed_options(), clock, ids), list(site.persons))
        cluster = Cluster(postgres, dsn, Path(folder), load.nodes, network=False)
        feeder = Feeder(dsn, load.rate, 1)
        try:
            cluster.start()
            measured = asyncio.run(_work(load, cluster.urls, tokens, feeder))
        finally:
            cluster.close()
        found, counted = audit(store, site), compare(measured.said, feeder.created, store)
        store.close()
    latencies = {
        "offer": spread(measured.offers),
        "news of an offer": spread(measured.news),
        "accept": spread(measured.said.latencies["Accept"]),
        "done": spread(measured.said.latencies["MarkDone"]),
    }
    counts = Counter({"items": len(feeder.created), "sockets": measured.sockets, **measured.errors})
    counts.update({f"event {kind}": number for kind, number in found.kinds.items()})
    left = found.states.get("offered", 0) + found.states.get("handling", 0)
    floors = {"sockets": load.agents, "items": int(load.rate * load.seconds * 0.7), "event done": len(feeder.created)}
    problems = (
        *below(floors, counts),
        *(f"lost: {text}" for text in counted.lost[:10]),
        *(f"doubled: {text}" for text in counted.doubled[:10]),
        *(f"{promise.name}: {text}" for promise in found.promises for text in promise.examples),
        *([f"{left} items are still offered or with somebody"] if left else []),
        *([feeder.problem] if feeder.problem else []),
        *(_late(latencies) if load.judged else ()),
    )
    return Outcome(
        part="load",
        seconds=monotonic() - begin,
        operations=measured.said.operations + len(feeder.created),
        lost=len(counted.lost),
        doubled=len(counted.doubled),
        leaked=found.leaked + left,
        latencies=latencies,
        counts=counts,
        problems=problems,
    )


async def _work(load: Load, urls: list[str], tokens: dict[str, str], feeder: Feeder) -> Measured:
    measured, nodes = Measured(), [Http(url) for url in urls]
    agents = [
        Agent(name, token, nodes[number % len(nodes)], measured, load.handles, BEAT)
        for number, (name, token) in enumerate(tokens.items())
    ]
    ready = asyncio.Semaphore(50)
    running = [asyncio.ensure_future(agent.run(ready)) for agent in agents]
    end = monotonic() + 60.0
    while measured.sockets < len(agents) and monotonic() < end:
        await asyncio.sleep(0.1)
    stopping = Event()
    feeding = Thread(target=feeder.run, args=(stopping,), daemon=True)
    feeding.start()
    await asyncio.sleep(load.seconds)
    stopping.set()
    await asyncio.to_thread(feeding.join, 30.0)
    end = monotonic() + DRAIN
    while measured.said.latencies["MarkDone"].__len__() < len(feeder.created) and monotonic() < end:
        await asyncio.sleep(0.2)
    await asyncio.gather(*(agent.idle() for agent in agents))
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    for node in nodes:
        node.close()
    return measured


def _late(latencies: dict[str, Spread]) -> tuple[str, ...]:
    goals = {"offer": OFFER_GOAL, "accept": ACCEPT_GOAL}
    return tuple(
        f"{name} p99 is {latencies[name].p99 * 1000:.0f} ms, the goal is {goal * 1000:.0f} ms"
        for name, goal in goals.items()
        if latencies[name].p99 > goal
    )

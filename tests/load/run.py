"""A run of the load: set up, arrivals as they come whatever the nodes can do, drain, count."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from logging import ERROR, getLogger
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time
from typing import Final

from msgspec import Struct, json
from msgspec.structs import replace

from tests.chaos.centre.cluster import Cluster, upgraded
from tests.chaos.centre.ledger import compare
from tests.chaos.outcome import Outcome, below, stalls
from tests.load.agents import Agent, Measured
from tests.load.costs import cpu_seconds
from tests.load.feeding import Fed
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
        try:
            cluster.start()
            with asyncio.Runner(loop_factory=_quick_loop()) as runner:
                measured, fed, costs = runner.run(_work(load, cluster, tokens))
        finally:
            cluster.close()
        found, counted = audit(store, site), compare(measured.said, fed.due, store)
        store.close()
    latencies = {
        "offer": spread([heard - fed.due[name] for name, heard in measured.heard if name in fed.due]),
        "news of an offer": spread(measured.news),
        "accept": spread(measured.said.latencies["Accept"]),
        "done": spread(measured.said.latencies["MarkDone"]),
        "no answer to anybody": stalls(measured.said.answered),
    }
    counts = Counter({"items": len(fed.due), "sockets": measured.sockets, **measured.errors, **costs})
    counts.update({f"event {kind}": number for kind, number in found.kinds.items()})
    left = found.states.get("offered", 0) + found.states.get("handling", 0)
    floors = {"sockets": load.agents, "items": int(load.rate * load.seconds * 0.7), "event done": len(fed.due)}
    problems = (
        *below(floors, counts),
        *(f"lost: {text}" for text in counted.lost[:10]),
        *(f"doubled: {text}" for text in counted.doubled[:10]),
        *(f"{promise.name}: {text}" for promise in found.promises for text in promise.examples),
        *([f"{left} items are still offered or with somebody"] if left else []),
        *([fed.problem] if fed.problem else []),
        *(_late(latencies) if load.judged else ()),
    )
    return Outcome(
        part="load",
        seconds=monotonic() - begin,
        operations=measured.said.operations + len(fed.due),
        lost=len(counted.lost),
        doubled=len(counted.doubled),
        leaked=found.leaked + left,
        latencies=latencies,
        counts=counts,
        problems=problems,
    )


def _quick_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The one that the nodes run on as well, where there is one for the system."""
    return import_module("uvloop").new_event_loop if find_spec("uvloop") else None


async def _work(load: Load, cluster: Cluster, tokens: dict[str, str]) -> tuple[Measured, Fed, dict[str, int]]:
    measured, nodes = Measured(), [Http(url) for url in cluster.urls]
    agents = [
        Agent(name, token, nodes[number % len(nodes)], measured, load.handles, BEAT)
        for number, (name, token) in enumerate(tokens.items())
    ]
    ready = asyncio.Semaphore(50)
    running = [asyncio.ensure_future(agent.run(ready)) for agent in agents]
    end = monotonic() + 60.0
    while measured.sockets < len(agents) and monotonic() < end:
        await asyncio.sleep(0.1)
    words = (sys.executable, "-m", "tests.load.feeding", cluster.dsn, str(load.rate))
    feeding = await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE)
    begin = _costs(cluster, feeding.pid)
    await asyncio.sleep(load.seconds)
    spent = {name: after - begin[name] for name, after in _costs(cluster, feeding.pid).items()}
    printed, _ = await feeding.communicate(b"")  # which ends its input
    fed = json.decode(printed, type=Fed)
    end = monotonic() + DRAIN
    while len(measured.said.latencies["MarkDone"]) < len(fed.due) and monotonic() < end:
        await asyncio.sleep(0.2)
    await asyncio.gather(*(agent.idle() for agent in agents))
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    for node in nodes:
        node.close()
    items = max(1, len(fed.due))
    return (
        measured,
        fed,
        {f"cpu of {name}, µs an item": round(seconds / items * 1e6) for name, seconds in spent.items()},
    )


def _costs(cluster: Cluster, feeding: int) -> dict[str, float]:
    """Seconds of processor time so far."""
    nodes = [node.program.process.pid for node in cluster.nodes if node.program.process is not None]
    server = cluster.postgres.process
    return {
        "nodes": cpu_seconds(*nodes),
        "PostgreSQL": cpu_seconds(server.pid) if server is not None else 0.0,
        "agents": process_time(),
        "feed": cpu_seconds(feeding),
    }


def _late(latencies: dict[str, Spread]) -> tuple[str, ...]:
    goals = {"offer": OFFER_GOAL, "accept": ACCEPT_GOAL}
    return tuple(
        f"{name} p99 is {latencies[name].p99 * 1000:.0f} ms, the goal is {goal * 1000:.0f} ms"
        for name, goal in goals.items()
        if latencies[name].p99 > goal
    )

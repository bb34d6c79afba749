"""What a simulation came to: counts, times, and whether every promise held."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from msgspec import Struct, json

from workloom.services.ports import Reader
from workloom.simulation.findings import PROMISES, Findings
from workloom.simulation.scenario import Replay, Scenario
from workloom.simulation.statistics import Spread, Utilisation

_PAGE = 1000
_ENCODER = json.Encoder(order="deterministic")


class Promise(Struct, frozen=True, kw_only=True):
    """One invariant: how often it was found broken, and the first findings."""

    name: str
    says: str
    broken: int = 0
    examples: tuple[str, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """The result. `sha256` is that of the log of events; waits are until an item was first with an agent (seconds)."""

    scenario: Scenario | Replay
    ended: datetime
    sha256: str
    events: int
    kinds: Mapping[str, int]
    actions: Mapping[str, int]
    refusals: Mapping[str, int]
    states: Mapping[str, int]
    waits: Spread
    handled: Spread
    agents: tuple[Utilisation, ...]
    promises: tuple[Promise, ...]

    @property
    def holds(self) -> bool:
        """Whether every promise held."""
        return not any(promise.broken for promise in self.promises)

    def table(self) -> str:
        """For people."""
        scenario = self.scenario
        return "\n".join(
            (
                _title(scenario),
                f"events {self.events:,}, SHA-256 {self.sha256}",
                "",
                *counts("events", self.kinds),
                *counts("items at the end", self.states),
                *counts("commands", self.actions),
                *counts("refused, as they should be", self.refusals),
                f"{'':<10} {'count':>7} {'p50':>8} {'p90':>8} {'p99':>8}",
                times("waited", self.waits),
                times("handled", self.handled),
                *_logged(scenario),
                "",
                f"{'agent':<12} {'logged in':>10} {'busy':>6}",
                *(f"{who.agent:<12} {who.logged_in / 3600:>8.1f} h {who.share:>6.0%}" for who in self.agents),
                "",
                *(line for promise in self.promises for line in verdict(promise)),
            )
        )


def promises_of(findings: Findings) -> tuple[Promise, ...]:
    """The verdict on each promise."""
    return tuple(
        Promise(name=name, says=says, broken=findings.count(name), examples=findings.examples(name))
        for name, says in PROMISES.items()
    )


def digest(reader: Reader) -> tuple[int, str]:
    """Number of events and SHA-256 of the whole log: each event as JSON with sorted keys, one line each."""
    log, last, rows = sha256(), 0, 0
    while events := reader.events.after(last, limit=_PAGE):
        for event in events:
            log.update(_ENCODER.encode(event) + b"\n")
        last, rows = events[-1].sequence, rows + len(events)
    return rows, log.hexdigest()


def counts(title: str, found: Mapping[str, int]) -> Sequence[str]:
    """Lines of a table of counts."""
    if not found:
        return ()
    return (f"{title}:", *(f"  {name:<26} {count:>7,}" for name, count in sorted(found.items())), "")


def _title(scenario: Scenario | Replay) -> str:
    what = f"seed {scenario.seed}" if isinstance(scenario, Scenario) else scenario.log
    return f"{what}: {scenario.agents} agents, {scenario.items:,} items, {scenario.hours:,.4g} hours"


def _logged(scenario: Scenario | Replay) -> Sequence[str]:
    if isinstance(scenario, Scenario):
        return ()
    return (times("log: wait", scenario.waited), times("log: work", scenario.handled))


def times(name: str, spread: Spread) -> str:
    """A line with the spread of times in seconds."""
    return f"{name:<10} {spread.count:>7,} {spread.p50:>6.0f} s {spread.p90:>6.0f} s {spread.p99:>6.0f} s"


def verdict(promise: Promise) -> Sequence[str]:
    """Lines that say whether a promise held."""
    if not promise.broken:
        return (f"{promise.name} holds: {promise.says}",)
    broken = f"{promise.name} BROKEN {promise.broken} times: {promise.says}"
    return (broken, *(f"   {text}" for text in promise.examples))

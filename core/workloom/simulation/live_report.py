"""What a run in real time came to."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from workloom.simulation.audit import Audit
from workloom.simulation.live_book import Book
from workloom.simulation.report import Promise, counts, promises_of, times, verdict
from workloom.simulation.statistics import Spread, Utilisation, spread


class LiveReport(Struct, frozen=True, kw_only=True):
    """The result. Times of `waits` and `handled` are those of the simulated people, `answered` are real seconds.

    `promises` are those that agents can see; with a store of our own those of an audit of all of it.
    """

    against: str
    agents: int
    items: int
    seconds: float
    speed: float
    actions: Mapping[str, int]
    refusals: Mapping[str, int]
    states: Mapping[str, int]
    waits: Spread
    handled: Spread
    answered: Mapping[str, Spread]
    utilisation: tuple[Utilisation, ...]
    promises: tuple[Promise, ...]

    @property
    def holds(self) -> bool:
        """Whether every promise held."""
        return not any(promise.broken for promise in self.promises)

    @property
    def taken(self) -> int:
        """How many items agents have taken: below some number the rest says nothing."""
        return sum(self.actions.get(name, 0) for name in ("Accept", "Pull"))

    def table(self) -> str:
        """For people."""
        return "\n".join(
            (
                f"{self.against}: {self.agents} agents, {self.items:,} items, {self.seconds:,.0f} s × {self.speed:g}",
                "",
                *counts("items at the end", self.states),
                *counts("commands", self.actions),
                *counts("refused, as they should be", self.refusals),
                f"{'':<10} {'count':>7} {'p50':>8} {'p90':>8} {'p99':>8}",
                times("waited", self.waits),
                times("handled", self.handled),
                *(
                    f"{name:<10} {each.count:>7,} {each.p50 * 1000:>5.0f} ms {each.p90 * 1000:>5.0f} ms"
                    f" {each.p99 * 1000:>5.0f} ms"
                    for name, each in self.answered.items()
                ),
                "",
                *(f"{who.agent:<12} {who.logged_in:>8.0f} s {who.share:>6.0%}" for who in self.utilisation),
                "",
                *(line for promise in self.promises for line in verdict(promise)),
            )
        )


def live_report(
    book: Book, audit: Audit | None, *, against: str, agents: Sequence[str], items: int, seconds: float, speed: float
) -> LiveReport:
    """Of the books of the agents and, where there is one, of the audit of the store."""
    promises = promises_of(book.findings)
    if audit is not None:
        promises = tuple(
            Promise(
                name=seen.name,
                says=seen.says,
                broken=seen.broken + found.broken,
                examples=(*seen.examples, *found.examples),
            )
            for seen, found in zip(promises, audit.promises, strict=True)
        )
    return LiveReport(
        against=against,
        agents=len(agents),
        items=items,
        seconds=seconds,
        speed=speed,
        actions=dict(sorted(book.actions.items())),
        refusals=dict(sorted(book.refusals.items())),
        states=audit.states if audit else {},
        waits=spread([wait * speed for wait in book.waits]),
        handled=spread(book.handled),
        answered={name: spread(found) for name, found in book.answered.items()},
        utilisation=audit.statistics.utilisation(tuple(agents), audit.until) if audit else (),
        promises=promises,
    )

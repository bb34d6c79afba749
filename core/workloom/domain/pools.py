"""Agents whom one step of a strategy reaches, the best first: kept up to date while a round makes its offers.

`choose` of `domain.routing` looks at every agent for each item. Items of one line are alike, so whom a step reaches is
worked out once for all of them, and each item costs what has changed since.
"""

from collections.abc import Callable, Mapping
from heapq import heapify, heappop, heapreplace

from workloom.domain.routing import RANDOM, Candidate, Rank, rank, reaches
from workloom.domain.site import RoutingStep
from workloom.domain.skills import parse

_Entry = tuple[Rank, str]


class Pool:
    """Those of `free` (candidates by name, which changes while the pool lives) whom a step reaches.

    Nobody may become free in that time. BadInput for a skill expression that cannot be read.
    """

    def __init__(self, step: RoutingStep, select: str, free: Mapping[str, Candidate]) -> None:
        self._select, self._free = select, free
        self._skills = parse(step.skill).names() if step.skill else ()
        reached = [candidate for candidate in free.values() if reaches(step, candidate.person)]
        self._names = sorted(candidate.person.name for candidate in reached) if select == RANDOM else []
        self._best: list[_Entry] = []
        if select != RANDOM:
            self._best = [(self._rank(candidate), candidate.person.name) for candidate in reached]
            heapify(self._best)

    def best(self, randomness: Callable[[int], int]) -> Candidate | None:
        """Who gets the next item, None = nobody is left. `randomness(n)` gives a number from 0 to n-1."""
        if self._select == RANDOM:
            self._names = [name for name in self._names if name in self._free]
            return self._free[self._names[randomness(len(self._names))]] if self._names else None
        return self._first()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is left."""
        return not any(name in self._free for name in self._names) and self._first() is None

    def _first(self) -> Candidate | None:
        while self._best:
            was, name = self._best[0]
            candidate = self._free.get(name)
            if candidate is None:
                heappop(self._best)
            elif (now := self._rank(candidate)) != was:  # it was offered something since, and ranks lower
                heapreplace(self._best, (now, name))
            else:
                return candidate
        return None

    def _rank(self, candidate: Candidate) -> Rank:
        return rank(candidate, self._select, self._skills)

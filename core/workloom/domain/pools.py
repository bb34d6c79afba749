"""Agents whom one step of a strategy reaches, the best first: kept up to date from offer to offer.

`choose` of `domain.routing` looks at every agent for each item. Items of one line are alike, so whom a step reaches is
worked out once for all of them, and each item costs what has changed since.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from heapq import heapify, heappop, heappush, heapreplace
from typing import Final

from workloom.domain.routing import RANDOM, Candidate, Rank, rank, reaches
from workloom.domain.site import RoutingStep
from workloom.domain.skills import parse

_Entry = tuple[Rank, str]
_TWICE: Final = 2
_ROOM: Final = 32


class Pool:
    """Those of `free` (candidates by name, which changes while the pool lives) whom a step reaches.

    `put` tells it of whom has become free, or ranks better than before; the rest it finds out by itself. BadInput for a
    skill expression that cannot be read.
    """

    def __init__(self, step: RoutingStep, select: str, free: Mapping[str, Candidate]) -> None:
        self._step, self._select, self._free = step, select, free
        self._skills = parse(step.skill).names() if step.skill else ()
        self._names: list[str] = []
        self._best: list[_Entry] = []
        self._collect()

    def put(self, candidate: Candidate) -> None:
        """Somebody of `free` who was not there, or ranked lower."""
        if not reaches(self._step, candidate.person):
            return
        name = candidate.person.name
        if self._select == RANDOM:
            at = bisect_left(self._names, name)
            if self._names[at : at + 1] != [name]:
                self._names.insert(at, name)
            return
        heappush(self._best, (self._rank(candidate), name))
        if len(self._best) > _TWICE * (len(self._free) + _ROOM):
            self._collect()  # what was put again and again is in it more than once

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

    def _collect(self) -> None:
        reached = [candidate for candidate in self._free.values() if reaches(self._step, candidate.person)]
        if self._select == RANDOM:
            self._names = sorted(candidate.person.name for candidate in reached)
        else:
            self._best = [(self._rank(candidate), candidate.person.name) for candidate in reached]
            heapify(self._best)

    def _first(self) -> Candidate | None:
        while self._best:
            was, name = self._best[0]
            candidate = self._free.get(name)
            if candidate is None:
                heappop(self._best)
            elif (now := self._rank(candidate)) != was:  # it ranks lower since, or stands elsewhere in the heap as well
                heapreplace(self._best, (now, name))
            else:
                return candidate
        return None

    def _rank(self, candidate: Candidate) -> Rank:
        return rank(candidate, self._select, self._skills)

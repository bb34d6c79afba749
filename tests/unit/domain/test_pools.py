"""A pool gives the same agents as looking at all of them for each item, in any round of offers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.domain.errors import BadInput
from workloom.domain.interaction import Interaction
from workloom.domain.pools import Pool
from workloom.domain.routing import SELECTIONS, Candidate, choose
from workloom.domain.site import Person, RoutingStep, Strategy

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
ITEM = Interaction(id="i", tenant="t", media_type="claim", queue="q", received_at=NOW, submitted_at=NOW, placed_at=NOW)

NAMES = st.sampled_from([f"agent-{number}" for number in range(9)])
STEPS = st.builds(
    RoutingStep,
    agents=st.lists(NAMES, max_size=2).map(tuple),
    groups=st.lists(st.sampled_from(["claims", "experts"]), max_size=1).map(tuple),
    skill=st.sampled_from(["", "Motor>=2", "Motor>=1 & German>0"]),
    anyone=st.booleans(),
)


@st.composite
def offices(draw: st.DrawFn) -> dict[str, Candidate]:
    """People who are free, by name."""
    found = {}
    for name in draw(st.lists(NAMES, unique=True)):
        person = Person(
            name=name,
            employee_id=name,
            groups=tuple(draw(st.sets(st.sampled_from(["claims", "experts"])))),
            skills={"Motor": draw(st.integers(0, 3)), "German": draw(st.integers(0, 1))},
        )
        idle_since = NOW - timedelta(minutes=draw(st.integers(0, 3)))
        counts = {"claim": draw(st.integers(0, 2))}
        found[name] = Candidate(person=person, session=name, idle_since=idle_since, counts=counts)
    return found


class Chance:
    """The same numbers for both."""

    def __init__(self, seed: int) -> None:
        self._last = seed

    def __call__(self, below: int) -> int:
        self._last = (self._last * 1103515245 + 12345) % 2**31
        return self._last % below


@given(offices(), STEPS, st.sampled_from(SELECTIONS), st.integers(0, 1000), st.integers(1, 4))
def test_a_pool_gives_out_items_as_if_all_agents_were_looked_at(
    free: dict[str, Candidate], step: RoutingStep, select: str, seed: int, capacity: int
) -> None:
    pool, strategy = Pool(step, select, free), Strategy(name="s", select=select, steps=(step,))
    ours, theirs = Chance(seed), Chance(seed)
    for _ in range(12):
        wanted = choose(ITEM, strategy, tuple(free.values()), NOW, theirs)
        found = pool.best(ours)
        assert found == wanted
        assert pool.is_empty == (wanted is None)
        if found is None:
            break
        name, taken = found.person.name, found.counts["claim"] + 1
        if taken > capacity:
            del free[name]
        else:
            free[name] = Candidate(
                person=found.person, session=name, idle_since=found.idle_since, counts={"claim": taken}
            )


def test_a_pool_of_an_unreadable_expression_is_refused() -> None:
    person = Person(name="lena", employee_id="E-1")
    free = {"lena": Candidate(person=person, session="s", idle_since=NOW)}
    with pytest.raises(BadInput):
        Pool(RoutingStep(skill="Motor >="), "longest-idle", free)

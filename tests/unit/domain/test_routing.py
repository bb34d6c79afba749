"""Which agent gets an item."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workloom.domain.errors import BadInput
from workloom.domain.interaction import AttachedData, Interaction, WorkItemAttributes
from workloom.domain.routing import Candidate, active_steps, choose, next_change
from workloom.domain.routing_request import RoutingRequest, attached_for, request_of, without_request
from workloom.domain.site import Person, RoutingStep, Strategy
from workloom.domain.targets import ROUTING_KEYS, TargetType

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def candidate(name: str, *, idle: int = 0, load: int = 0, groups: Sequence[str] = (), **skills: int) -> Candidate:
    person = Person(name=name, employee_id=f"E-{name}", groups=tuple(groups), skills=skills)
    return Candidate(
        person=person, session=f"s-{name}", idle_since=NOW - timedelta(seconds=idle), counts={"claim": load}
    )


ANNA = candidate("anna", idle=10, load=2, groups=["Household"], Motor=2)
BERT = candidate("bert", idle=30, load=3, groups=["Household"], Motor=5)
CARL = candidate("carl", idle=20, load=1, groups=["Experts"], Motor=3, Glass=4)
ALL = (ANNA, BERT, CARL)


NO_WANTS = WorkItemAttributes()


def item(
    *, waited: int = 0, placed: int = 0, attached: AttachedData | None = None, wants: WorkItemAttributes = NO_WANTS
) -> Interaction:
    """An item that came to its queue `waited` seconds ago for the first time and `placed` seconds ago for the last."""
    came = NOW - timedelta(seconds=waited)
    return Interaction(
        id="i1",
        tenant="default",
        media_type="claim",
        queue="q",
        received_at=came,
        submitted_at=came,
        placed_at=NOW - timedelta(seconds=placed),
        queue_since={"q": came},
        attributes=wants,
        attached=attached or {},
    )


def first(below: int) -> int:
    assert below > 0
    return 0


def chosen(
    of: Interaction,
    strategy: Strategy,
    candidates: Sequence[Candidate] = ALL,
    *,
    avoid: Sequence[str] = (),
    seed: int = 1,
) -> str:
    found = choose(of, strategy, candidates, NOW, lambda below: seed % below, avoid=avoid)
    return found.person.name if found else ""


ANYONE = Strategy(name="s", steps=(RoutingStep(anyone=True),))
HOUSEHOLD = RoutingStep(groups=("Household",))
EXPERTS = RoutingStep(groups=("Experts",), after=60)


@pytest.mark.parametrize(("select", "name"), [("longest-idle", "bert"), ("least-loaded", "carl"), ("best-fit", "bert")])
def test_the_selection_decides_among_those_reached(select: str, name: str) -> None:
    strategy = Strategy(name="s", select=select, steps=(RoutingStep(skill="Motor>=1"),))
    assert chosen(item(), strategy) == name


def test_best_fit_adds_the_levels_of_the_skills_that_are_asked_for() -> None:
    strategy = Strategy(name="s", select="best-fit", steps=(RoutingStep(skill="Motor>=1 | Glass>=1"),))
    assert chosen(item(), strategy) == "carl"


@pytest.mark.parametrize("select", ["longest-idle", "least-loaded", "best-fit"])
def test_equals_are_decided_by_name(select: str) -> None:
    strategy = Strategy(name="s", select=select, steps=(RoutingStep(anyone=True),))
    assert chosen(item(), strategy, (candidate("zoe"), candidate("ada"), candidate("max"))) == "ada"


@given(st.permutations(ALL), st.sampled_from(["longest-idle", "least-loaded", "best-fit", "random"]), st.integers(0, 9))
def test_the_order_of_the_candidates_changes_nothing(order: list[Candidate], select: str, seed: int) -> None:
    strategy = Strategy(name="s", select=select, steps=(RoutingStep(anyone=True),))
    assert chosen(item(), strategy, order, seed=seed) == chosen(item(), strategy, ALL, seed=seed)


def test_random_reaches_everybody_in_time() -> None:
    strategy = Strategy(name="s", select="random", steps=(RoutingStep(anyone=True),))
    assert {chosen(item(), strategy, seed=seed) for seed in range(40)} == {"anna", "bert", "carl"}


def test_a_step_widens_the_targets_when_its_time_has_come() -> None:
    strategy = Strategy(name="s", steps=(HOUSEHOLD, EXPERTS))
    assert chosen(item(waited=59), strategy, (CARL,)) == ""
    assert chosen(item(waited=60), strategy, (CARL,)) == "carl"


def test_those_of_an_earlier_step_come_before_those_of_a_later_one() -> None:
    strategy = Strategy(name="s", select="least-loaded", steps=(HOUSEHOLD, EXPERTS))
    assert chosen(item(waited=90), strategy) == "anna"


def test_a_replacing_step_drops_the_earlier_ones() -> None:
    strategy = Strategy(name="s", steps=(HOUSEHOLD, replace(EXPERTS, replace=True)))
    assert chosen(item(waited=90), strategy, (ANNA, BERT)) == ""
    assert active_steps(strategy, timedelta(seconds=90)) == (replace(EXPERTS, replace=True),)


def test_steps_are_taken_by_their_time_and_not_by_their_place_in_the_file() -> None:
    for steps in permutations((HOUSEHOLD, EXPERTS)):
        assert active_steps(Strategy(name="s", steps=steps), timedelta(seconds=90)) == (HOUSEHOLD, EXPERTS)


def test_without_steps_nobody_is_reached() -> None:
    assert chosen(item(), Strategy(name="s")) == ""


def test_who_declined_comes_only_when_nobody_else_is_reached() -> None:
    assert chosen(item(), ANYONE, avoid=["bert"]) == "carl"
    assert chosen(item(), ANYONE, (BERT,), avoid=["bert"]) == "bert"
    strategy = Strategy(name="s", steps=(RoutingStep(agents=("bert",)), HOUSEHOLD))
    assert chosen(item(), strategy, avoid=["bert"]) == "anna"


@pytest.mark.parametrize(
    ("wants", "name"),
    [
        (WorkItemAttributes(requested_agent="anna"), "anna"),
        (WorkItemAttributes(requested_group="Experts"), "carl"),
        (WorkItemAttributes(requested_skill="Glass>=4"), "carl"),
        (WorkItemAttributes(requested_agent="somebody else"), "bert"),
    ],
)
def test_what_the_item_requests_comes_first_and_then_the_strategy(wants: WorkItemAttributes, name: str) -> None:
    assert chosen(item(wants=wants), ANYONE) == name


def test_for_a_while_only_the_requested_agent_is_looked_for() -> None:
    patient = replace(ANYONE, requested_timeout=60)
    assert chosen(item(waited=59, wants=WorkItemAttributes(requested_agent="anna")), patient, (BERT,)) == ""
    assert chosen(item(waited=60, wants=WorkItemAttributes(requested_agent="anna")), patient, (BERT,)) == "bert"
    assert chosen(item(waited=0), patient, (BERT,)) == "bert"


def asked(kind: TargetType, target: str) -> AttachedData:
    return attached_for(RoutingRequest(original="E-anna", type=kind, target=target))


@pytest.mark.parametrize(
    ("kind", "target", "name"),
    [
        (TargetType.AGENT, "E-carl", "carl"),
        (TargetType.GROUP, "Household", "bert"),
        (TargetType.SKILL, "Motor>=2", "bert"),
        (TargetType.GROUP, "Nobody", ""),
        (TargetType.QUEUE, "q2", ""),
    ],
)
def test_a_routing_based_request_reaches_its_target_and_nobody_else(kind: TargetType, target: str, name: str) -> None:
    assert chosen(item(attached=asked(kind, target)), ANYONE) == name


def test_who_asks_for_the_own_group_does_not_get_the_item_back() -> None:
    assert chosen(item(attached=asked(TargetType.GROUP, "Household")), ANYONE, (ANNA,)) == ""


def test_a_request_that_finds_nobody_goes_back_to_who_asked_and_then_to_the_queue() -> None:
    strategy = replace(ANYONE, request_timeout=30)
    request = asked(TargetType.GROUP, "Nobody")
    assert chosen(item(waited=999, placed=29, attached=request), strategy) == ""
    assert chosen(item(waited=999, placed=30, attached=request), strategy) == "anna"
    assert chosen(item(waited=999, placed=30, attached=request), strategy, (BERT, CARL)) == ""
    assert chosen(item(waited=999, placed=60, attached=request), strategy) == "bert"


def test_a_request_is_read_from_its_four_keys_and_they_go_together() -> None:
    attached = {"Subject": "Hail", **asked(TargetType.SKILL, "Motor>=2")}
    request = request_of(item(attached=attached))
    assert request == RoutingRequest(original="E-anna", type=TargetType.SKILL, target="Motor>=2")
    assert set(ROUTING_KEYS) < set(attached)
    assert without_request(attached) == {"Subject": "Hail"}


@pytest.mark.parametrize("kind", ["", "Planet", 7])
def test_keys_that_name_no_kind_of_target_are_no_request(kind: object) -> None:
    attached = {**asked(TargetType.AGENT, "E-carl"), "IW_RoutingBasedTargetType": kind}
    assert request_of(item(attached=attached)) is None


def test_a_skill_expression_that_cannot_be_read_is_named() -> None:
    strategy = Strategy(name="s", steps=(RoutingStep(skill="Motor>>2"),))
    with pytest.raises(BadInput, match="position 7: expected a whole number"):
        chosen(item(), strategy)


def test_the_next_change_is_the_next_moment_at_which_time_alone_reaches_further_agents() -> None:
    strategy = Strategy(name="s", steps=(HOUSEHOLD, EXPERTS), request_timeout=100, requested_timeout=40)
    assert next_change(item(waited=10), strategy, NOW) == NOW + timedelta(seconds=50)
    assert next_change(item(waited=60), strategy, NOW) is None
    assert next_change(
        item(waited=10, wants=WorkItemAttributes(requested_agent="x")), strategy, NOW
    ) == NOW + timedelta(seconds=30)
    request = asked(TargetType.GROUP, "Nobody")
    assert next_change(item(waited=60, placed=5, attached=request), strategy, NOW) == NOW + timedelta(seconds=95)
    assert next_change(item(waited=300, placed=105, attached=request), strategy, NOW) == NOW + timedelta(seconds=95)


@given(st.integers(0, 200), st.integers(0, 200), st.lists(st.integers(0, 150), max_size=4))
def test_nothing_changes_before_the_next_change(waited: int, later: int, afters: list[int]) -> None:
    strategy = Strategy(
        name="s",
        steps=tuple(RoutingStep(agents=(ALL[number % 3].person.name,), after=at) for number, at in enumerate(afters)),
    )
    waiting = item(waited=waited)
    change = next_change(waiting, strategy, NOW)
    moment = NOW + timedelta(seconds=later)
    if change is None or moment < change:
        before = choose(waiting, strategy, ALL, NOW, first)
        assert choose(waiting, strategy, ALL, moment, first) == before

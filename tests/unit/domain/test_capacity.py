"""How much work somebody may have at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.domain.capacity import BUILT_IN, capacity_of, may_take, why_not
from workloom.domain.site import BlockingCondition, Capacity, CapacityRule, Person, Place, Site

STANDARD = CapacityRule(
    name="standard",
    total=4,
    capacities=(
        Capacity(media_type="claim", maximum=3),
        Capacity(media_type="form", maximum=2, blocked_by=(BlockingCondition(media_type="claim", count=2),)),
        Capacity(media_type="fax", maximum=0),
    ),
)


def site(**chosen: str) -> Site:
    rules = {name: CapacityRule(name=name) for name in ("own", "desk", "tenant")}
    return Site(
        capacity_rules=rules,
        tenant_capacity_rule=chosen.get("tenant", ""),
        persons={"lena": Person(name="lena", employee_id="1", capacity_rule=chosen.get("person", ""))},
        places={"Desk": Place(name="Desk", capacity_rule=chosen.get("place", ""))},
    )


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        ({"person": "own", "place": "desk", "tenant": "tenant"}, "own"),
        ({"place": "desk", "tenant": "tenant"}, "desk"),
        ({"tenant": "tenant"}, "tenant"),
        ({"person": "gone", "tenant": "tenant"}, "tenant"),
    ],
)
def test_the_rule_of_the_person_comes_before_that_of_the_place_and_of_the_tenant(
    chosen: dict[str, str], rule: str
) -> None:
    assert capacity_of(site(**chosen), "lena", "Desk").name == rule


def test_without_any_rule_the_built_in_one_allows_a_call_and_no_work_item() -> None:
    rule = capacity_of(site(), "lena", "Desk")
    assert rule is BUILT_IN
    assert may_take(rule, {}, "voice")
    assert not may_take(rule, {"voice": 1}, "voice")
    assert not may_take(rule, {}, "claim")
    assert why_not(rule, {}, "claim") == (
        "No capacity rule is set; the built-in rule allows one voice call and no claim."
    )


@pytest.mark.parametrize(
    ("counts", "media_type", "reason"),
    [
        ({}, "claim", ""),
        ({"claim": 2}, "claim", ""),
        ({"claim": 3}, "claim", "allows 3 items of claim at once, and 3 are there."),
        ({"claim": 1}, "form", ""),
        ({"claim": 2}, "form", "allows no form while there are 2 or more items of claim, and 2 are there."),
        ({"claim": 2, "voice": 2}, "claim", "allows 4 items over all, and 4 are there."),
        ({}, "fax", "allows no fax"),
        ({}, "letter", "allows no letter"),
    ],
)
def test_an_item_fits_by_maximum_total_and_what_blocks_it(counts: dict[str, int], media_type: str, reason: str) -> None:
    assert may_take(STANDARD, counts, media_type) is (reason == "")
    assert reason in why_not(STANDARD, counts, media_type)


@given(st.dictionaries(st.sampled_from(["claim", "form", "fax", "voice"]), st.integers(0, 5)), st.sampled_from("cf"))
def test_a_reason_is_given_exactly_when_the_item_does_not_fit(counts: dict[str, int], initial: str) -> None:
    media_type = {"c": "claim", "f": "form"}[initial]
    assert bool(why_not(STANDARD, counts, media_type)) is not may_take(STANDARD, counts, media_type)

"""Why an item waits, and why an agent gets nothing, in words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from workloom.domain.core_options import core_catalogue
from workloom.domain.explain import explain_agent, explain_item
from workloom.domain.interaction import Interaction, Offer, Outcome, State, WorkItemAttributes
from workloom.domain.presence import ChannelStatus, Presence, Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.readiness import Standing, Step
from workloom.domain.site import (
    AgentGroup,
    Capacity,
    CapacityRule,
    MediaType,
    Person,
    Queue,
    Role,
    RoutingStep,
    Site,
    Strategy,
    Workbin,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(minutes=10)
SITE = Site(
    media_types={"claim": MediaType(name="claim", title="Claims", singular="Claim")},
    roles={"Agent": Role(name="Agent", privileges=(USE_CHANNEL,))},
    groups={"Team": AgentGroup(name="Team"), "Experts": AgentGroup(name="Experts")},
    persons={
        "lena": Person(name="lena", employee_id="1", first_name="Lena", groups=("Team",), roles=("Agent",)),
        "tamara": Person(name="tamara", employee_id="2", first_name="Tamara", groups=("Experts",), roles=("Agent",)),
        "gone": Person(name="gone", employee_id="3", groups=("Team",), roles=("Agent",), enabled=False),
    },
    capacity_rules={"one": CapacityRule(name="one", capacities=(Capacity(media_type="claim", maximum=1),))},
    tenant_capacity_rule="one",
    strategies={
        "team": Strategy(
            name="team", steps=(RoutingStep(groups=("Team",)), RoutingStep(groups=("Experts",), after=900))
        ),
        "bad": Strategy(name="bad", steps=(RoutingStep(skill="German>>1"),)),
    },
    queues={
        "claims": Queue(name="claims", title="Claims – Household", strategy="team"),
        "shelf": Queue(name="shelf", title="Shelf"),
        "broken": Queue(name="broken", strategy="bad"),
    },
    workbins={"later": Workbin(name="later", title="Later"), "pool": Workbin(name="pool", strategy="team")},
    application_options={"openmedia.workitem-channels": ["claim"]},
)
ITEM = Interaction(
    id="i1",
    tenant="default",
    media_type="claim",
    queue="claims",
    priority=7,
    received_at=EARLIER,
    submitted_at=EARLIER,
    placed_at=EARLIER,
    queue_since={"claims": EARLIER},
)


def ready(person: str, state: Presence = Presence.READY) -> Standing:
    channel = ChannelStatus(media_type="claim", state=state, since=EARLIER)
    session = Session(
        id=f"s-{person}",
        person=person,
        logged_in_at=EARLIER,
        last_seen_at=NOW,
        idle_since=EARLIER,
        channels=(channel,),
    )
    return Standing(person=person, session=session)


def item_says(changes: dict[str, Any], *standings: Standing) -> tuple[str, ...]:
    return explain_item(SITE, core_catalogue(), replace(ITEM, **changes), standings, NOW)


def offer(agent: str) -> Offer:
    return Offer(ticket="t", agent=agent, session="s", offered_at=NOW, deadline=NOW)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": State.FINISHED, "outcome": Outcome.COMPLETED}, "The item is finished (completed)."),
        ({"state": State.HANDLING, "assigned_to": "lena"}, "The item is with Lena."),
        ({"state": State.OFFERED, "offer": offer("tamara")}, "The item is offered to Tamara at this moment."),
        (
            {"error": "Routing: there is no queue “lost”."},
            (
                "Routing has failed: there is no queue “lost”. "
                "Mend the site file: when it is applied, routing tries the item again. Or open the item, or move it."
            ),
        ),
        (
            {"held_at": EARLIER, "held_until": NOW + timedelta(minutes=5)},
            "The item is held in “claims” for another 5 min. It is not routed until then.",
        ),
        (
            {"held_at": EARLIER},
            "The item is held in “claims” until somebody resumes it. It is not routed until then.",
        ),
        (
            {"attributes": WorkItemAttributes(activation_at=NOW + timedelta(hours=2))},
            "The item becomes active in 2 h.",
        ),
        (
            {"state": State.IN_WORKBIN, "queue": "lost", "workbin": "later"},
            "“later” has no strategy: the item rests there until somebody opens it.",
        ),
        (
            {"state": State.IN_WORKBIN, "workbin": "later", "held_at": EARLIER},
            "The item is held in “later” until somebody resumes it. It is not routed until then.",
        ),
        ({"queue": "lost"}, "The queue “lost” is no longer in the site. Move the item to another queue."),
        ({"queue": "shelf"}, "“shelf” has no strategy: the item rests there until somebody opens it."),
        (
            {"state": State.IN_WORKBIN, "workbin": "later"},  # its last queue has a strategy
            "“later” has no strategy: the item rests there until somebody opens it.",
        ),
    ],
)
def test_an_item_that_is_not_routed_says_why(changes: dict[str, Any], words: str) -> None:
    assert item_says(changes, ready("lena")) == (words,)


def test_a_waiting_item_names_whom_it_reaches_now_and_when_it_reaches_more() -> None:
    assert item_says({}, ready("lena", Presence.NOT_READY), ready("tamara"), ready("gone")) == (
        "Waits in “Claims – Household” for 10 min, priority 7.",
        "Lena: Not ready on the channel for claim. Choose Ready in the status menu.",
        "In 5 min the next step looks further.",
    )


def test_an_item_in_a_workbin_with_a_strategy_is_explained_like_one_in_a_queue() -> None:
    in_pool = {"state": State.IN_WORKBIN, "queue": "shelf", "workbin": "pool", "workbin_owner": "lena"}
    assert item_says(in_pool, ready("lena"))[:2] == (
        "Waits in “pool” for 10 min, priority 7.",
        "Lena: Can take it, comes by its turn.",
    )


def test_who_has_declined_is_said() -> None:
    declined = {"refusals": {"lena": NOW + timedelta(seconds=30)}}
    assert "Lena: Has declined it, is asked again in 30 s." in item_says(declined, ready("lena"))


def test_an_item_that_reaches_nobody_says_so() -> None:
    assert item_says({}, ready("tamara"))[1] == "The strategy “team” reaches nobody at this step."


def test_a_strategy_that_cannot_be_carried_out_is_named() -> None:
    said = item_says({"queue": "broken"}, ready("lena"))
    assert said[1].startswith("The strategy “bad” cannot be carried out: skill expression, position 8")


def agent_says(standing: Standing, *waiting: Interaction) -> tuple[str, str]:
    (answer,) = explain_agent(SITE, core_catalogue(), standing, ["claim"], waiting, NOW)
    return (answer.obstacle.step if answer.obstacle else ""), answer.text


def test_an_agent_whom_no_waiting_item_reaches_yet_is_told_when_one_may() -> None:
    assert agent_says(ready("tamara"), ITEM) == (
        Step.ITEMS,
        "1 item in “Claims – Household”, “pool”, and none reaches Tamara now. Time changes that in 5 min.",
    )


def test_an_agent_who_declined_what_waits_is_told_so() -> None:
    declined = replace(ITEM, refusals={"lena": NOW + timedelta(seconds=30)})
    step, text = agent_says(ready("lena"), declined)
    assert step == Step.ITEMS
    assert text.endswith("Time changes that in 30 s.")


def test_an_agent_for_whom_an_item_waits_is_told_that_it_comes() -> None:
    assert agent_says(ready("lena"), ITEM)[0] == ""


def test_an_item_in_a_workbin_counts_there_and_not_in_its_last_queue() -> None:
    pooled = replace(ITEM, state=State.IN_WORKBIN, queue="shelf", workbin="pool", workbin_owner="lena")
    assert agent_says(ready("lena"), pooled)[0] == ""
    later = replace(ITEM, state=State.IN_WORKBIN, workbin="later", workbin_owner="lena")
    assert agent_says(ready("lena"), later) == (
        Step.ITEMS,
        "Everything is set, and nothing waits in “Claims – Household”, “pool”.",
    )


def test_somebody_who_is_not_enabled_is_named_first() -> None:
    assert agent_says(ready("gone"), ITEM) == (Step.PERSON, "gone is not enabled. Remove enabled = false.")

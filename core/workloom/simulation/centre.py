"""The simulated contact centre: a site with everything in it that routing and the moves know."""

from typing import Final

from workloom.domain import privileges
from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.domain.site import (
    AgentGroup,
    AttributeValue,
    BlockingCondition,
    BusinessAttribute,
    Capacity,
    CapacityRule,
    CapturePoint,
    MediaType,
    Person,
    Place,
    Queue,
    Role,
    RoutingStep,
    Site,
    Strategy,
    Timers,
    Transaction,
    Workbin,
)

PASSWORD: Final = "simulated"  # noqa: S105 - nobody real logs in with it
POINT: Final = "source"
OUTCOMES: Final = ("settled", "refused", "duplicate")
GROUPS: Final = ("claims", "experts", "payables", "desk")
SHELF: Final = "late"
"""A queue without strategy: its items wait to be pulled."""

ROUTED: Final = (("household", "claim"), ("experts", "claim"), ("payables", "invoice"), ("incidents", "incident"))
"""Queues that items arrive in, with the media type."""

_MEDIA_TYPES = (
    MediaType(name="claim", title="Claims", singular="Claim", handling_timeout=60),
    MediaType(name="invoice", title="Invoices", singular="Invoice", handling_timeout=45, lost_agent="queue"),
    MediaType(name="incident", title="Incidents", singular="Incident", handling_timeout=90, lost_agent="stay"),
)
_NOT_OF_AGENTS = frozenset(
    {
        privileges.MANAGEMENT_USE,
        privileges.MANAGEMENT_TO_QUEUE,
        privileges.MANAGEMENT_TO_WORKBIN,
        privileges.MANAGEMENT_CASE_EDIT,
        privileges.TEAM_LEAD,
    }
)


def centre(agents: int, *, heartbeat: float) -> Site:
    """A site with so many agents, whose desktops show every `heartbeat` seconds that they live."""
    people = [_person(index) for index in range(agents)]
    return Site(
        name="simulated",
        title="Simulated contact centre",
        timers=Timers(heartbeat=heartbeat, lost_agent=2.5 * heartbeat),
        persons={person.name: person for person in people},
        groups={name: AgentGroup(name=name) for name in GROUPS},
        roles={"agent": Role(name="agent", privileges=privileges_of_agents())},
        media_types={each.name: each for each in _MEDIA_TYPES},
        places={person.place: Place(name=person.place) for person in people},
        capacity_rules={rule.name: rule for rule in _rules()},
        tenant_capacity_rule="standard",
        strategies={strategy.name: strategy for strategy in _strategies()},
        queues={queue.name: queue for queue in _queues()},
        workbins={workbin.name: workbin for workbin in _workbins()},
        transactions={"careful": Transaction(name="careful", options={"interaction.disposition.is-mandatory": True})},
        business_attributes={
            "outcomes": BusinessAttribute(
                name="outcomes", values=tuple(AttributeValue(name=outcome) for outcome in OUTCOMES)
            )
        },
        capture_points={POINT: CapturePoint(name=POINT)},
        application_options=_OPTIONS,
    )


def privileges_of_agents() -> tuple[str, ...]:
    """What an agent may do who manages nothing."""
    return tuple(name for name in CORE_PRIVILEGES if name not in _NOT_OF_AGENTS)


def _person(index: int) -> Person:
    own, other = GROUPS[index % len(GROUPS)], GROUPS[(index * 3 + 1) % len(GROUPS)]
    name = f"agent-{index + 1:02}"
    return Person(
        name=name,
        employee_id=f"E-{index + 1:03}",
        groups=tuple(dict.fromkeys((own, other))),
        skills={"Household": 1 + index % 5, "Motor": index % 4, "Incidents": (index + 2) % 5},
        roles=("agent",),
        place=f"desk-{index + 1:02}",
        capacity_rule="trainee" if index % 7 == 6 else "",
    )


def _rules() -> tuple[CapacityRule, ...]:
    return (
        CapacityRule(
            name="standard",
            total=4,
            capacities=(
                Capacity(media_type="claim", maximum=3),
                Capacity(media_type="invoice", maximum=2),
                Capacity(
                    media_type="incident", maximum=1, blocked_by=(BlockingCondition(media_type="claim", count=3),)
                ),
            ),
        ),
        CapacityRule(
            name="trainee",
            total=1,
            capacities=(
                Capacity(media_type="claim", maximum=1),
                Capacity(media_type="invoice", maximum=1),
                Capacity(media_type="incident", maximum=1),
            ),
        ),
    )


def _strategies() -> tuple[Strategy, ...]:
    return (
        Strategy(
            name="household",
            requested_timeout=60,
            steps=(
                RoutingStep(groups=("claims",), skill="Household>=3"),
                RoutingStep(groups=("experts",), after=300),
                RoutingStep(anyone=True, after=1800),
            ),
        ),
        Strategy(
            name="experts",
            select="best-fit",
            overrides=("careful",),
            steps=(RoutingStep(skill="Motor>=2 | Household>=5"), RoutingStep(groups=("experts",), after=120)),
        ),
        Strategy(name="payables", select="least-loaded", steps=(RoutingStep(groups=("payables",)),)),
        Strategy(
            name="incidents",
            select="random",
            offer_timeout=45,
            steps=(
                RoutingStep(skill="Incidents>=2"),
                RoutingStep(groups=("desk",), after=60, replace=True),
                RoutingStep(anyone=True, after=3600),
            ),
        ),
        Strategy(name="hand-over", request_timeout=90, steps=(RoutingStep(anyone=True, after=180),)),
    )


def _queues() -> tuple[Queue, ...]:
    return (
        *(Queue(name=name, strategy=name, media_types=(media_type,)) for name, media_type in ROUTED),
        Queue(name="hand-over", strategy="hand-over"),
        Queue(name=SHELF),
    )


def _workbins() -> tuple[Workbin, ...]:
    return (
        Workbin(name="in-progress"),
        Workbin(name="waiting"),
        Workbin(name="team", owner="agent-group"),
        Workbin(name="desk", owner="place"),
    )


_OPTIONS = {
    "openmedia.workitem-channels": ["claim", "invoice", "incident"],
    "interaction.disposition.value-business-attribute": "outcomes",
    "workbin.claim.in-progress": "in-progress",
    "workbin.claim.waiting": "waiting",
    "workbin.incident.in-progress": "in-progress",
    "intercommunication.claim.queue": "hand-over",
    "intercommunication.invoice.queue": "hand-over",
    "intercommunication.incident.queue": "hand-over",
    "intercommunication.incident.routing-based-targets": ["Agent", "InteractionQueue"],
}

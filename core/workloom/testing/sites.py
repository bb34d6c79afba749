"""A small site for tests, and changes of it. A change is a function from one site to another."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.domain.site import (
    AgentGroup,
    AttributeValue,
    BusinessAttribute,
    Capacity,
    CapacityRule,
    MediaType,
    Person,
    Place,
    Queue,
    Role,
    RoutingStep,
    Site,
    Strategy,
    Workbin,
)
from workloom.domain.site import Transaction as OptionList

SiteChange = Callable[[Site], Site]
CHANNELS = "openmedia.workitem-channels"
OPTIONS: Mapping[str, object] = {
    CHANNELS: ["claim", "fax"],
    "workbin.claim.in-progress": "in-progress",
    "workbin.claim.waiting": "waiting",
    "intercommunication.claim.queue": "requests",
    "interaction.disposition.value-business-attribute": "outcomes",
    "interaction.case-data.format-business-attribute": "claim-form",
}
OUTCOMES = BusinessAttribute(
    name="outcomes",
    values=(AttributeValue(name="pay", values=(AttributeValue(name="in-full"),)), AttributeValue(name="refused")),
)
FORM = BusinessAttribute(
    name="claim-form",
    values=(
        AttributeValue(name="Policy", read_only=True),
        AttributeValue(name="Estimate", type="int"),
        AttributeValue(name="City", required=True),
    ),
)


def person(name: str, *groups: str, skills: Mapping[str, int] | None = None, **more: Any) -> Person:
    """Somebody of the office; the employee id is the name in capitals."""
    values: dict[str, Any] = {"roles": ("agent",), "groups": groups, "skills": skills or {}, "place": "desk-1", **more}
    return Person(name=name, employee_id=name.upper(), first_name=name.capitalize(), **values)


def site(**changes: Any) -> Site:
    """Ann and Bob of the experts (Bob knows Legal), Cid of nobody; claims are routed to the experts.

    `changes` are fields of `Site` that take the place of the usual ones.
    """
    people = (person("ann", "experts"), person("bob", "experts", skills={"Legal": 5}), person("cid"))
    values: dict[str, Any] = {
        "persons": {each.name: each for each in people},
        "groups": {"experts": AgentGroup(name="experts", leads=("bob",))},
        "roles": {"agent": Role(name="agent", privileges=CORE_PRIVILEGES)},
        "media_types": {
            "claim": MediaType(name="claim", title="Claims", singular="Claim"),
            "fax": MediaType(name="fax", title="Faxes", singular="Fax", lost_agent="stay"),
        },
        "places": {"desk-1": Place(name="desk-1")},
        "capacity_rules": {
            "two": CapacityRule(
                name="two",
                capacities=(Capacity(media_type="claim", maximum=2), Capacity(media_type="fax", maximum=1)),
            )
        },
        "tenant_capacity_rule": "two",
        "strategies": {
            "experts": Strategy(name="experts", steps=(RoutingStep(groups=("experts",)),)),
            "anyone": Strategy(name="anyone", steps=(RoutingStep(anyone=True),)),
        },
        "queues": {
            "claims": Queue(name="claims", strategy="experts"),
            "requests": Queue(name="requests", strategy="experts"),
            "shelf": Queue(name="shelf", title="The shelf"),
            "fax-only": Queue(name="fax-only", media_types=("fax",)),
        },
        "workbins": {
            "in-progress": Workbin(name="in-progress"),
            "waiting": Workbin(name="waiting", title="Waiting for documents"),
            "team": Workbin(name="team", owner="agent-group"),
        },
        "transactions": {"careful": OptionList(name="careful", options={"interaction.disposition.is-mandatory": True})},
        "business_attributes": {"outcomes": OUTCOMES, "claim-form": FORM},
        "application_options": OPTIONS,
    }
    return Site(**{**values, **changes})


def with_options(options: Mapping[str, object]) -> SiteChange:
    """These options for everybody."""
    return lambda before: replace(before, application_options={**before.application_options, **options})


def with_privileges(*privileges: str) -> SiteChange:
    """Every role allows these privileges as well."""

    def change(before: Site) -> Site:
        roles = {
            name: replace(role, privileges=tuple(dict.fromkeys((*role.privileges, *privileges))))
            for name, role in before.roles.items()
        }
        return replace(before, roles=roles)

    return change


def without_privileges(*privileges: str) -> SiteChange:
    """No role allows these privileges any more."""

    def change(before: Site) -> Site:
        roles = {
            name: replace(role, privileges=tuple(one for one in role.privileges if one not in privileges))
            for name, role in before.roles.items()
        }
        return replace(before, roles=roles)

    return change


def with_media_type(name: str, *, title: str = "", capacity: int = 2) -> SiteChange:
    """A further kind of work: people can log in on it, have `capacity` items of it, and its queue goes to anyone.

    The queue has the name of the media type. What is there already is left as it is.
    """

    def change(before: Site) -> Site:
        queues = {name: Queue(name=name, strategy="anyone"), **before.queues}
        if name in before.media_types:
            return replace(before, queues=queues)
        named = title or name.capitalize()
        channels = before.application_options.get(CHANNELS, [])
        assert isinstance(channels, list)
        rules = {
            rule.name: replace(rule, capacities=(*rule.capacities, Capacity(media_type=name, maximum=capacity)))
            for rule in before.capacity_rules.values()
        }
        return replace(
            before,
            media_types={**before.media_types, name: MediaType(name=name, title=named, singular=named)},
            capacity_rules=rules,
            queues=queues,
            application_options={**before.application_options, CHANNELS: [*channels, name]},
        )

    return change

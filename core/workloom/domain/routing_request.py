"""Routing-based requests: a transfer that goes through a queue, written on the item as four attached keys.

The keys stay until somebody accepts the item, then they go, so that nothing loops. Names of the keys are those of the
field; agents are named by employee id.
"""

from msgspec import Struct

from workloom.domain.interaction import AttachedData, Interaction
from workloom.domain.targets import (
    ONE_STEP_TRANSFER,
    ROUTING_ACTION_TYPE,
    ROUTING_KEYS,
    ROUTING_ORIGINAL_EMPLOYEE,
    ROUTING_TARGET_ID,
    ROUTING_TARGET_TYPE,
    TargetType,
)


class RoutingRequest(Struct, frozen=True, kw_only=True):
    """Who asked (`original`, an employee id), and for whom: employee id, group, skill expression or queue."""

    original: str
    type: TargetType
    target: str
    action: str = ONE_STEP_TRANSFER


def attached_for(request: RoutingRequest) -> AttachedData:
    """The attached keys that carry the request."""
    return {
        ROUTING_ORIGINAL_EMPLOYEE: request.original,
        ROUTING_TARGET_TYPE: request.type.value,
        ROUTING_TARGET_ID: request.target,
        ROUTING_ACTION_TYPE: request.action,
    }


def request_of(item: Interaction) -> RoutingRequest | None:
    """The request that the item carries; None if there is none, or if its target type is not one we know."""
    kind = item.attached.get(ROUTING_TARGET_TYPE)
    target = item.attached.get(ROUTING_TARGET_ID)
    if not target or kind not in {member.value for member in TargetType}:
        return None
    return RoutingRequest(
        original=str(item.attached.get(ROUTING_ORIGINAL_EMPLOYEE, "")),
        type=TargetType(kind),
        target=str(target),
        action=str(item.attached.get(ROUTING_ACTION_TYPE, ONE_STEP_TRANSFER)),
    )


def without_request(attached: AttachedData) -> AttachedData:
    """Attached data without the four keys."""
    return {key: value for key, value in attached.items() if key not in ROUTING_KEYS}

"""Whom or what an item can be handed to."""

from enum import StrEnum

from msgspec import Struct

from workloom.domain.presence import Presence


class TargetType(StrEnum):
    """Kinds of target; the values are those of the attached key `IW_RoutingBasedTargetType`."""

    AGENT = "Agent"
    GROUP = "AgentGroup"
    SKILL = "Skill"
    QUEUE = "InteractionQueue"


class Target(Struct, frozen=True, kw_only=True):
    """`id` is a user name, group name, skill expression or queue name."""

    type: TargetType
    id: str


class TargetRow(Struct, frozen=True, kw_only=True):
    """A target as the target search shows it. `reason` says why it cannot be chosen; empty = it can."""

    target: Target
    title: str
    detail: str = ""
    presence: Presence | None = None
    status: str = ""
    favourite: bool = False
    by_routing: bool = False
    reason: str = ""


ROUTING_ORIGINAL_EMPLOYEE = "IW_RoutingBasedOriginalEmployeeId"
ROUTING_TARGET_TYPE = "IW_RoutingBasedTargetType"
ROUTING_TARGET_ID = "IW_RoutingBasedTargetId"
ROUTING_ACTION_TYPE = "IW_RoutingBasedActionType"
ROUTING_KEYS = (ROUTING_ORIGINAL_EMPLOYEE, ROUTING_TARGET_TYPE, ROUTING_TARGET_ID, ROUTING_ACTION_TYPE)
ONE_STEP_TRANSFER = "OneStepTransfer"

"""How much work somebody may have at once.

The rule in force is that of the person, else of the place, else of the tenant, else the built-in one, which allows one
voice call and nothing else.
"""

from collections.abc import Mapping
from typing import Final

from workloom.domain.site import Capacity, CapacityRule, Site
from workloom.domain.wording import count

BUILT_IN: Final = CapacityRule(name="built-in", capacities=(Capacity(media_type="voice", maximum=1),))


def capacity_of(site: Site, person: str, place: str = "") -> CapacityRule:
    """The rule in force for a person at a place; a name that no rule has is passed over."""
    who, where = site.persons.get(person), site.places.get(place)
    for name in (
        who.capacity_rule if who else "",
        where.capacity_rule if where else "",
        site.tenant_capacity_rule,
    ):
        rule = site.capacity_rules.get(name)
        if rule is not None:
            return rule
    return BUILT_IN


def capacity_for(rule: CapacityRule, media_type: str) -> Capacity | None:
    """What the rule says of a media type, None if it does not name it."""
    for capacity in rule.capacities:
        if capacity.media_type == media_type:
            return capacity
    return None


def at_once(rule: CapacityRule, media_type: str) -> int:
    """How many items of the media type alone the rule allows."""
    capacity = capacity_for(rule, media_type)
    most = capacity.maximum if capacity else 0
    return min(most, rule.total) if rule.total else most


def may_take(rule: CapacityRule, counts: Mapping[str, int], media_type: str) -> bool:
    """Whether one more item of the media type fits. `counts`: items in work and offered, by media type."""
    capacity = capacity_for(rule, media_type)
    if capacity is None or counts.get(media_type, 0) >= capacity.maximum:
        return False
    if rule.total and sum(counts.values()) >= rule.total:
        return False
    return not any(counts.get(block.media_type, 0) >= block.count for block in capacity.blocked_by)


def why_not(rule: CapacityRule, counts: Mapping[str, int], media_type: str) -> str:
    """Why one more item of the media type does not fit, as a sentence; empty if it fits."""
    capacity = capacity_for(rule, media_type)
    if capacity is None or capacity.maximum < 1:
        if rule is BUILT_IN:
            return f"No capacity rule is set; the built-in rule allows one voice call and no {media_type}."
        return f"The capacity rule “{rule.name}” allows no {media_type}."
    have = counts.get(media_type, 0)
    if have >= capacity.maximum:
        most = f"{count(capacity.maximum, 'item')} of {media_type}"
        return f"The capacity rule “{rule.name}” allows {most} at once, and {_there(have)}."
    total = sum(counts.values())
    if rule.total and total >= rule.total:
        return f"The capacity rule “{rule.name}” allows {count(rule.total, 'item')} over all, and {_there(total)}."
    for block in capacity.blocked_by:
        blocking = counts.get(block.media_type, 0)
        if blocking >= block.count:
            return (
                f"The capacity rule “{rule.name}” allows no {media_type} while there are"
                f" {block.count:,} or more items of {block.media_type}, and {_there(blocking)}."
            )
    return ""


def _there(number: int) -> str:
    return f"{number:,} {'is' if number == 1 else 'are'} there"

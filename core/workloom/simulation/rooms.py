"""Room for one more item, reckoned once more: independent of the domain's own capacity, which it judges."""

from collections.abc import Mapping

from workloom.domain.site import Site


def why_no_room(site: Site, person: str, place: str, counts: Mapping[str, int], media_type: str) -> str:
    """Why one more item would be too much for somebody who has `counts`; empty if there is room."""
    names = (
        site.persons[person].capacity_rule,
        site.places[place].capacity_rule if place in site.places else "",
        site.tenant_capacity_rule,
    )
    rule = next((site.capacity_rules[name] for name in names if name in site.capacity_rules), None)
    if rule is None:
        return "no capacity rule is set"
    if rule.total and sum(counts.values()) + 1 > rule.total:
        return f"more than {rule.total} items over all"
    for capacity in rule.capacities:
        if capacity.media_type == media_type:
            if counts.get(media_type, 0) + 1 > capacity.maximum:
                return f"more than {capacity.maximum} of {media_type}"
            blocks = [each for each in capacity.blocked_by if counts.get(each.media_type, 0) >= each.count]
            return f"{media_type} beside {blocks[0].count} of {blocks[0].media_type}" if blocks else ""
    return f"the rule {rule.name} allows no {media_type}"

"""Names in a site that must name something: each that names nothing is a problem at its line and column."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from workloom.domain.errors import BadInput
from workloom.domain.site import AttributeValue, Site, Strategy
from workloom.domain.skills import parse
from workloom.services.site_files.positions import Path
from workloom.services.site_files.table import Problems, unknown

VOICE: Final = "voice"
"""A media type that every site knows: the one of the built-in capacity rule."""


def check_references(site: Site, privileges: Collection[str], problems: Problems) -> None:
    """Note every name that names nothing, and every expression that cannot be read."""
    names = _Names(problems)
    _check_people(site, privileges, names)
    _check_work(site, names)
    _check_clients(site, privileges, names)
    for strategy in site.strategies.values():
        _check_strategy(site, strategy, names)
    _check_attributes(site, problems)
    _check_persons_differ(site, problems)


class _Names:
    """Checks names against what there is."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def one(self, path: Path, kind: str, name: str, known: Collection[str]) -> None:
        if name and name not in known:
            self.problems.value(path, f"{kind} {unknown(name, tuple(known))}")

    def key(self, path: Path, kind: str, known: Collection[str]) -> None:
        if path[-1] not in known:
            self.problems.key(path, f"{kind} {unknown(str(path[-1]), tuple(known))}")

    def each(self, path: Path, kind: str, names: Collection[str], known: Collection[str]) -> None:
        for index, name in enumerate(names):
            self.one((*path, index), kind, name, known)


def _check_people(site: Site, privileges: Collection[str], names: _Names) -> None:
    for role in site.roles.values():
        names.each(("roles", role.name, "privileges"), "privilege", role.privileges, privileges)
    for group in site.groups.values():
        names.each(("groups", group.name, "roles"), "role", group.roles, site.roles)
        names.each(("groups", group.name, "leads"), "person", group.leads, site.persons)
    for person in site.persons.values():
        path = ("persons", person.name)
        names.each((*path, "groups"), "agent group", person.groups, site.groups)
        names.each((*path, "roles"), "role", person.roles, site.roles)
        names.one((*path, "place"), "place", person.place, site.places)
        names.one((*path, "capacity-rule"), "capacity rule", person.capacity_rule, site.capacity_rules)
        for skill in person.skills:
            if '"' in skill:
                names.problems.key((*path, "skills", skill), "the name of a skill cannot hold a quote")
    for place in site.places.values():
        names.one(("places", place.name, "capacity-rule"), "capacity rule", place.capacity_rule, site.capacity_rules)
    names.one(("site", "capacity-rule"), "capacity rule", site.tenant_capacity_rule, site.capacity_rules)


def _check_work(site: Site, names: _Names) -> None:
    for name in site.media_types:
        if not re.fullmatch(r"[\w-]+", name):  # it is a part of the names of options, which are joined by dots
            problem = "the name of a media type has letters, digits, hyphens and underscores only"
            names.problems.key(("media-types", name), problem)
    media_types = (*site.media_types, VOICE)
    for rule in site.capacity_rules.values():
        for capacity in rule.capacities:
            path = ("capacity-rules", rule.name, "media-types", capacity.media_type)
            names.key(path, "media type", media_types)
            for block in capacity.blocked_by:
                names.key((*path, "blocked-by", block.media_type), "media type", media_types)
    for queue in site.queues.values():
        names.one(("queues", queue.name, "strategy"), "strategy", queue.strategy, site.strategies)
        names.each(("queues", queue.name, "media-types"), "media type", queue.media_types, site.media_types)
    owners: Mapping[str, Collection[str]] = {
        "agent": site.persons,
        "agent-group": site.groups,
        "place": site.places,
        "place-group": {place.group for place in site.places.values()},
    }
    for workbin in site.workbins.values():
        names.one(("workbins", workbin.name, "strategy"), "strategy", workbin.strategy, site.strategies)
        kind = workbin.owner.replace("-", " ")
        names.each(("workbins", workbin.name, "owners"), kind, workbin.owners, owners[workbin.owner])
    for point in site.capture_points.values():
        names.one(("capture-points", point.name, "queue"), "queue", point.queue, site.queues)
        names.one(("capture-points", point.name, "media-type"), "media type", point.media_type, site.media_types)


def _check_clients(site: Site, privileges: Collection[str], names: _Names) -> None:
    owners: dict[str, str] = {}
    for client in site.clients.values():
        path = ("clients", client.name)
        names.each((*path, "privileges"), "privilege", client.privileges, privileges)
        names.each((*path, "capture-points"), "capture point", client.capture_points, site.capture_points)
        for index, known in enumerate(client.token_hashes):
            if not re.fullmatch(r"[0-9a-f]{64}", known):
                problem = "this is no hash of a token; `workloom client token` makes a token and its hash"
                names.problems.value((*path, "token-hashes", index), problem)
            elif owners.setdefault(known, client.name) != client.name:
                problem = f"the client “{owners[known]}” has this token as well"
                names.problems.value((*path, "token-hashes", index), problem)


def _check_strategy(site: Site, strategy: Strategy, names: _Names) -> None:
    path = ("strategies", strategy.name)
    names.each((*path, "overrides"), "transaction", strategy.overrides, site.transactions)
    if not strategy.steps:
        names.problems.key(path, f"the strategy “{strategy.name}” has no steps: it reaches nobody", warning=True)
    levels = {skill for person in site.persons.values() for skill in person.skills}
    for index, step in enumerate(strategy.steps):
        here = (*path, "steps", index)
        names.each((*here, "agents"), "person", step.agents, site.persons)
        names.each((*here, "groups"), "agent group", step.groups, site.groups)
        if not step.skill:
            continue
        try:
            expression = parse(step.skill)
        except BadInput as error:
            names.problems.value((*here, "skill"), str(error))
            continue
        for skill in expression.names():
            if skill not in levels:
                names.problems.value((*here, "skill"), f"nobody has the skill “{skill}”", warning=True)


def _check_attributes(site: Site, problems: Problems) -> None:
    for attribute in site.business_attributes.values():
        seen: set[str] = set()
        for path, value in _all_values(("business-attributes", attribute.name), attribute.values):
            if value.name in seen:
                problems.value(path, f"the value “{value.name}” is there twice")
            seen.add(value.name)
            if value.pattern:
                try:
                    re.compile(value.pattern)
                except re.error as error:
                    problems.value((*path, "pattern"), f"the pattern cannot be read: {error}")


def _all_values(path: Path, values: tuple[AttributeValue, ...]) -> Iterator[tuple[Path, AttributeValue]]:
    for index, value in enumerate(values):
        here = (*path, "values", index)
        yield here, value
        yield from _all_values(here, value.values)


def _check_persons_differ(site: Site, problems: Problems) -> None:
    """Employee ids name people in routing-based requests, so two must not have the same."""
    owners: dict[str, str] = {}
    for person in site.persons.values():
        first = owners.setdefault(person.employee_id, person.name)
        if person.employee_id and first != person.name:
            message = f"the employee id “{person.employee_id}” is that of “{first}” as well"
            problems.value(("persons", person.name, "employee-id"), message)

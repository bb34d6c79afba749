"""Targets as rows of the target search: what is said of each, and whether the item can be handed to it now."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from workloom.domain.capacity import capacity_for, capacity_of
from workloom.domain.errors import BadInput
from workloom.domain.moves_transfer import skills_of, why_no_skill, why_not_by_routing
from workloom.domain.options import OptionSet
from workloom.domain.presence import Presence, Session
from workloom.domain.resting import queue_title
from workloom.domain.site import Person
from workloom.domain.skills import parse, quoted
from workloom.domain.target_match import matches
from workloom.domain.target_reach import (
    goes_by_routing,
    is_ready,
    standing,
    why_not_agent,
    why_not_queue,
)
from workloom.domain.targets import Target, TargetRow, TargetType
from workloom.domain.wording import count, duration
from workloom.services.callers import Caller
from workloom.services.ports import Reader
from workloom.services.ports_reading import QueueLoad


class TargetRows:
    """Rows for one caller and one item (`media_type`; empty = no item, so nothing is impossible)."""

    def __init__(
        self,
        reader: Reader,
        caller: Caller,
        options: OptionSet,
        media_type: str,
        favourites: Collection[Target],
        now: datetime,
    ) -> None:
        self._reader = reader
        self._site = caller.site
        self._me = caller.name
        self._options = options
        self._media_type = media_type
        self._favourites = favourites
        self._now = now

    def found(self, text: str, kinds: Collection[TargetType]) -> Iterator[TargetRow]:
        """Rows of these kinds whose name fits the text; a skill expression that was typed is a row itself."""
        for target, name in self._all(kinds):
            if matches(text, name):
                row = self.row(target)
                if row is not None:
                    yield row
        if TargetType.SKILL in kinds and any(sign in text for sign in "<>="):
            try:
                typed = Target(type=TargetType.SKILL, id=str(parse(text)))
            except BadInput:
                return  # not an expression yet: it is still being typed
            row = self._skill(typed)
            if row is not None:
                yield row

    def row(self, target: Target) -> TargetRow | None:
        """The row of one target; None for one that the site does not have (any more), and for the caller."""
        match target.type:
            case TargetType.AGENT:
                person = self._site.persons.get(target.id)
                shown = person is not None and person.enabled and person.name != self._me
                return self._agent(target, person) if person and shown else None
            case TargetType.GROUP:
                return self._group(target) if target.id in self._site.groups else None
            case TargetType.SKILL:
                return self._skill(target)
            case TargetType.QUEUE:
                return self._queue(target) if target.id in self._site.queues else None

    def _all(self, kinds: Collection[TargetType]) -> Iterator[tuple[Target, str]]:
        if TargetType.AGENT in kinds:
            for person in self._site.persons.values():
                name = f"{person.full_name} {person.name} {person.employee_id}"
                yield Target(type=TargetType.AGENT, id=person.name), name
        if TargetType.GROUP in kinds:
            for group in self._site.groups:
                yield Target(type=TargetType.GROUP, id=group), group
        if TargetType.SKILL in kinds:
            for skill in sorted(self._skills, key=str.casefold):
                yield Target(type=TargetType.SKILL, id=f"{quoted(skill)}>=1"), skill
        if TargetType.QUEUE in kinds:
            for queue in self._site.queues.values():
                yield Target(type=TargetType.QUEUE, id=queue.name), f"{queue.title} {queue.name}"

    def _agent(self, target: Target, person: Person) -> TargetRow:
        session = self._sessions.get(person.name)
        presence, status = standing(self._site, session, self._media_type)
        if is_ready(session, self._media_type):
            status = f"{status} · {self._load(person.name, session)}"
        place = session.place if session else person.place
        why_not = ""
        if self._media_type:
            by_routing = self._by_routing(target)
            why_not = why_not_agent(self._site, person.name, session, self._media_type, by_routing=by_routing)
        detail = " · ".join(part for part in (", ".join(person.groups), place) if part)
        return self._made(target, person.full_name, detail, status, why_not=why_not, presence=presence)

    def _group(self, target: Target) -> TargetRow:
        return self._crowd(target, target.id, "Group", [each for each in self._people if target.id in each.groups])

    def _skill(self, target: Target) -> TargetRow | None:
        try:
            expression = parse(target.id)
        except BadInput:
            return None
        fit = [person for person in self._people if expression.matches(person.skills)]
        return self._crowd(target, _skill_title(target.id), "Skill", fit, why_no_skill(expression, self._skills))

    def _queue(self, target: Target) -> TargetRow:
        load = self._queue_loads.get(target.id)
        detail = f"Queue · oldest {duration(self._now - load.oldest)}" if load else "Queue"
        why_not = why_not_queue(self._site, self._site.queues[target.id], self._media_type) if self._media_type else ""
        status = f"{load.waiting if load else 0:,} waiting"
        return self._made(target, queue_title(self._site, target.id), detail, status, why_not=why_not)

    def _crowd(self, target: Target, title: str, word: str, people: list[Person], why_not: str = "") -> TargetRow:
        others = (self._sessions.get(person.name) for person in people if person.name != self._me)
        ready = sum(1 for session in others if is_ready(session, self._media_type))
        detail = f"{word} · {count(len(people), 'person', 'people')}"
        return self._made(target, title, detail, f"{ready:,} ready", why_not=why_not)

    def _made(
        self,
        target: Target,
        title: str,
        detail: str,
        status: str,
        *,
        why_not: str = "",
        presence: Presence | None = None,
    ) -> TargetRow:
        by_routing = self._by_routing(target)
        if by_routing:
            why_not = why_not_by_routing(self._options, self._site, self._media_type) or why_not
        return TargetRow(
            target=target,
            title=title,
            detail=detail,
            presence=presence,
            status=status,
            favourite=target in self._favourites,
            by_routing=by_routing,
            reason=str(why_not),  # a row has it in English
        )

    def _by_routing(self, target: Target) -> bool:
        return bool(self._media_type) and goes_by_routing(self._options, self._media_type, target.type)

    def _load(self, person: str, session: Session | None) -> str:
        """`2 of 5 items`: over all where the capacity rule has a total, else of the media type."""
        rule = capacity_of(self._site, person, session.place if session else "")
        counts = self._loads.get(person, {})
        capacity = capacity_for(rule, self._media_type)
        if rule.total or capacity is None:
            have, most = sum(counts.values()), rule.total
        else:
            have, most = counts.get(self._media_type, 0), capacity.maximum
        return f"{have} of {count(most, 'item')}" if most else count(have, "item")

    @cached_property
    def _people(self) -> list[Person]:
        return [person for person in self._site.persons.values() if person.enabled]

    @cached_property
    def _skills(self) -> frozenset[str]:
        return skills_of(self._site)

    @cached_property
    def _sessions(self) -> Mapping[str, Session]:
        return {session.person: session for session in self._reader.sessions.all()}

    @cached_property
    def _loads(self) -> Mapping[str, Mapping[str, int]]:
        return self._reader.items.loads()

    @cached_property
    def _queue_loads(self) -> Mapping[str, QueueLoad]:
        return self._reader.lists.queue_loads()


def _skill_title(expression: str) -> str:
    """`German ≥ 3 & Billing > 1` for `German>=3 & Billing>1`."""
    spaced = re.sub(r"[<>]=?|=", r" \g<0> ", expression)
    return spaced.replace(">=", "≥").replace("<=", "≤").replace('"', "")

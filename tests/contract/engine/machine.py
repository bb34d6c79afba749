"""The engine against a small model under a virtual clock: whatever happens in whatever order, the promises hold.

I1 an item is one row in one place; I2 one owner and one offer, whose changes raise the fence, and an old fence is
refused; I3 done once, and the same key gives the same answer; I4 nothing is offered to who may not have it; I5 what
passes ends in time; I6 routing keeps to capacity; I7 no record changes without an event, and no event is without a
change. It runs over whatever store it is given, sound or broken.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from tests.contract.engine.machine_commands import KEEPS, MAKERS, RESTING, TAKES, WORK
from tests.contract.engine.machine_verdict import Broken, compare_with_events, need
from tests.contract.engine.office import Office, person, site
from tests.simulation.broken import BrokenItems, BrokenStore, Part
from tests.simulation.bugs import Bug, forget
from workloom.domain.commands import (
    Accept,
    Close,
    Command,
    Hold,
    MarkDone,
    Pull,
    Reject,
    Reopen,
    Resume,
    Transfer,
)
from workloom.domain.errors import ItemsOpen, Stale, WorkloomError
from workloom.domain.interaction import Interaction, OfferKind, State
from workloom.domain.presence import Presence
from workloom.domain.routing_request import request_of
from workloom.services.ports import Store

AGENTS = st.sampled_from(["ann", "bob", "cid"])
HANDLING = 200.0
CAPACITY = 2


def machine_on(opened: Callable[[], Store], bug: Bug | None = None) -> "type[EngineMachine]":
    """The machine over stores that `opened` gives, empty ones, and with one part broken if a bug is named."""
    return type("Machine", (EngineMachine,), {"opened": staticmethod(opened), "bug": bug, "happened": Counter()})


class EngineMachine(RuleBasedStateMachine):
    """The office, and beside it what an observer with pencil and paper would know."""

    opened: ClassVar[Callable[[], Store]]
    bug: ClassVar[Bug | None] = None
    happened: ClassVar[Counter[str]]
    """Events over all examples, by kind: what the machine has really seen."""

    @initialize()
    def open_the_office(self) -> None:
        forget()
        store: Any = type(self).opened()
        if self.bug is not None:
            store = BrokenStore(store, self.bug.breaks)
        self.office = Office(store, site(timers=replace(site().timers, handling=HANDLING)))
        self.experts = {"ann", "bob"}
        self.agents: dict[str, Any] = {}
        self.ready: set[str] = set()
        self.owners: dict[str, str] = {}
        self.held: dict[str, datetime | None] = {}
        self.touched: dict[str, float] = {}
        self.seen: dict[str, Interaction] = {}
        self.seen_events: dict[str, int] = {}
        self.answers: list[tuple[str, Command, str, Interaction]] = []
        self.tickets: list[tuple[str, str, str]] = []
        for name in ("ann", "bob"):
            self.log_in(name)
            self.submit(priority=1, queue="claims")
        self.step()

    def teardown(self) -> None:
        if hasattr(self, "office"):
            for item in getattr(self, "owners", {}):
                self.happened.update(self.office.kinds(item))
            self.office.close()

    def items(self) -> list[str]:
        return list(self.owners)

    def made(self, what: str, item: Interaction) -> Command:
        return MAKERS[what](item, self.office.clock.now())

    @rule(priority=st.integers(0, 3), queue=st.sampled_from(["claims", "shelf", "requests"]))
    def submit(self, priority: int, queue: str) -> None:
        self.owners[self.office.submit(priority=priority, queue=queue)] = ""

    @rule(name=AGENTS)
    def log_in(self, name: str) -> None:
        agent: Any = self.office.log_in(name)
        if self.bug is not None and self.bug.change is not None:
            agent, sound = Part(agent), agent.items
            agent.items = BrokenItems(sound, self.bug.change)
        self.agents[name] = agent
        self.ready.add(name)

    @precondition(lambda self: self.agents)
    @rule(data=st.data(), state=st.sampled_from([Presence.READY, Presence.READY, Presence.NOT_READY, Presence.DND]))
    def set_state(self, data: st.DataObject, state: Presence) -> None:
        """Somebody is ready or not, and work comes."""
        name = data.draw(st.sampled_from(sorted(self.agents)))
        self.agents[name].presence.set_state(state)
        self.ready = self.ready | {name} if state is Presence.READY else self.ready - {name}
        self.work_comes()

    @precondition(lambda self: self.agents)
    @rule(data=st.data())
    def log_off(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.agents)))
        try:
            self.agents[name].presence.log_off()
        except ItemsOpen:
            need("I1", name in self.owners.values(), f"{name} has nothing open and may not log off")
            return
        need("I1", name not in self.owners.values(), f"{name} has logged off with open items")
        self.gone(name)

    def gone(self, name: str) -> None:
        self.agents.pop(name)
        self.ready.discard(name)

    @rule(name=st.sampled_from(["ann", "bob"]), member=st.booleans())
    def regroup(self, name: str, member: bool) -> None:
        """Somebody comes to the experts or leaves them, and work comes."""
        self.experts = self.experts | {name} if member else self.experts - {name}
        skills = {"bob": {"Legal": 5}}
        people = (
            person(each, *(["experts"] if each in self.experts else []), skills=skills.get(each))
            for each in ("ann", "bob", "cid")
        )
        old = site()
        self.office.apply(
            replace(old, persons={each.name: each for each in people}, timers=replace(old.timers, handling=HANDLING))
        )
        self.work_comes()

    def work_comes(self) -> None:
        self.submit(0, "claims")
        self.step()

    @rule()
    def step(self) -> None:
        before = {item: self.office.item(item) for item in self.owners}
        self.office.step()
        self.settle()
        with self.office.engine.store.reading() as reader:
            loads = reader.items.loads()
        for item in self.owners:
            after = self.office.item(item)
            offer = after.offer
            if offer and offer.kind is OfferKind.ROUTING and before[item].offer != offer:
                need("I6", loads[offer.agent]["claim"] <= CAPACITY, f"{offer.agent} is offered more than allowed")
                need("I4", offer.agent in self.ready, f"{offer.agent} is offered an item and is not ready")
                need("I4", self.may_have(offer.agent, after), f"{offer.agent} is offered an item of the experts")
                need("I5", not after.is_held, f"{item} is held and was offered")

    def may_have(self, name: str, item: Interaction) -> bool:
        return name in self.experts or request_of(item) is not None

    @rule(seconds=st.sampled_from([1, 9, 31, 70, 210]))
    def advance(self, seconds: int) -> None:
        self.office.advance(seconds)
        self.settle()
        for item in self.owners:
            offer = self.office.item(item).offer
            need("I5", offer is None or offer.deadline > self.office.clock.now(), f"the offer of {item} is over")

    @rule(seconds=st.sampled_from([5, 31]))
    def sleep(self, seconds: int) -> None:
        """Time goes by and the dispatcher has not noticed yet; the desktops live."""
        self.office.clock.advance(seconds)
        for agent in self.agents.values():
            agent.presence.heartbeat()

    @precondition(lambda self: self.agents)
    @rule(data=st.data())
    def crash(self, data: st.DataObject) -> None:
        """A desktop dies; the others go on."""
        name = data.draw(st.sampled_from(sorted(self.agents)))
        self.gone(name)
        for _ in range(4):
            self.office.clock.advance(8)
            for agent in self.agents.values():
                agent.presence.heartbeat()
            self.office.step()
        self.settle(lost=name)
        with self.office.engine.store.reading() as reader:
            need("I5", reader.sessions.of_person(name) is None, f"the dead desktop of {name} was not noticed")

    def settle(self, lost: str = "") -> None:
        """The dispatcher has looked at the clock: what was not touched for too long has left its owner."""
        passed, now = self.office.clock.monotonic(), self.office.clock.now()
        for item, owner in self.owners.items():
            if owner and (owner == lost or self.touched[item] + HANDLING <= passed):
                self.owners[item] = ""
        self.held = {item: until for item, until in self.held.items() if until is None or until > now}

    @precondition(lambda self: self.agents and self.owners)
    @rule(data=st.data(), what=st.sampled_from(sorted(MAKERS)), with_key=st.booleans())
    def command(self, data: st.DataObject, what: str, with_key: bool) -> None:
        name = data.draw(st.sampled_from(sorted(self.agents)))
        self.carry_out(name, data.draw(st.sampled_from(self.items())), what, with_key=with_key)

    @precondition(lambda self: self.agents and self.owners)
    @rule(data=st.data(), item=st.integers(0, 3))
    def take(self, data: st.DataObject, item: int) -> None:
        """Anybody tries to get an item: accepts what is offered, to whomever, and pulls what rests."""
        name, chosen = data.draw(st.sampled_from(sorted(self.agents))), self.items()[item % len(self.owners)]
        self.carry_out(name, chosen, "pull" if self.office.item(chosen).offer is None else "accept", with_key=True)

    @rule()
    def accept_all(self) -> None:
        """The dispatcher looks, and everybody takes what is offered."""
        self.step()
        for item in self.items():
            offer = self.office.item(item).offer
            if offer is not None and offer.agent in self.agents:
                self.carry_out(offer.agent, item, "accept", with_key=True)

    @rule(steps=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(WORK), st.booleans()), min_size=1, max_size=6))
    def work(self, steps: list[tuple[int, str, bool]]) -> None:
        """Owners go on with their items, and now and then take back at once what they gave away."""
        for index, what, back in steps:
            owned = [item for item, owner in self.owners.items() if owner in self.agents]
            if not owned:
                self.submit(0, "claims")
                self.log_in("ann")
                self.accept_all()
                continue
            item = owned[index % len(owned)]
            owner = self.owners[item]
            if what == "hand over":
                self.hand_over(owner, item, back=back)
                continue
            self.carry_out(owner, item, what, with_key=True)
            if back:
                self.carry_out(owner, item, "reopen" if what == "done" else "pull", with_key=True)
            elif what == "hold a while":
                self.advance(70)

    def hand_over(self, owner: str, item: str, *, back: bool) -> None:
        """To a colleague, who is there and takes it unless it is taken back."""
        colleague = "bob" if owner == "ann" else "ann"
        if colleague not in self.agents:
            self.log_in(colleague)
        self.carry_out(owner, item, f"to {colleague}", with_key=True)
        self.carry_out(owner if back else colleague, item, "cancel" if back else "accept", with_key=True)

    def carry_out(self, name: str, item: str, what: str, *, with_key: bool) -> None:
        before = self.office.item(item)
        command = self.made(what, before)
        key = f"key-{len(self.answers)}" if with_key else ""
        legal = self.legal(command, before, name)
        after = None
        with suppress(WorkloomError):
            after = self.agents[name].items.execute(command, key=key)
        if after is None:
            need("I1", legal is not True, f"{command} of {name} was refused")
            need("I7", self.office.item(before.id) == before, f"{command} was refused and has changed the item")
            return
        need("I2", legal is not False, f"{command} of {name} was carried out")
        need("I7", after == self.office.item(before.id), f"{command} was answered otherwise than it was kept")
        self.note(name, command, after)
        if key:
            self.answers.append((name, command, key, after))

    def note(self, name: str, command: Command, after: Interaction) -> None:
        """Whose the item is by now."""
        item = after.id
        if isinstance(command, TAKES):
            self.owners[item] = name
        elif not isinstance(command, KEEPS) and after.offer is None and self.owners[item] == name:
            self.owners[item] = ""
        if isinstance(command, Accept | Reject):
            self.tickets.append((name, item, command.ticket))
        if isinstance(command, Hold):
            self.held[item] = command.until
        elif isinstance(command, (*TAKES, Resume, MarkDone)):
            self.held.pop(item, None)
        self.touched[item] = self.office.clock.monotonic()

    def legal(self, command: Command, item: Interaction, name: str) -> bool | None:
        """Whether the command must succeed (True) or must not (False), as far as the observer knows."""
        offer, mine = item.offer, self.owners[item.id] == name
        match command:
            case Accept():
                return offer is not None and offer.agent == name and offer.deadline > self.office.clock.now()
            case Pull():
                return item.state in RESTING
            case MarkDone():
                return (mine and offer is None) or item.state is State.IN_WORKBIN
            case Close():
                return mine and offer is None
            case Reopen():
                return item.is_finished
        return None if mine or not isinstance(command, Transfer) else False

    @precondition(lambda self: self.answers and self.agents)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """The answer was lost on its way, and the desktop asks again with the same key."""
        name, command, key, answer = data.draw(st.sampled_from(self.answers))
        if name in self.agents:
            before, again = self.office.item(command.item), None
            with suppress(WorkloomError):
                again = self.agents[name].items.execute(command, key=key)
            need("I3", again == answer, f"{key} was answered otherwise the second time")
            need("I3", self.office.item(command.item) == before, f"{key} was carried out twice")

    @precondition(lambda self: self.tickets)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        """Somebody who has answered an offer answers it once more."""
        name, item, ticket = data.draw(st.sampled_from(self.tickets))
        if name not in self.agents:
            return
        before = self.office.item(item)
        with suppress(WorkloomError):
            self.agents[name].items.execute(Accept(item=item, ticket=ticket))
        need("I2", self.office.item(item) == before, f"{name} has accepted {item} with the same ticket twice")

    @precondition(lambda self: self.agents and any(self.owners.values()))
    @rule(data=st.data(), what=st.sampled_from(["close", "done", "change", "to queue"]))
    def stale(self, data: st.DataObject, what: str) -> None:
        owned = [item for item, owner in self.owners.items() if owner in self.agents]
        if owned:
            item = self.office.item(data.draw(st.sampled_from(owned)))
            old = replace(self.made(what, item), fence=item.fence - 1 or 999)
            try:
                self.agents[item.assigned_to].items.execute(old)
            except Stale:
                return
            raise Broken("I2", f"{old} has an old fence and was carried out")

    @invariant()
    def every_item_is_in_one_place_with_one_owner(self) -> None:
        owners = getattr(self, "owners", {})
        if not owners:
            return
        with self.office.engine.store.reading() as reader:
            found = {item: (reader.items.get(item), reader.events.of_item(item)) for item in owners}
        for item, owner in owners.items():
            record, events = found[item]
            if record is None:
                raise Broken("I1", f"{item} is no row")
            need("I2", record.assigned_to == owner, f"{item} is with {record.assigned_to}, and {owner} has it")
            need("I1", (record.state is State.HANDLING) == bool(owner), f"{item} is {record.state}")
            need("I1", (record.state is State.IN_WORKBIN) <= bool(record.workbin), f"{item} is in no workbin")
            need("I1", record.workbin in ("", "team", "in-progress"), f"{item} is in the workbin {record.workbin}")
            need("I1", (record.state is State.OFFERED) <= (record.offer is not None), f"{item} is offered to nobody")
            need("I5", (record.state is State.HANDLING) <= (record.handling_until is not None), f"{item} has no end")
            need("I5", record.is_held == (item in self.held), f"{item} is held: {record.is_held}")
            compare_with_events(record, events)
            self.compare_with_last(record, len(events))

    def compare_with_last(self, record: Interaction, events: int) -> None:
        last, last_events = self.seen.get(record.id), self.seen_events.get(record.id, 0)
        if last is not None:
            changed_hands = (record.assigned_to, record.session) != (last.assigned_to, last.session)
            rises = record.fence > last.fence if changed_hands else record.fence >= last.fence
            need("I2", rises, f"the fence of {record.id} went from {last.fence} to {record.fence}")
            changed = replace(record, handling_until=None) != replace(last, handling_until=None)
            need("I7", changed <= (events > last_events), f"{record.id} has changed without an event")
            since = record.queue_since.get(last.queue)
            need("I5", since == last.queue_since.get(last.queue), f"{record.id} has lost its age")
        self.seen[record.id], self.seen_events[record.id] = record, events

"""The engine against a small model under a virtual clock: whatever happens in whatever order, the promises hold.

I1 an item is one row in one place; I2 one owner, whose changes raise the fence, and an old fence is refused; I3 done
once, and the same key gives the same answer; I6 routing keeps to capacity; I7 no record changes without an
event.
"""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from tests.contract.engine.office import Office, site
from workloom.domain.commands import (
    Accept,
    CancelTransfer,
    Close,
    Command,
    Hold,
    MarkDone,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    Reject,
    Reopen,
    Resume,
    SetProperties,
    Transfer,
)
from workloom.domain.errors import ItemsOpen, Stale, WorkloomError
from workloom.domain.interaction import Interaction, OfferKind, State
from workloom.domain.presence import Presence
from workloom.domain.targets import Target, TargetType
from workloom.services.backend import AgentServices

AGENTS = st.sampled_from(["ann", "bob", "cid"])
HANDLING = 200.0
CAPACITY = 2
RESTING = (State.QUEUED, State.IN_WORKBIN)
TAKES = (Accept, Pull, Reopen)
KEEPS = (SetProperties, CancelTransfer, Reject, Resume)

MAKERS: dict[str, Callable[[Interaction], Command]] = {
    "accept": lambda item: Accept(item=item.id, ticket=item.offer.ticket if item.offer else "none"),
    "reject": lambda item: Reject(item=item.id, ticket=item.offer.ticket if item.offer else "none"),
    "pull": lambda item: Pull(item=item.id),
    "close": lambda item: Close(item=item.id),
    "done": lambda item: MarkDone(item=item.id),
    "reopen": lambda item: Reopen(item=item.id),
    "to queue": lambda item: PlaceInQueue(item=item.id, queue="shelf"),
    "to workbin": lambda item: PlaceInWorkbin(item=item.id, workbin="team", owner="experts"),
    "to ann": lambda item: Transfer(item=item.id, target=Target(type=TargetType.AGENT, id="ann")),
    "to bob": lambda item: Transfer(item=item.id, target=Target(type=TargetType.AGENT, id="bob")),
    "to experts": lambda item: Transfer(item=item.id, target=Target(type=TargetType.GROUP, id="experts")),
    "to law": lambda item: Transfer(item=item.id, target=Target(type=TargetType.SKILL, id="Legal>=3")),
    "cancel": lambda item: CancelTransfer(item=item.id),
    "hold": lambda item: Hold(item=item.id),
    "resume": lambda item: Resume(item=item.id),
    "change": lambda item: SetProperties(item=item.id, changes={"Count": int(item.attached.get("Count", 0)) + 1}),
}


class EngineMachine(RuleBasedStateMachine):
    """The office, and beside it what an observer with pencil and paper would know."""

    @initialize()
    def open_the_office(self) -> None:
        self.office = Office(":memory:", site(timers=replace(site().timers, handling=HANDLING)))
        self.agents: dict[str, AgentServices] = {}
        self.owners: dict[str, str] = {}
        self.touched: dict[str, float] = {}
        self.seen: dict[str, Interaction] = {}
        self.seen_events: dict[str, int] = {}
        self.answers: list[tuple[str, Command, str, Interaction]] = []
        for name in ("ann", "bob"):
            self.log_in(name)
            self.submit(priority=1, queue="claims")
        self.office.step()

    def teardown(self) -> None:
        if hasattr(self, "office"):
            self.office.close()

    def items(self) -> list[str]:
        return list(self.owners)

    @rule(priority=st.integers(0, 3), queue=st.sampled_from(["claims", "shelf", "requests"]))
    def submit(self, priority: int, queue: str) -> None:
        self.owners[self.office.submit(priority=priority, queue=queue)] = ""

    @rule(name=AGENTS)
    def log_in(self, name: str) -> None:
        self.agents[name] = self.office.log_in(name)

    @precondition(lambda self: self.agents)
    @rule(data=st.data(), state=st.sampled_from([Presence.READY, Presence.READY, Presence.NOT_READY, Presence.DND]))
    def set_state(self, data: st.DataObject, state: Presence) -> None:
        self.agents[data.draw(st.sampled_from(sorted(self.agents)))].presence.set_state(state)

    @precondition(lambda self: self.agents)
    @rule(data=st.data())
    def log_off(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.agents)))
        if name in self.owners.values():
            with pytest.raises(ItemsOpen):
                self.agents[name].presence.log_off()
        else:
            self.agents.pop(name).presence.log_off()

    @rule()
    def step(self) -> None:
        before = {item: self.office.item(item) for item in self.owners}
        self.office.step()
        self.settle()
        with self.office.engine.store.reading() as reader:
            loads = reader.items.loads()
        for item in self.owners:
            offer = self.office.item(item).offer
            if offer and offer.kind is OfferKind.ROUTING and before[item].offer != offer:
                assert loads[offer.agent]["claim"] <= CAPACITY

    @rule(seconds=st.sampled_from([1, 9, 31, 70, 210]))
    def advance(self, seconds: int) -> None:
        self.office.advance(seconds)
        self.settle()
        for item in self.owners:
            offer = self.office.item(item).offer
            assert offer is None or offer.deadline > self.office.clock.now()

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
        self.agents.pop(name)
        for _ in range(4):
            self.office.clock.advance(8)
            for agent in self.agents.values():
                agent.presence.heartbeat()
            self.office.step()
        self.settle(lost=name)

    def settle(self, lost: str = "") -> None:
        """The dispatcher has looked at the clock: what was not touched for too long has left its owner."""
        now = self.office.clock.monotonic()
        for item, owner in self.owners.items():
            if owner and (owner == lost or self.touched[item] + HANDLING <= now):
                self.owners[item] = ""

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

    def carry_out(self, name: str, item: str, what: str, *, with_key: bool) -> None:
        before = self.office.item(item)
        command = MAKERS[what](before)
        key = f"key-{len(self.answers)}" if with_key else ""
        legal = self.legal(command, before, name)
        after = None
        with suppress(WorkloomError):
            after = self.agents[name].items.execute(command, key=key)
        if after is None:
            assert legal is not True, command
            assert self.office.item(before.id) == before
            return
        assert legal is not False
        assert after == self.office.item(before.id)
        if isinstance(command, TAKES):
            self.owners[before.id] = name
        elif not isinstance(command, KEEPS) and after.offer is None and self.owners[before.id] == name:
            self.owners[before.id] = ""
        self.touched[before.id] = self.office.clock.monotonic()
        if key:
            self.answers.append((name, command, key, after))

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
            before = self.office.item(command.item)
            assert self.agents[name].items.execute(command, key=key) == answer
            assert self.office.item(command.item) == before

    @precondition(lambda self: self.agents and any(self.owners.values()))
    @rule(data=st.data(), what=st.sampled_from(["close", "done", "change", "to queue"]))
    def stale(self, data: st.DataObject, what: str) -> None:
        owned = [item for item, owner in self.owners.items() if owner in self.agents]
        if owned:
            item = self.office.item(data.draw(st.sampled_from(owned)))
            old = replace(MAKERS[what](item), fence=item.fence - 1 or 999)
            with pytest.raises(Stale):
                self.agents[item.assigned_to].items.execute(old)

    @invariant()
    def every_item_is_in_one_place_with_one_owner(self) -> None:
        for item, owner in getattr(self, "owners", {}).items():
            record = self.office.item(item)
            assert record.assigned_to == owner
            assert (record.state is State.HANDLING) == bool(owner)
            assert (record.state is State.IN_WORKBIN) <= bool(record.workbin)
            assert (record.state is State.OFFERED) <= (record.offer is not None)
            kinds = self.office.kinds(item)
            assert kinds.count("done") - kinds.count("reopened") == int(record.is_finished)
            self.compare_with_last(record, len(kinds))

    def compare_with_last(self, record: Interaction, events: int) -> None:
        last, last_events = self.seen.get(record.id), self.seen_events.get(record.id, 0)
        if last is not None:
            assert record.fence >= last.fence
            changed_hands = (record.assigned_to, record.session) != (last.assigned_to, last.session)
            assert (record.fence > last.fence) >= changed_hands
            changed = replace(record, handling_until=None) != replace(last, handling_until=None)
            assert changed <= (events > last_events)
        self.seen[record.id], self.seen_events[record.id] = record, events


EngineMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
TestEngineMachine = EngineMachine.TestCase

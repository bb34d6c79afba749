"""What an agent does with an item: handles it for a while, then lets go of it in one of many ways."""

from collections.abc import Callable
from math import log
from random import Random
from typing import Final

from workloom.domain.commands import (
    AddNote,
    CancelTransfer,
    Close,
    Command,
    MarkDone,
    MarkRead,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    Reopen,
    SetDisposition,
    SetProperties,
    Transfer,
)
from workloom.domain.interaction import Interaction
from workloom.domain.pages import WorkbinQuery
from workloom.domain.targets import Target, TargetType
from workloom.simulation.centre import GROUPS, OUTCOMES, SHELF
from workloom.simulation.desk import Desk
from workloom.simulation.world import World

Soon = Callable[[float, Callable[[Desk], object]], None]
"""Plans something at the desk of the same session."""

_SPREAD: Final = 0.7
_MOST_AT_ONCE: Final = 2
"""Open items beyond which nobody looks for more work."""


class Work:
    """The hands of one agent. `handling`: for how many seconds an item is worked on; None = by the habits."""

    def __init__(
        self, world: World, name: str, random: Random, handling: Callable[[Interaction], float] | None = None
    ) -> None:
        self._handling = handling or self._by_habit
        self._world = world
        self._name = name
        self._random = random
        self._fences: dict[str, int] = {}  # as last seen, by item

    def begin(self, desk: Desk, item: Interaction, soon: Soon) -> None:
        """Work on an item that has come; some are forgotten until their time runs out."""
        habits = self._world.habits
        before = self._fences.get(item.id)
        self._fences[item.id] = item.fence
        if before is not None and before != item.fence:
            desk.late(item.id, before)
        if self._random.random() < habits.forgets:
            return
        seconds = self._handling(item)
        soon(seconds / 2, lambda desk: self._touch(desk, item))
        soon(seconds, lambda desk: self.let_go(desk, item.id, soon))

    def _by_habit(self, _item: Interaction) -> float:
        return self._random.lognormvariate(log(self._world.habits.handles) - _SPREAD**2 / 2, _SPREAD)

    def let_go(self, desk: Desk, item: str, soon: Soon) -> None:
        """Done, handed over, put aside or back."""
        if self._world.ledger.owner(item) != self._name:
            return
        fence = self._fences.get(item, 0)
        self._choose(desk, item, soon)
        if self._random.random() < self._world.habits.probes:
            soon(5 + self._random.random() * 300, lambda desk: desk.late(item, fence))

    def look(self, desk: Desk, soon: Soon) -> None:
        """Take something from a workbin of one's own, of the group or the desk, or from the queue without routing."""
        if len(desk.services.items.open_items()) >= _MOST_AT_ONCE:
            return
        found = self._find(desk)
        if not found:
            return
        after = desk.do(Pull(item=found))
        if after is not None:
            self.begin(desk, after, soon)

    def _find(self, desk: Desk) -> str:
        for node in desk.services.workbins.tree():
            if node.total:
                query = WorkbinQuery(workbin=node.workbin, owner=node.owner, limit=5)
                rows = desk.services.workbins.page(query).rows
                if rows:
                    chosen = self._random.choice(rows).item
                    if chosen.unread:
                        desk.do(MarkRead(item=chosen.id))
                    return chosen.id
        return next(self._world.ledger.resting_in(SHELF), "")

    def _touch(self, desk: Desk, item: Interaction) -> None:
        if self._world.ledger.owner(item.id) != self._name:
            return
        if self._random.random() < 0.5:
            desk.do(SetProperties(item=item.id, changes={"Amount": self._random.randrange(10_000)}))
        else:
            desk.do(AddNote(item=item.id, text="Called the customer."))

    def _choose(self, desk: Desk, item: str, soon: Soon) -> None:
        habits, chance = self._world.habits, self._random.random()
        for share, way in (
            (habits.done, self._done),
            (habits.transfers, self._transfer),
            (habits.shelves, self._shelve),
            (habits.requeues, self._requeue),
        ):
            if chance < share:
                way(desk, item, soon)
                return
            chance -= share
        desk.do(Close(item=item))

    def _done(self, desk: Desk, item: str, soon: Soon) -> None:
        desk.do(SetDisposition(item=item, value=self._random.choice(OUTCOMES)))
        desk.do(MarkDone(item=item, fence=self._fences.get(item, 0)))
        if self._random.random() < self._world.habits.reopens:
            soon(600 + self._random.random() * 3000, lambda desk: self._reopen(desk, item, soon))

    def _reopen(self, desk: Desk, item: str, soon: Soon) -> None:
        after = desk.do(Reopen(item=item))
        if after is not None:
            self.begin(desk, after, soon)

    def _transfer(self, desk: Desk, item: str, soon: Soon) -> None:
        target = self._target()
        after = desk.do(Transfer(item=item, target=target, note="Over to you."))
        if after is None:
            soon(30, lambda desk: self.let_go(desk, item, soon))
        elif after.offer is not None and self._random.random() < self._world.habits.cancels_transfer:
            soon(2, lambda desk: desk.do(CancelTransfer(item=item)))

    def _target(self) -> Target:
        if self._random.random() < 0.5:
            others = [name for name in self._world.site.persons if name != self._name]
            return Target(type=TargetType.AGENT, id=self._random.choice(others or [self._name]))
        return self._random.choice(
            (
                *(Target(type=TargetType.GROUP, id=group) for group in GROUPS),
                Target(type=TargetType.SKILL, id="Motor>=2"),
                Target(type=TargetType.SKILL, id="Household>=3 & Incidents>=1"),
                Target(type=TargetType.QUEUE, id=SHELF),
            )
        )

    def _shelve(self, desk: Desk, item: str, soon: Soon) -> None:
        workbin = self._random.choice(("in-progress", "waiting", "team", "desk"))
        self._or_close(desk, PlaceInWorkbin(item=item, workbin=workbin))

    def _requeue(self, desk: Desk, item: str, soon: Soon) -> None:
        record = self._world.record(item)
        queue = self._random.choice((SHELF, "hand-over", record.queue if record else SHELF))
        self._or_close(desk, PlaceInQueue(item=item, queue=queue))

    def _or_close(self, desk: Desk, command: Command) -> None:
        """A place that does not take the item is no reason to sit on it."""
        if desk.do(command) is None:
            desk.do(Close(item=command.item))

"""What is done to the centre, one fault after the other, by a seeded chance."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from threading import Event, Thread
from time import monotonic
from typing import Final

from tests.chaos.centre.cluster import Cluster, Program
from tests.chaos.centre.site import LEASE
from tests.server.postgres import NoPostgres

SHORTEST, LONGEST = 1.2, 2.5
"""Seconds between two faults."""

WORK: Final = 40
"""Operations between two faults, unless it takes too long."""

AHEAD, BEHIND = 0.1, 20.0
"""Share of what is wanted by which kills may be ahead of operations; seconds for which they then wait at most."""

PAUSE: Final = 1.6 * LEASE
KILLS: Final = ("kill desktop", "kill node", "kill postgres")


class Faults:
    """Breaks one thing after the other until told to stop; what it broke it also lets recover.

    `progress` tells the operations that were done and those that are wanted, `wanted` the kills. They come on together,
    so that a slow machine is not only broken.
    """

    def __init__(
        self,
        cluster: Cluster,
        desktops: list[Program],
        random: Random,
        progress: Callable[[], tuple[int, int]],
        wanted: int,
    ) -> None:
        self._cluster = cluster
        self._desktops = desktops
        self._random = random
        self._progress = progress
        self._wanted = wanted
        self._recovering: list[Thread] = []
        self.done: Counter[str] = Counter()
        self.problems: list[str] = []
        self.killed_nodes: list[datetime] = []

    @property
    def kills(self) -> int:
        """Processes that were killed."""
        return sum(self.done[name] for name in KILLS)

    def run(self, stopping: Event) -> None:
        """Until then."""
        kinds: list[tuple[int, str, Callable[[], None]]] = [
            (10, "kill desktop", self._kill_desktop),
            (7, "kill node", self._kill_node),
            (2, "kill postgres", self._kill_postgres),
            (2, "pause desktop", self._pause_desktop),
            (2, "pause node", self._pause_node),
            (2, "delay", self._delay),
            (2, "reset", self._reset),
            (2, "half-open", self._half_open),
            (2, "lose answers", self._lose_answers),
        ]
        weights = [weight for weight, _, _ in kinds]
        while not self._pause(stopping):
            _, name, fault = self._random.choices(kinds, weights)[0]
            self.done[name] += 1
            try:
                fault()
            except Exception as error:  # noqa: BLE001 - the chaos goes on, and the run fails at its end
                self.problems.append(f"{name}: {type(error).__name__}: {error}")

    def _pause(self, stopping: Event) -> bool:
        begin, (before, _) = monotonic(), self._progress()
        while not stopping.wait(SHORTEST):
            done, wanted = self._progress()
            long = monotonic() - begin
            ahead = min(1.0, self.kills / self._wanted) - min(1.0, done / wanted) > AHEAD
            if long > BEHIND or ((done - before >= WORK or long > LONGEST) and not ahead):
                return False
        return True

    def recover(self) -> None:
        """Wait until everything has come back."""
        for thread in self._recovering:
            thread.join(60.0)
        self._cluster.heal()
        for desktop in self._desktops:
            desktop.go_on()
            if not desktop.lives:
                desktop.start()
        for node in self._cluster.nodes:
            if not node.program.lives:
                node.restart()

    def _later(self, seconds: float, action: Callable[[], object]) -> None:
        def act() -> None:
            Event().wait(seconds)
            try:
                action()
            except Exception as error:  # noqa: BLE001 - as above
                self.problems.append(f"recovery: {type(error).__name__}: {error}")

        thread = Thread(target=act, daemon=True)
        thread.start()
        self._recovering = [*(each for each in self._recovering if each.is_alive()), thread]

    def _kill_desktop(self) -> None:
        desktop = self._random.choice(self._desktops)
        desktop.kill()
        desktop.start()

    def _kill_node(self) -> None:
        node = self._random.choice(self._cluster.nodes)
        if not node.serves:
            self.done["kill node"] -= 1  # it is on its way back
            return
        node.kill()
        self.killed_nodes.append(datetime.now(UTC))
        self._later(self._random.random(), node.restart)

    def _kill_postgres(self) -> None:
        self._cluster.postgres.kill()
        end = monotonic() + 30.0
        while True:
            try:
                self._cluster.postgres.start()
            except NoPostgres:  # what is left of the killed one holds its memory a moment longer
                if monotonic() > end:
                    raise
                Event().wait(0.2)
            else:
                return

    def _pause_desktop(self) -> None:
        desktop = self._random.choice(self._desktops)
        desktop.pause()
        self._later(PAUSE, desktop.go_on)

    def _pause_node(self) -> None:
        node = self._random.choice(self._cluster.nodes)
        node.program.pause()
        self._later(PAUSE, node.program.go_on)

    def _delay(self) -> None:
        proxy = self._random.choice(self._cluster.nodes).proxy
        assert proxy is not None
        proxy.delay = 0.3
        self._later(PAUSE, lambda: setattr(proxy, "delay", 0.0))

    def _reset(self) -> None:
        proxy = self._random.choice(self._cluster.nodes).proxy
        assert proxy is not None
        proxy.reset()

    def _half_open(self) -> None:
        proxy = self._random.choice(self._cluster.nodes).proxy
        assert proxy is not None
        proxy.half_open()
        self._later(PAUSE, proxy.heal)

    def _lose_answers(self) -> None:
        proxy = self._random.choice(self._cluster.nodes).proxy
        assert proxy is not None
        proxy.lose_answers = 3

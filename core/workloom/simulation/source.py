"""The source of work: items come by a seeded arrival process, through capture, and some are changed there later."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from math import cos, pi
from random import Random
from typing import Any, Final

from workloom.domain.capture_mapping import CaptureMapping, Source
from workloom.domain.capture_messages import Verb
from workloom.domain.errors import StorageError
from workloom.services.capture import Capture, point_of
from workloom.services.capture_ports import Row
from workloom.simulation.agenda import Agenda
from workloom.simulation.centre import GROUPS, POINT, ROUTED
from workloom.simulation.scenario import BEGIN, Scenario

MAPPING: Final = CaptureMapping(
    id="id",
    revision="revision",
    verb="verb",
    verbs={verb.value: verb for verb in Verb},
    fields={
        name: Source(column=name)
        for name in (
            *("subject", "priority", "queue", "media_type", "activation_at", "due_at"),
            *("requested_agent", "requested_group", "requested_skill"),
        )
    },
    attached={"Amount": Source(column="amount", number=True)},
)
_LATER: Final = (
    (0.05, Verb.UPDATE),
    (0.08, Verb.HOLD),
    (0.11, Verb.COMPLETE),
    (0.13, Verb.CANCEL),
    (0.15, Verb.RESTART),
)
"""Up to which share of all items this message follows, some time after the create."""


class ItemSource:
    """Sends messages as a business system would, one row at a time."""

    def __init__(self, capture: Capture, agenda: Agenda, scenario: Scenario) -> None:
        self._capture = capture
        self._agenda = agenda
        self._random = Random(f"{scenario.seed}/source")  # noqa: S311 - no secret
        self._agents = scenario.agents
        self._point = point_of(capture.site(), POINT)
        self._revision = 0
        self.sent = 0
        for number, instant in enumerate(arrivals(scenario, self._random)):
            agenda.at(instant, lambda number=number: self._create(f"W-{number + 1:06}"))  # type: ignore[misc]

    def _create(self, capture_id: str) -> None:
        random = self._random
        queue, media_type = ROUTED[random.choices(range(len(ROUTED)), (6, 2, 4, 3))[0]]
        row: dict[str, Any] = {
            "subject": f"Work {capture_id}",
            "priority": random.choice((0, 0, 0, 100, 500)),
            "queue": queue,
            "media_type": media_type,
            "amount": random.randrange(10_000),
            **self._wishes(),
        }
        if random.random() < 0.03:
            row["activation_at"] = (self._agenda.now + timedelta(seconds=random.randrange(60, 3600))).isoformat()
        self._send(capture_id, Verb.CREATE, row)
        self.sent += 1
        chance = random.random()
        verb = next((verb for share, verb in _LATER if chance < share), None)
        if verb is not None:
            self._follow(capture_id, verb)

    def _wishes(self) -> dict[str, str]:
        chance = self._random.random()
        if chance < 0.03:
            return {"requested_agent": f"agent-{self._random.randrange(self._agents) + 1:02}"}
        if chance < 0.05:
            return {"requested_group": self._random.choice(GROUPS)}
        return {"requested_skill": "Household>=4"} if chance < 0.06 else {}

    def _follow(self, capture_id: str, verb: Verb) -> None:
        """A later message; a hold ends by a resume, and a restart comes after a completion."""
        random, agenda = self._random, self._agenda
        delay = random.expovariate(1 / 900)
        row = {"amount": random.randrange(10_000), "priority": 1000} if verb is Verb.UPDATE else {}
        first = Verb.COMPLETE if verb is Verb.RESTART else verb
        agenda.after(delay, lambda: self._send(capture_id, first, row))
        second = {Verb.HOLD: Verb.RESUME, Verb.RESTART: Verb.RESTART}.get(verb)
        if second is not None:
            agenda.after(delay + 60 + random.expovariate(1 / 1200), lambda: self._send(capture_id, second, {}))

    def _send(self, capture_id: str, verb: Verb, values: Mapping[str, Any]) -> None:
        self._revision += 1
        row = {"id": capture_id, "revision": str(self._revision), "verb": verb.value, **values}
        self._capture.import_rows(OneRow(row), MAPPING, self._point, NoRejects())


class OneRow:
    """`capture_ports.Rows` with a single row."""

    columns: tuple[str, ...] | None = None
    progress = 1.0

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._row = row

    def __iter__(self) -> Iterator[Row]:
        yield Row(number=1, line=1, values=self._row)

    def close(self) -> None:
        """Nothing is open."""


class NoRejects:
    """The simulated source sends no bad rows."""

    def add(self, row: Row, reason: str) -> None:
        raise StorageError(f"The simulated source sent a row that cannot be used: {reason}")


def arrivals(scenario: Scenario, random: Random) -> list[datetime]:
    """Instants at which the items come: few at night, many in the middle of the day, some in bursts."""
    seconds = scenario.hours * 3600
    found: list[float] = []
    while len(found) < scenario.items:
        at = random.random() * seconds
        if random.random() > 0.55 - 0.45 * cos(2 * pi * at / seconds):
            continue
        burst = 1 if random.random() < 0.97 else 8
        found += [at] * min(burst, scenario.items - len(found))
    return [BEGIN + timedelta(milliseconds=round(at * 1000)) for at in sorted(found)]

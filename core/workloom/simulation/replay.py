"""Replays a real log of work: its people become agents at their times, its items come and take as long as they did.

Who gets which item is routing's decision: each activity is a queue, for those who have done it in the log.
"""

from datetime import datetime, timedelta
from typing import Final

from workloom.adapters.clock import VirtualClock
from workloom.domain.capture_messages import Verb
from workloom.domain.interaction import Interaction
from workloom.domain.site import (
    AgentGroup,
    AttributeValue,
    BusinessAttribute,
    Capacity,
    CapacityRule,
    CapturePoint,
    MediaType,
    Person,
    Place,
    Queue,
    Role,
    RoutingStep,
    Site,
    Strategy,
    Timers,
)
from workloom.services.capture import Capture, point_of
from workloom.simulation.agenda import Agenda
from workloom.simulation.agent import SimulatedAgent
from workloom.simulation.centre import OUTCOMES, POINT, privileges_of_agents
from workloom.simulation.report import Report
from workloom.simulation.run import Simulation, opened
from workloom.simulation.scenario import Habits, Replay
from workloom.simulation.source import MAPPING, NoRejects, OneRow
from workloom.simulation.statistics import spread
from workloom.simulation.work_log import LoggedWork, WorkLog
from workloom.simulation.world import SimulatedEngine

WORK: Final = "work"
_NEVER: Final = 1e9
STEADY: Final = Habits(
    answer=3.0, rejects=0.0, ignores=0.0, answers_late=0.0, forgets=0.0, done=1.0, transfers=0.0, shelves=0.0,
    requeues=0.0, reopens=0.0, retries=0.0, probes=0.0, looks=_NEVER, works_between_crashes=_NEVER,
    works_between_breaks=_NEVER, heartbeat=600.0,
)  # fmt: skip
"""People who do what the log says and nothing else."""


def replay(log: WorkLog, name: str, engine: SimulatedEngine, clock: VirtualClock) -> Report:
    """Replay on an empty engine whose clock stands at the beginning of the log."""
    world = opened(engine, clock, log_site(log, heartbeat=STEADY.heartbeat), STEADY)
    seconds = {str(work.number): work.seconds for work in log.works}

    def handling(item: Interaction) -> float:
        return seconds[item.external_id]

    source = LogSource(engine.capture, world.agenda, log)
    agents = {person: SimulatedAgent(world, person, 1, handling) for person in log.shifts}
    for person, agent in agents.items():
        for begin, end in log.shifts[person]:
            agent.plan_shift(begin, end, late=0.0)
    end = log.end + timedelta(minutes=10)
    scenario = Replay(
        log=name,
        agents=len(agents),
        items=len(log.works),
        hours=(end - log.begin).total_seconds() / 3600,
        waited=spread([(work.started - work.arrived).total_seconds() for work in log.works]),
        handled=spread([work.seconds for work in log.works]),
    )
    return Simulation(world, clock, agents, source).run(end, scenario)


class LogSource:
    """Sends each item of the log when it came there."""

    def __init__(self, capture: Capture, agenda: Agenda, log: WorkLog) -> None:
        self._capture = capture
        self._point = point_of(capture.site(), POINT)
        self.sent = 0
        for work in log.works:
            agenda.at(work.arrived, lambda work=work: self._create(work))  # type: ignore[misc]

    def _create(self, work: LoggedWork) -> None:
        row = {
            "id": str(work.number),
            "revision": "1",
            "verb": Verb.CREATE.value,
            "subject": f"{work.activity} of {work.case}",
            "priority": 0,
            "queue": work.activity,
            "media_type": WORK,
        }
        self._capture.import_rows(OneRow(row), MAPPING, self._point, NoRejects())
        self.sent += 1


def log_site(log: WorkLog, *, heartbeat: float) -> Site:
    """Everybody of the log, in the groups of the activities that they have done there; one item at a time."""
    activities = sorted({work.activity for work in log.works})
    did = {(work.resource, work.activity) for work in log.works}
    people = [
        Person(
            name=name,
            employee_id=name,
            groups=tuple(activity for activity in activities if (name, activity) in did),
            roles=("agent",),
            place=f"desk-{name}",
        )
        for name in log.shifts
    ]
    return Site(
        name="replayed",
        title="Replayed log",
        timers=Timers(heartbeat=heartbeat, lost_agent=2.5 * heartbeat),
        persons={person.name: person for person in people},
        groups={activity: AgentGroup(name=activity) for activity in activities},
        roles={"agent": Role(name="agent", privileges=privileges_of_agents())},
        media_types={WORK: MediaType(name=WORK, title="Work", singular="Item", handling_timeout=24 * 60)},
        places={person.place: Place(name=person.place) for person in people},
        capacity_rules={"one": CapacityRule(name="one", capacities=(Capacity(media_type=WORK, maximum=1),))},
        tenant_capacity_rule="one",
        strategies={
            activity: Strategy(name=activity, steps=(RoutingStep(groups=(activity,)),)) for activity in activities
        },
        queues={activity: Queue(name=activity, strategy=activity) for activity in activities},
        business_attributes={
            "outcomes": BusinessAttribute(
                name="outcomes", values=tuple(AttributeValue(name=outcome) for outcome in OUTCOMES)
            )
        },
        capture_points={POINT: CapturePoint(name=POINT)},
        application_options={
            "openmedia.workitem-channels": [WORK],
            "interaction.disposition.value-business-attribute": "outcomes",
        },
    )


def beginning(log: WorkLog) -> datetime:
    """Where the clock of a replay has to stand."""
    return log.begin - timedelta(seconds=1)

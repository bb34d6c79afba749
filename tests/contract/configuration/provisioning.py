"""The provisioning procedure as a site file whose steps can be left out one by one, on a real engine."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, CountedIds
from workloom.adapters.passwords import Argon2Passwords
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.core_options import core_catalogue
from workloom.domain.interaction import Interaction, State
from workloom.domain.presence import Presence
from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.services.backend import AgentServices
from workloom.services.site_files.reading import SiteFile, read_site

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
STEPS: Mapping[str, str] = MappingProxyType(
    {
        "base": """
[site]
title = "Provisioning"
demo-password = "demo"
[groups.Team]
[persons.lena]
employee-id = "1"
first-name = "Lena"
groups = ["Team"]
roles = ["Agent"]
capacity-rule = "standard"
""",
        "media type": """
[media-types.claim]
title = "Claims"
""",
        "capacity rule": """
[capacity-rules.standard.media-types]
claim = 1
""",
        "no capacity rule": """
[capacity-rules.standard]
""",
        "privileges": """
[roles.Agent]
privileges = ["Can Use WorkItem Channel"]
""",
        "no privileges": """
[roles.Agent]
privileges = ["Can Mark Done"]
""",
        "options": """
[options]
openmedia.workitem-channels = ["claim"]
""",
        "strategy": """
[strategies.team]
steps = [{ groups = ["Team"] }]
""",
        "no strategy": """
[strategies.team]
steps = [{ agents = [] , skill = "Rare>3" }]
""",
        "queue": """
[queues.claims]
strategy = "team"
""",
    }
)


def site_text(*, without: str = "") -> str:
    """The whole procedure, or all of it but one step (a negative of the step takes its place where it must)."""
    left_out = {"media type", "capacity rule"} if without == "media type" else {without}
    chosen = []
    for name, text in STEPS.items():
        if name.startswith("no "):
            if name.removeprefix("no ") in left_out:
                chosen.append(text)
        elif name not in left_out:
            chosen.append(text)
    return "".join(chosen)


def read(text: str) -> SiteFile:
    """A site file that can be used."""
    file = read_site(text.encode(), core_catalogue(), CORE_PRIVILEGES)
    assert not file.errors, file.errors
    return file


class Branch:
    """An engine with one person, a virtual clock, and a queue of claims."""

    def __init__(self, text: str) -> None:
        self.clock = VirtualClock(NOON)
        self.ids = CountedIds()
        self.engine: Engine = open_engine(
            ":memory:", clock=self.clock, ids=self.ids, randomness=Chance(1), hasher=Argon2Passwords(cheap=True)
        )
        self.apply(text)

    def apply(self, text: str) -> None:
        """Apply a site file."""
        file = read(text)
        self.engine.configuration.apply(file.site, file.passwords)

    def log_in(self, *, ready: bool = True, channels: bool = True) -> AgentServices:
        """Lena logs in on every channel that the login page shows, or on none."""
        plan = self.engine.backend.authenticate("lena", "demo")
        chosen = [choice.media_type for choice in plan.channels] if channels else []
        services = self.engine.backend.services(self.engine.backend.log_in(plan.ticket, channels=chosen))
        if not ready:
            services.presence.set_state(Presence.NOT_READY, reason="Lunch")
        return services

    def submit(self, name: str = "i1") -> None:
        """A claim comes to the queue."""
        now = self.clock.now()
        item = Interaction(
            id=name,
            tenant="default",
            media_type="claim",
            queue="claims",
            received_at=now,
            submitted_at=now,
            placed_at=now,
            queue_since={"claims": now},
        )
        with self.engine.store.transaction() as transaction:
            transaction.items.insert(item)

    def is_offered(self, name: str = "i1") -> bool:
        """Whether the claim is offered after a step of the dispatcher."""
        self.engine.dispatcher.step()
        with self.engine.store.reading() as reader:
            item = reader.items.get(name)
        assert item is not None
        return item.state is State.OFFERED

    def explained(self) -> tuple[str, str]:
        """The step that `explain agent` names for claims, and its words."""
        (answer,) = [answer for answer in self.engine.explainer.agent("lena") if answer.media_type == "claim"]
        return (answer.obstacle.step if answer.obstacle else ""), answer.text

    def close(self) -> None:
        """The end of the test."""
        self.engine.stop()

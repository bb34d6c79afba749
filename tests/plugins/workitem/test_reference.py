"""Each option and privilege that the reference chapter names makes a difference to what an agent can do.

A row of a table says what an agent does; it is done without and with the setting, and must come out otherwise. So an
option that is declared and that nobody reads fails here. How each works in detail stands in the tests of its feature.
"""

from collections.abc import Callable, Iterator, Mapping

import pytest
from msgspec import Struct
from msgspec.structs import replace

from workloom.bootstrap.catalogue import installed_options
from workloom.domain.commands import MarkDone, PlaceInWorkbin, Pull, Reject, SetDisposition, Transfer
from workloom.domain.errors import WorkloomError
from workloom.domain.interaction import Interaction
from workloom.domain.privileges import (
    MARK_DONE,
    ONE_STEP_TRANSFER,
    PULL_FROM_QUEUE,
    PULL_NOT_OWNED,
    PULL_SHARED,
    SET_DISPOSITION,
    USE_CHANNEL,
    USE_WORKBINS,
)
from workloom.domain.targets import Target, TargetType
from workloom.services.backend import AgentServices
from workloom.testing.office import PASSWORD, Office
from workloom.testing.sites import person, site, with_options, without_privileges
from workloom_workitem.offers import present

Does = Callable[[Office], object]


class Setting(Struct, frozen=True, kw_only=True):
    """What is set, beside what, and what an agent does."""

    name: str
    value: object
    does: Does
    beside: Mapping[str, object] = {}


def tried(act: Callable[[], object]) -> object:
    """What came of it, an error by its kind."""
    try:
        return act()
    except WorkloomError as error:
        return type(error).__name__


def channels(office: Office) -> object:
    """Which channels the login page offers, and how."""
    return office.engine.backend.authenticate("ann", PASSWORD).channels


def states(office: Office) -> object:
    """How the channels stand after the login."""
    ann = office.log_in("ann")
    return [(channel.media_type, channel.state) for channel in ann.presence.session().channels]


def offered(office: Office) -> tuple[AgentServices, str]:
    """An agent with an offer of a claim."""
    ann = office.log_in("ann", "claim")
    item = office.submit()
    office.step()
    return ann, item


def toast(office: Office) -> object:
    """How the toast is answered."""
    ann, item = offered(office)
    content = present(ann, ann.items.get(item), office.clock.now())
    return content.seconds_to_accept, content.can_reject


def rejects(office: Office) -> object:
    """Whether the agent may decline the offer."""
    ann, item = offered(office)
    offer = office.item(item).offer
    assert offer is not None
    return tried(lambda: ann.items.execute(Reject(item=item, ticket=offer.ticket)).state)


def handed(office: Office, target: Target) -> object:
    """Where a claim is after it was handed to a target."""
    ann, item = offered(office)
    office.log_in("bob", "claim", ready=False)
    office.accept(ann, item)

    def hand() -> object:
        after = ann.items.execute(Transfer(item=item, target=target))
        return after.state, after.queue, "IW_RoutingBasedTargetType" in after.attached

    return tried(hand)


def to_group(office: Office) -> object:
    """A group is reached by routing alone."""
    return handed(office, Target(type=TargetType.GROUP, id="experts"))


def to_agent(office: Office) -> object:
    """An agent is reached directly, or by routing."""
    return handed(office, Target(type=TargetType.AGENT, id="bob"))


def opened(office: Office, place: Callable[[Office, AgentServices], str], agent: str = "ann") -> object:
    """Whether an item in progress opens from the history."""
    services = office.log_in(agent, "claim")
    item = place(office, services)
    return tried(lambda: services.items.execute(Pull(item=item, from_history=True)).assigned_to)


def resting(office: Office, services: AgentServices) -> str:
    """In a queue that nothing reads."""
    del services
    return office.submit(queue="shelf")


def in_bin(workbin: str, owner: str) -> Callable[[Office, AgentServices], str]:
    """In somebody's workbin."""

    def place(office: Office, services: AgentServices) -> str:
        del services
        item = office.submit(queue="shelf", workbin=workbin, workbin_owner=owner)
        with office.engine.store.transaction() as transaction:
            before = transaction.items.get(item)
            assert before is not None
            transaction.items.save(resting_in(before), before=before)
        return item

    return place


def resting_in(item: Interaction) -> Interaction:
    """The item as it rests in its workbin."""
    from workloom.domain.interaction import State

    return replace(item, state=State.IN_WORKBIN)


def finishes(office: Office) -> object:
    """Whether the agent may finish an item."""
    ann, item = offered(office)
    office.accept(ann, item)
    return tried(lambda: ann.items.execute(MarkDone(item=item)).state)


def disposes(office: Office) -> object:
    """Whether the agent may say how an item ended."""
    ann, item = offered(office)
    office.accept(ann, item)
    return tried(lambda: ann.items.execute(SetDisposition(item=item, value="refused")).disposition)


def keeps(office: Office) -> object:
    """Whether the agent may put an item into a workbin."""
    ann, item = offered(office)
    office.accept(ann, item)
    return tried(lambda: ann.items.execute(PlaceInWorkbin(item=item, workbin="waiting", owner="ann")).workbin)


AUTOMATIC = {"claim.auto-answer": True}
OPENING = {"claim.pull-from-history-isenabled": True}
OPTIONS = (
    Setting(name="openmedia.workitem-channels", value=["fax"], does=channels),
    Setting(name="login.<mt>.can-unactivate-channel", value=False, does=channels),
    Setting(name="login.<mt>.is-auto-ready", value=False, does=states),
    Setting(name="<mt>.auto-answer", value=True, does=toast),
    Setting(name="<mt>.auto-answer", value=True, does=rejects),
    Setting(name="<mt>.auto-answer.timer", value=7, does=toast, beside=AUTOMATIC),
    Setting(name="<mt>.auto-answer.enable-reject", value=True, does=toast, beside=AUTOMATIC),
    Setting(name="<mt>.auto-answer.enable-reject", value=True, does=rejects, beside=AUTOMATIC),
    Setting(name="<mt>.pull-from-history-isenabled", value=True, does=lambda office: opened(office, resting)),
    Setting(name="intercommunication.<mt>.queue", value="shelf", does=to_group),
    Setting(name="intercommunication.<mt>.routing-based-targets", value=["Agent"], does=to_agent),
    Setting(
        name="intercommunication.<mt>.routing-based-actions",
        value=[],
        does=to_agent,
        beside={"intercommunication.claim.routing-based-targets": ["Agent"]},
    ),
)
PRIVILEGES = (
    Setting(name=USE_CHANNEL, value=None, does=channels),
    Setting(name=ONE_STEP_TRANSFER, value=None, does=to_agent),
    Setting(name=SET_DISPOSITION, value=None, does=disposes),
    Setting(name=MARK_DONE, value=None, does=finishes),
    Setting(name=USE_WORKBINS, value=None, does=keeps),
    Setting(name=PULL_FROM_QUEUE, value=None, does=lambda office: opened(office, resting), beside=OPENING),
    Setting(
        name=PULL_SHARED, value=None, does=lambda office: opened(office, in_bin("team", "experts")), beside=OPENING
    ),
    Setting(
        name=PULL_NOT_OWNED, value=None, does=lambda office: opened(office, in_bin("waiting", "cid")), beside=OPENING
    ),
)
NAMED_BY_THE_REFERENCE = {
    "openmedia.workitem-channels",
    "login.<mt>.can-unactivate-channel",
    "login.<mt>.is-auto-ready",
    "<mt>.auto-answer",
    "<mt>.auto-answer.timer",
    "<mt>.auto-answer.enable-reject",
    "<mt>.pull-from-history-isenabled",
    "intercommunication.<mt>.queue",
    "intercommunication.<mt>.routing-based-targets",
    "intercommunication.<mt>.routing-based-actions",
}


@pytest.fixture
def offices() -> Iterator[Callable[..., Office]]:
    """Opens offices with all installed options."""
    opened: list[Office] = []

    def open_(beside: Mapping[str, object]) -> Office:
        people = (person("ann", "experts"), person("bob", "experts"), person("cid"))
        made = Office(first_site=site(persons={one.name: one for one in people}), catalogue=installed_options())
        opened.append(made)
        made.change(with_options(beside))
        return made

    yield open_
    for office in opened:
        office.close()


@pytest.mark.parametrize("row", OPTIONS, ids=lambda row: f"{row.name}, {row.does.__name__}")
def test_each_option_of_the_reference_makes_a_difference(row: Setting, offices: Callable[..., Office]) -> None:
    usual, other = offices(row.beside), offices(row.beside)
    other.change(with_options({row.name.replace("<mt>", "claim"): row.value}))
    assert row.does(usual) != row.does(other)


@pytest.mark.parametrize("row", PRIVILEGES, ids=lambda row: row.name)
def test_each_privilege_of_the_reference_makes_a_difference(row: Setting, offices: Callable[..., Office]) -> None:
    usual, other = offices(row.beside), offices(row.beside)
    other.change(without_privileges(row.name))
    assert row.does(usual) != row.does(other)


def test_the_table_has_every_option_that_the_reference_names_and_all_are_declared() -> None:
    assert {row.name for row in OPTIONS} == NAMED_BY_THE_REFERENCE
    for name in NAMED_BY_THE_REFERENCE:
        assert installed_options().find(name.replace("<mt>", "claim")) is not None, name

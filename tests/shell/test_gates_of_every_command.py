"""Each command of an agent can be refused by a gate, and says itself what becomes of it when the gate fails."""

from collections.abc import Callable
from datetime import timedelta
from typing import get_args

import pytest

from workloom.api import (
    NOT_YET_THERE,
    Accept,
    AddNote,
    AssignContact,
    Attempt,
    CancelTransfer,
    Changed,
    Close,
    Command,
    Ended,
    Gate,
    GatedCommand,
    GateFails,
    Hold,
    MarkDone,
    MarkRead,
    PlaceInQueue,
    PlaceInWorkbin,
    Presence,
    Pull,
    Reject,
    Reopen,
    Resume,
    SetDisposition,
    SetProperties,
    SetReferences,
    Target,
    TargetType,
    Transfer,
    Vetoed,
    attach,
    instead,
    refuse,
    when_a_gate_fails,
)
from workloom.domain.commands import AgentCommand
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.office import MORNING

TO_BOB = Target(type=TargetType.AGENT, id="bob")
LATER = MORNING + timedelta(hours=5)


@pytest.fixture
def plugins_under_test() -> tuple[Candidate, ...]:
    """None but the built-in ones."""
    return ()


def put(
    agent: Agent, id_: str, before: Callable[[Attempt], object] | None, *what: GatedCommand, **more: object
) -> Callable[[], None]:
    """Let a gate stand, as a plugin `rules` would; returns its undo."""
    gate = Gate(id=f"rules.{id_}", before=before, commands=what, **more)  # type: ignore[arg-type]
    return agent.desk.registries.add_gate("rules", gate)


def carried_out(agent: Agent, command: Command) -> Changed:
    """What became of a command."""
    came: list[Changed] = []
    agent.desk.session.execute_all((command,), came.extend)
    agent.until("the answer", lambda: bool(came))
    return came[0]


def fails(_attempt: Attempt) -> None:
    """A rule with a mistake."""
    raise KeyError("amount")


class Prepared:
    """An item in the state that a command is for, and the command."""

    def __init__(self, office: Office, agent: Agent, kind: GatedCommand) -> None:
        self._office, self._agent = office, agent
        make: Callable[[], Command] = getattr(self, kind.name.lower())
        self.command = make()

    def _offered(self) -> str:
        item = self._office.submit()
        self._agent.toast()
        return item

    def _taken(self, *commands: Callable[[str], Command]) -> str:
        item = self._office.take(self._agent.services).id
        for command in commands:
            self._office.do(self._agent.services, command(item))
        return item

    def _ticket(self, item: str) -> str:
        offer = self._office.item(item).offer
        assert offer is not None
        return offer.ticket

    def accept(self) -> Command:
        item = self._offered()
        return Accept(item=item, ticket=self._ticket(item))

    def reject(self) -> Command:
        item = self._offered()
        return Reject(item=item, ticket=self._ticket(item))

    def pull(self) -> Command:
        return Pull(item=self._office.submit(queue="shelf"))

    def place_in_queue(self) -> Command:
        return PlaceInQueue(item=self._taken(), queue="shelf")

    def place_in_workbin(self) -> Command:
        return PlaceInWorkbin(item=self._taken(), workbin="waiting")

    def close(self) -> Command:
        return Close(item=self._taken())

    def transfer(self) -> Command:
        item = self._taken()
        self._office.log_in("bob")
        return Transfer(item=item, target=TO_BOB)

    def cancel_transfer(self) -> Command:
        command = self.transfer()
        self._office.do(self._agent.services, command)
        return CancelTransfer(item=command.item)

    def set_properties(self) -> Command:
        return SetProperties(item=self._taken(), changes={"Weight": 3})

    def set_references(self) -> Command:
        return SetReferences(item=self._taken(), external_id="4711")

    def set_disposition(self) -> Command:
        return SetDisposition(item=self._taken(), value="refused")

    def add_note(self) -> Command:
        return AddNote(item=self._taken(), text="Called back.")

    def assign_contact(self) -> Command:
        return AssignContact(item=self._taken(), contact=self._office.contact(FirstName="Eva"))

    def mark_read(self) -> Command:
        bob, item = self._office.log_in("bob"), self._office.submit(queue="shelf")
        self._office.do(bob, Pull(item=item))
        self._office.do(bob, PlaceInWorkbin(item=item, workbin="waiting", owner="ann"))
        return MarkRead(item=item)

    def mark_done(self) -> Command:
        return MarkDone(item=self._taken())

    def reopen(self) -> Command:
        return Reopen(item=self._taken(lambda item: MarkDone(item=item)))

    def hold(self) -> Command:
        return Hold(item=self._taken(lambda item: Close(item=item)), until=LATER)

    def resume(self) -> Command:
        return Resume(item=self._taken(lambda item: Close(item=item), lambda item: Hold(item=item, until=LATER)))


OF_ITEMS = [kind for kind in GatedCommand if kind not in (GatedCommand.SET_STATE, GatedCommand.LOG_OFF)]


def test_a_gate_can_stand_before_each_command_of_an_agent() -> None:
    assert {kind.value for kind in OF_ITEMS} == {kind.__name__ for kind in get_args(AgentCommand)}


@pytest.mark.parametrize("kind", OF_ITEMS)
def test_a_refused_command_changes_nothing_and_each_says_whether_a_gate_that_fails_blocks_it(
    office: Office, agent: Agent, desktop: HeadlessDesktop, kind: GatedCommand
) -> None:
    command = Prepared(office, agent, kind).command
    before = office.events(command.item)
    take_away = put(agent, "no", lambda _attempt: refuse("Ask the lead first."), kind)
    agent.desk.session.execute(command)
    agent.notice("Ask the lead first. Required by rules.")
    assert office.events(command.item) == before
    take_away()

    put(agent, "amount", fails, kind, title="Amount")
    answer = carried_out(agent, command)
    if when_a_gate_fails(kind) is GateFails.BLOCK:
        assert isinstance(answer.error, Vetoed)
        assert office.events(command.item) == before
    else:
        assert answer.error is None
        assert len(office.events(command.item)) > len(before)
        assert "The check “Amount” of rules could not be made." in agent.notice("Not checked").text
    assert [(fault.plugin, fault.where) for fault in desktop.faults()] == [("rules", "gate rules.amount")]


def test_what_leaves_the_hands_of_an_agent_for_good_is_blocked_and_nothing_else() -> None:
    blocked = {kind for kind in GatedCommand if when_a_gate_fails(kind) is GateFails.BLOCK}
    assert blocked == {GatedCommand.MARK_DONE, GatedCommand.TRANSFER}
    assert when_a_gate_fails(None) is GateFails.PASS


def test_a_change_of_state_and_the_log_off_pass_a_gate_that_fails(agent: Agent) -> None:
    put(agent, "amount", fails, GatedCommand.SET_STATE, GatedCommand.LOG_OFF)
    agent.desk.set_state(Presence.NOT_READY)
    agent.wait_for("You are not ready on any channel.")
    agent.log_off()


@pytest.mark.parametrize("kind", [kind for kind in OF_ITEMS if kind in NOT_YET_THERE])
def test_data_cannot_be_attached_before_the_item_is_with_the_agent_and_the_command_is_carried_out(
    office: Office, agent: Agent, desktop: HeadlessDesktop, kind: GatedCommand
) -> None:
    command = Prepared(office, agent, kind).command
    put(agent, "attach", lambda _attempt: attach({"By": "Ann"}), kind)
    assert carried_out(agent, command).error is None
    agent.notice("Not checked")
    (fault,) = desktop.faults()
    assert f"the item is not with the agent before {kind}; attach the data in “after”" in fault.said


def test_what_is_carried_out_instead_passes_gates_of_its_own_which_hear_of_it(office: Office, agent: Agent) -> None:
    told: dict[str, tuple[str, Ended]] = {}

    def hears(name: str) -> Callable[[Attempt, Ended], None]:
        return lambda attempt, ended: told.__setitem__(name, (str(attempt.what), ended))

    close, place, queue = GatedCommand.CLOSE, GatedCommand.PLACE_IN_WORKBIN, GatedCommand.PLACE_IN_QUEUE
    item = office.take(agent.services).id
    to_workbin, to_queue = PlaceInWorkbin(item=item, workbin="waiting"), PlaceInQueue(item=item, queue="shelf")
    put(agent, "close", lambda _attempt: instead(to_workbin), close, after=hears("close"))
    put(agent, "place", lambda _attempt: instead(to_queue), place, after=hears("place"))
    put(agent, "queue", lambda _attempt: attach({"kept": 1}), queue, after=hears("queue"))
    answer = carried_out(agent, Close(item=item))
    assert (answer.command, answer.error) == (to_queue, None)
    assert (office.item(item).queue, office.item(item).attached["kept"]) == ("shelf", 1)
    agent.until("all to be told", lambda: len(told) == 3)
    assert {name: (what, ended.instead) for name, (what, ended) in told.items()} == {
        "close": ("Close", to_queue),
        "place": ("PlaceInWorkbin", to_queue),
        "queue": ("PlaceInQueue", None),
    }


def test_gates_that_put_each_others_commands_in_place_come_to_an_end(office: Office, agent: Agent) -> None:
    item = office.take(agent.services).id
    to_workbin = PlaceInWorkbin(item=item, workbin="waiting")
    put(agent, "close", lambda _attempt: instead(to_workbin), GatedCommand.CLOSE)
    put(agent, "place", lambda _attempt: instead(Close(item=item)), GatedCommand.PLACE_IN_WORKBIN)
    assert carried_out(agent, Close(item=item)).command == Close(item=item)
    put(agent, "again", lambda _attempt: refuse("No."), GatedCommand.CLOSE, order=900)
    assert isinstance(carried_out(agent, Close(item=office.take(agent.services).id)).error, Vetoed)


def test_a_command_that_no_desktop_knows_is_a_fault_of_the_gate_that_wants_it_instead(
    office: Office, agent: Agent, desktop: HeadlessDesktop
) -> None:
    class Own(Command, frozen=True, kw_only=True):
        """A command of the plugin's own."""

    item = office.take(agent.services).id
    put(agent, "own", lambda _attempt: instead(Own(item=item)), GatedCommand.CLOSE)
    assert carried_out(agent, Close(item=item)).command == Close(item=item)
    (fault,) = desktop.faults()
    assert "expected a command of GatedCommand instead, found Own" in fault.said

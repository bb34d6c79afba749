"""What a plugin has asked for is let go once it is done, not with what comes next: so a stopped plugin goes whole."""

import gc
from weakref import ref

from tests.shell.driving import Driver
from tests.shell.test_desk import accept, ready
from workloom.api import AddNote, Attempt, Changed, Command, Gate, GatedCommand
from workloom.domain.interaction import Interaction
from workloom.shell.desk import AgentDesk


class Asker:
    """A part of a plugin."""

    def __init__(self) -> None:
        self.answered = False

    def take(self, _item: Interaction) -> None:
        """The change is done."""
        self.answered = True

    def before(self, _attempt: Attempt) -> None:
        """The gate lets everything pass."""


def test_a_gate_that_has_answered_is_not_kept_for_the_rest_of_its_time(driver: Driver) -> None:
    gone = passed_a_gate(driver)
    driver.wait(lambda: gc.collect() >= 0 and gone() is None)


def test_who_has_asked_for_a_change_is_not_kept_until_the_next_one(driver: Driver) -> None:
    gone = asked_for_a_change(driver)
    driver.wait(lambda: gc.collect() >= 0 and gone() is None)


def passed_a_gate(driver: Driver) -> "ref[Asker]":
    """Carry out a change past a gate, which then goes; whose gate it was."""
    command = note_on_an_item(driver)
    desk, asker, came = desk_of(driver), Asker(), list[Changed]()
    gate = Gate(id="rules.gate", before=asker.before, commands=(GatedCommand.ADD_NOTE,), seconds=600)
    undo = desk.registries.add_gate("rules", gate)
    desk.session.execute_all([command], came.extend)
    driver.wait(lambda: came)
    undo()
    return ref(asker)


def asked_for_a_change(driver: Driver) -> "ref[Asker]":
    """Ask for a change and wait for it; who has asked."""
    command, asker = note_on_an_item(driver), Asker()
    desk_of(driver).session.execute(command, asker.take)
    driver.wait(lambda: asker.answered)
    return ref(asker)


def note_on_an_item(driver: Driver) -> Command:
    """A change that can be asked for, of the item that the agent has open from now on."""
    return AddNote(item=accept(driver, ready(driver)), text="Called back.")


def desk_of(driver: Driver) -> AgentDesk:
    """The desk of the agent who has logged in."""
    assert driver.window.desk is not None
    return driver.window.desk

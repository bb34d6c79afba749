"""Carries out what the gates let pass, and tells them what has become of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar, cast
from uuid import uuid4

from workloom.api.context import Changed
from workloom.api.gates import Attempt, Ended
from workloom.api.services import Services
from workloom.domain.commands import AgentCommand, Command, SetProperties
from workloom.domain.errors import WorkloomError
from workloom.domain.interaction import Interaction
from workloom.shell.gates.passing import Keeper, Passing, attempt_of
from workloom.shell.kept_changes import Carrying, Step

Result = TypeVar("Result")


class Start(Protocol):
    """Starts a change after those that were asked before, and names it while it waits."""

    def __call__(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[WorkloomError], None],
        /,
    ) -> None:
        """`then` or `failed` is called on the UI thread while the agent is there."""
        ...


def carry_out(
    keeper: Keeper,
    services: Services,
    commands: Sequence[Command],
    start: Callable[[Command], Start],
    then: Callable[[Sequence[Changed]], None],
) -> None:
    """Carry out those of the commands that pass, each as a change of its own; `then` gets one answer for each.

    `start(command)` starts the change for a command.
    """

    def passed(passings: Sequence[Passing]) -> None:
        answers: dict[int, Changed] = {}

        def answered(number: int, answer: Changed) -> None:
            answers[number] = answer
            if passings[number].stopped is None:
                keeper.told(passings[number], Ended(item=answer.item, error=answer.error))
            if len(answers) == len(passings):
                then([answers[each] for each in sorted(answers)])

        for number, passing in enumerate(passings):
            command = passing.command
            assert command is not None, "attempts of commands have one"
            if passing.stopped is not None:
                answered(number, Changed(command=command, error=passing.stopped))
                continue
            came, went_wrong = partial(_came, answered, number, command), partial(_failed, answered, number, command)
            start(command)(Carrying(services, _steps(command, passing)), came, went_wrong)

    keeper.pass_all([attempt_of(command) for command in commands], passed)


def do_if_let(
    keeper: Keeper,
    attempt: Attempt,
    start: Callable[[Callable[[], None], Callable[[WorkloomError], None]], None],
    failed: Callable[[WorkloomError], None],
) -> None:
    """Call `start(done, not_done)` when the attempt passes; it calls one of the two. `failed` hears what refuses."""

    def passed(passings: Sequence[Passing]) -> None:
        passing = passings[0]
        if passing.stopped is not None:
            failed(passing.stopped)
            return

        def not_done(error: WorkloomError) -> None:
            keeper.told(passing, Ended(error=error))
            failed(error)

        start(lambda: keeper.told(passing, Ended()), not_done)

    keeper.pass_all((attempt,), passed)


def _steps(command: Command, passing: Passing) -> Sequence[Step]:
    """The data that gates attach, then the command; under keys of their own, since it may be tried more than once."""
    attached = [SetProperties(item=command.item, changes=dict(passing.attach))] if passing.attach else []
    return [Step(command=cast("AgentCommand", each), key=uuid4().hex) for each in (*attached, command)]


def _came(answered: Callable[[int, Changed], None], number: int, command: Command, item: Interaction) -> None:
    answered(number, Changed(command=command, item=item))


def _failed(answered: Callable[[int, Changed], None], number: int, command: Command, error: WorkloomError) -> None:
    answered(number, Changed(command=command, error=error))

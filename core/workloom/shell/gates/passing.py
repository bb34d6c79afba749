"""One attempt on its way through the gates, and what they have said of it so far. No Qt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import NoneType
from typing import Final, Protocol

from workloom.api.gates import NOT_YET_THERE, Attempt, Ended, GatedCommand, Question, Verdict
from workloom.domain.commands import AgentCommand, Command
from workloom.domain.errors import CalledOff, WorkloomError
from workloom.domain.interaction import Value
from workloom.domain.pages import ItemRow
from workloom.shell.words import say, word

_FIELDS: Final[Mapping[str, tuple[type, ...]]] = {
    "refused": (str,),
    "question": (Question, NoneType),
    "attach": (Mapping,),
    "instead": (Command, NoneType),
}
NOT_GONE_ON = word("You chose not to go on. Nothing was changed.")


class Passing:
    """`stopped`: why the attempt is over. `attach`: data that its items get before. `other`: what passes in its place.

    `heard`: gates that have put a command in the place of another one on this way. Each is heard once, so that two
    which name each other's commands come to an end.
    """

    def __init__(self, attempt: Attempt, heard: frozenset[str] = frozenset()) -> None:
        self.attempt = attempt
        self.stopped: WorkloomError | None = None
        self.questions: list[Question] = []
        self.attach: dict[str, Value] = {}
        self.other: Passing | None = None
        self._heard = heard

    @property
    def command(self) -> Command | None:
        """The command that is to be carried out."""
        return self.other.command if self.other is not None else self.attempt.command

    def take(self, gate: str, verdict: Verdict) -> None:
        """Remember what a gate says that lets pass."""
        if verdict.question is not None:
            self.questions.append(verdict.question)
        self.attach |= verdict.attach
        if verdict.instead is not None and self.other is None and gate not in self._heard:
            self.other = Passing(attempt_of(verdict.instead), self._heard | {gate})

    def join(self) -> None:
        """Take over what was said of the one in its place."""
        if self.other is not None:
            self.stopped = self.other.stopped
            self.questions += self.other.questions
            self.attach |= self.other.attach


class Keeper(Protocol):
    """Whom the session asks before it carries anything out."""

    def pass_all(self, attempts: Sequence[Attempt], then: Callable[[Sequence[Passing]], None]) -> None:
        """Call `then` on the UI thread with one passing for each attempt, at once where no gate stands."""
        ...

    def told(self, passing: Passing, ended: Ended) -> None:
        """Say what has become of an attempt that passed."""
        ...


class Open:
    """Lets everything pass: no plugin runs."""

    def pass_all(self, attempts: Sequence[Attempt], then: Callable[[Sequence[Passing]], None]) -> None:
        """Go on at once."""
        then([Passing(attempt) for attempt in attempts])

    def told(self, passing: Passing, ended: Ended) -> None:
        """Nobody wants to know."""


def attempt_of(command: Command) -> Attempt:
    """The attempt to carry out a command of an item."""
    return Attempt(what=GatedCommand(type(command).__name__), command=command)


def unfit(verdict: Verdict, attempt: Attempt) -> str:
    """What is wrong with what a gate has answered; empty = nothing."""
    for field, kinds in _FIELDS.items():
        value = getattr(verdict, field)
        if not isinstance(value, kinds):
            return f"expected a Verdict with “{field}” of its type, found an object of type {type(value).__name__}"
    if verdict.instead is not None and attempt.command is None:
        return "only a command of an item can have another one instead"
    if verdict.instead is not None and not isinstance(verdict.instead, AgentCommand):
        return f"expected a command of GatedCommand instead, found {type(verdict.instead).__name__}"
    if verdict.attach and not attempt.rows:
        return "there is no item to attach data to"
    if verdict.attach and attempt.what in NOT_YET_THERE:
        return f"the item is not with the agent before {attempt.what}; attach the data in “after”, by SetProperties"
    return ""


def ask_agent(
    passings: Iterable[Passing], asked: Callable[[Question], bool], named: Callable[[Sequence[ItemRow]], str]
) -> None:
    """Put each question once, about all items of which a gate has it; what the agent does not want is called off."""
    going = [passing for passing in passings if passing.stopped is None]
    for question in dict.fromkeys(question for passing in going for question in passing.questions):
        about = [passing for passing in going if question in passing.questions and passing.stopped is None]
        rows = [row for passing in about for row in passing.attempt.rows]
        if about and not asked(_about(question, named(rows))):
            for passing in about:
                passing.stopped = CalledOff(say(NOT_GONE_ON))


def _about(question: Question, items: str) -> Question:
    title, text = (part.replace("{items}", items) for part in (question.title, question.text))
    return Question(title=title, text=text, verb=question.verb, danger=question.danger)

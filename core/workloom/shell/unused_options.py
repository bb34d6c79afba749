"""Settings of options that are not used: told to the agent, who can hand them to the administrator."""

from collections.abc import Sequence

from PyQt6.QtGui import QGuiApplication

from workloom.api.contributions import Notice, Tone
from workloom.domain.options import OptionProblem
from workloom.shell.notices.board import NoticeBoard
from workloom.shell.words import say, say_count


class UnusedOptions:
    """Tells each when it is found, all under the bell, and a value that does not fit as a card, one for all of them.

    An option that nobody declares gets no card: with a plugin off, those of the plugin are such ones.
    """

    def __init__(self, board: NoticeBoard) -> None:
        self._board = board
        self._known: frozenset[OptionProblem] = frozenset()

    def tell(self, problems: Sequence[OptionProblem]) -> None:
        """These there are now; what was among them before was told."""
        found = [problem for problem in problems if problem not in self._known]
        self._known = frozenset(problems)
        shown = next((problem for problem in found if problem.in_use), None)
        for problem in found:
            if problem is not shown:
                self._board.log.add(_notice(problem))
        if shown is not None:
            self._board.show(_notice(shown, found))


def _notice(problem: OptionProblem, found: Sequence[OptionProblem] = ()) -> Notice:
    """`found`: all that are told now; with them the notice has a button that copies them."""
    unknown = say("An option is set that is not known")
    return Notice(
        title=say("An option has a value that does not fit") if problem.in_use else unknown,
        text=_others(len(found) - 1),
        facts=_facts(problem),
        tone=Tone.WARNING,
        action=say("Copy for administrator") if found else "",
        run=(lambda: _copy(found)) if found else None,
        about=f"option:{problem.option}",
    )


def _facts(problem: OptionProblem) -> tuple[tuple[str, str], ...]:
    facts = (
        (say("Option"), problem.option),
        (say("Set by"), problem.layer),
        (say("Found"), f"“{problem.found}”"),
        (say("Expected"), problem.expected),
        (say("In use"), problem.in_use),
    )
    return tuple(fact for fact in facts if fact[1])


def _others(number: int) -> str:
    if number < 1:
        return ""
    return say_count(
        number,
        "{count} more setting is not used. It stands under the bell.",
        "{count:,} more settings are not used. They stand under the bell.",
    )


def _copy(found: Sequence[OptionProblem]) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None:
        told = ("\n".join(f"{label}: {value}" for label, value in _facts(problem)) for problem in found)
        clipboard.setText("\n\n".join(told))

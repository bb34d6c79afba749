"""Reads of the same thing come back in the order in which they were asked, however fast they are asked."""

from collections.abc import Callable
from functools import partial
from typing import Any

from workloom.api import ReadInTurn
from workloom.domain.errors import Refused, WorkloomError


class Background:
    """The part of a context that reads: it does the work when a test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def read(
        self,
        function: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[WorkloomError], None] | None = None,
    ) -> None:
        """Remember it."""

        def work() -> None:
            try:
                result = function()
            except WorkloomError as error:
                if failed is not None:
                    failed(error)
            else:
                then(result)

        self.waiting.append(work)

    def work(self) -> None:
        """Do what waits, one after the other."""
        while self.waiting:
            self.waiting.pop(0)()


def not_foreseen(error: WorkloomError) -> None:
    raise error


def refuse() -> str:
    raise Refused("Not now.")


def test_many_questions_cost_two_reads_and_the_last_answer_is_the_newest() -> None:
    background, heard, asked = Background(), list[int](), list[int]()
    reading: ReadInTurn[int] = ReadInTurn(background, heard.append, not_foreseen)  # type: ignore[arg-type]

    def look(number: int) -> int:
        asked.append(number)
        return number

    for number in range(9):
        reading.ask(partial(look, number))
    background.work()
    assert (asked, heard) == ([0, 8], [0, 8])


def test_after_an_error_it_goes_on() -> None:
    background, heard, errors = Background(), list[str](), list[str]()
    reading: ReadInTurn[str] = ReadInTurn(background, heard.append, lambda error: errors.append(str(error)))  # type: ignore[arg-type]
    reading.ask(refuse)
    reading.ask(lambda: "there")
    background.work()
    assert (errors, heard) == (["Not now."], ["there"])


def test_what_is_forgotten_is_not_read_and_a_stopped_one_says_nothing() -> None:
    background, heard = Background(), list[str]()
    reading: ReadInTurn[str] = ReadInTurn(background, heard.append, not_foreseen)  # type: ignore[arg-type]
    reading.ask(lambda: "first")
    reading.ask(lambda: "second")
    reading.forget()
    background.work()
    assert heard == ["first"]
    reading.ask(lambda: "third")
    reading.stop()
    background.work()
    assert heard == ["first"]

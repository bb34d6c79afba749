"""Asks the gates before anything is carried out, each under the guard, on the thread that it wants and in its time."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace
from PyQt6.QtCore import QObject

from workloom.api.contributions import Notice, Tone
from workloom.api.gates import Attempt, Ended, Gate, GatedCommand, GateFails, Question, Verdict, when_a_gate_fails
from workloom.api.plugins import Guard
from workloom.domain.errors import Disconnected, Vetoed, WorkloomError
from workloom.domain.pages import ItemRow
from workloom.domain.wording import count
from workloom.shell.gates.asking import Asking
from workloom.shell.gates.passing import Passing, ask_agent, unfit
from workloom.shell.registries.contributed import Contributed
from workloom.shell.registries.contributions import Registries
from workloom.shell.session import AgentSession
from workloom.shell.words import say


class Gatekeeper:
    """`confirm(question)` asks the agent, `tell(notice)` tells; `name_of(plugin)` is what people call a plugin."""

    def __init__(
        self,
        session: AgentSession,
        registries: Registries,
        guard: Guard,
        *,
        owner: QObject,
        confirm: Callable[[Question], bool],
        tell: Callable[[Notice], None],
        name_of: Callable[[str], str],
    ) -> None:
        self._session, self._registries, self._guard = session, registries, guard
        self._owner, self._confirm, self._tell, self._name_of = owner, confirm, tell, name_of

    def pass_all(self, attempts: Sequence[Attempt], then: Callable[[Sequence[Passing]], None]) -> None:
        """Call `then` with one passing for each attempt, at once where no gate stands."""
        passings = [Passing(attempt) for attempt in attempts]
        self._pass(passings, partial(self._decide, passings, then))

    def told(self, passing: Passing, ended: Ended) -> None:
        """Tell the gates behind a command what has become of it, and those behind the one carried out in its place."""
        here = ended if passing.other is None else replace(ended, instead=passing.command)
        for entry in self._registries.gates(passing.attempt):
            after = entry.what.after
            if after is None:
                continue
            what, seconds = f"gate {entry.what.id}", float(entry.what.seconds)
            call = partial(self._guard.call, entry.plugin, what, after, passing.attempt, here, seconds=seconds)
            if entry.what.on_ui_thread:
                call()
            else:
                self._session.apart(call, lambda _none: None, lambda _error: None)
        if passing.other is not None:
            self.told(passing.other, ended)

    def _pass(self, passings: Sequence[Passing], done: Callable[[], None]) -> None:
        """Ask all gates that stand before any of the attempts."""
        entries = {entry.what.id: entry for passing in passings for entry in self._registries.gates(passing.attempt)}
        before = [entry for entry in entries.values() if entry.what.before is not None]
        if not before:
            done()
            return
        before.sort(key=lambda entry: (entry.what.order, entry.what.id))
        self._session.read(partial(self._rows, passings), partial(self._begin, passings, before, done))

    def _decide(self, passings: Sequence[Passing], then: Callable[[Sequence[Passing]], None]) -> None:
        """When all gates were asked, the agent is."""

        def over() -> None:
            ask_agent(passings, self._confirm, self._named)
            then(passings)

        self._pass_others(passings, over)

    def _pass_others(self, passings: Sequence[Passing], done: Callable[[], None]) -> None:
        """What has another command in its place passes the gates of that one, and so on."""
        replaced = [passing for passing in passings if passing.stopped is None and passing.other is not None]
        others = [passing.other for passing in replaced if passing.other is not None]
        if not others:
            done()
            return

        def over() -> None:
            for passing in replaced:
                passing.join()
            done()

        self._pass(others, lambda: self._pass_others(others, over))

    def _named(self, rows: Sequence[ItemRow]) -> str:
        if len(rows) != 1:
            return count(len(rows), "item")
        item = rows[0].item
        return say(
            "the {kind:within} “{subject}”",
            kind=self._session.known.media_type(item.media_type).singular,
            subject=item.subject,
        )

    def _rows(self, passings: Sequence[Passing]) -> list[tuple[ItemRow, ...] | WorkloomError]:
        """The items of each attempt as they are now. Blocks."""
        known = self._session.known
        offered = {offer.row.item.id: offer.row for offer in known.offers}
        found: list[tuple[ItemRow, ...] | WorkloomError] = []
        for passing in passings:
            attempt = passing.attempt
            items = [attempt.command.item] if attempt.command else [row.item.id for row in attempt.rows]
            get = self._session.services.items.get
            try:
                found.append(tuple(offered.get(item) or get(item) for item in items))
            except Disconnected as error:  # the command may wait for the service; the gates see what is known
                rows = tuple(row for item in items if (row := known.open_row(item)) is not None)
                found.append(rows if len(rows) == len(items) else error)
            except WorkloomError as error:
                found.append(error)
        return found

    def _begin(
        self,
        passings: Sequence[Passing],
        entries: Sequence[Contributed[Gate]],
        done: Callable[[], None],
        rows: Sequence[tuple[ItemRow, ...] | WorkloomError],
    ) -> None:
        for passing, found in zip(passings, rows, strict=True):
            if isinstance(found, WorkloomError):
                passing.stopped = found
            else:
                passing.attempt = replace(passing.attempt, rows=found)
        steps = [(entry, passing) for entry in entries for passing in passings]
        Asking(self._session, self._guard, self._owner, steps, self._take, done).go_on()

    def _take(self, entry: Contributed[Gate], passing: Passing, answer: Verdict | WorkloomError | None) -> None:
        """What a gate has answered: a verdict, an error, or None when its failure has been told already."""
        if isinstance(answer, Verdict):
            problem = unfit(answer, passing.attempt)
            if not problem:
                if answer.refused:
                    text = say(
                        "{refused} Required by {plugin}.", refused=answer.refused, plugin=self._name_of(entry.plugin)
                    )
                    passing.stopped = Vetoed(text, plugin=entry.plugin)
                else:
                    passing.take(entry.what.id, answer)
                return
            self._guard.call(entry.plugin, f"gate {entry.what.id}", _raise, TypeError(problem))
            answer = None
        self._failed(entry, passing, answer)

    def _failed(self, entry: Contributed[Gate], passing: Passing, error: WorkloomError | None) -> None:
        why = f" {error}" if error is not None else ""
        name = say(
            "The check “{check}” of {plugin} could not be made.",
            check=entry.what.title or entry.what.id,
            plugin=self._name_of(entry.plugin),
        )
        what = passing.attempt.what
        if when_a_gate_fails(what) is GateFails.BLOCK:
            text = say(
                "{name}{why} Nothing was changed. Try again; if it fails again, tell your administrator.",
                name=name,
                why=why,
            )
            passing.stopped = Vetoed(text, plugin=entry.plugin)
            return
        about = passing.attempt.rows[0].item.id if passing.attempt.rows and what is not GatedCommand.LOG_OFF else ""
        text = say("{name}{why} Your command was carried out without it.", name=name, why=why)
        self._tell(Notice(title=say("Not checked"), text=text, tone=Tone.WARNING, about=about))


def _raise(error: Exception) -> None:
    raise error

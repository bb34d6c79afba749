"""Changes that wait for the service, kept beside the drafts: a desktop that is killed sends them at its next start.

Each step has the key under which it may have been carried out already, so that nothing is done twice.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import DecodeError, Struct, json

from workloom.api.services import Services
from workloom.domain.commands import AgentCommand
from workloom.domain.interaction import Interaction
from workloom.shell.ports import PersonDrafts

PLACE: Final = "waiting-changes"
"""Stands for the id of an item in the folder of drafts."""

SENT_WITHIN: Final = timedelta(hours=1)
"""How old a change may be that is sent by itself: whoever comes back later must look at the item first."""

_FIELD: Final = "changes"


class Step(Struct, frozen=True, kw_only=True):
    """A command under its key."""

    command: AgentCommand
    key: str


class KeptChange(Struct, frozen=True, kw_only=True):
    """Steps that are carried out one after the other; `what` and `about` name them as they did while they waited."""

    what: str
    about: str = ""
    at: datetime
    steps: tuple[Step, ...]


class Carrying:
    """The work of a change, of which one can see what it will send. Called off the UI thread."""

    def __init__(self, services: Services, steps: Sequence[Step]) -> None:
        self._services = services
        self.steps = tuple(steps)

    def __call__(self) -> Interaction:
        """Carry out all steps; the item after the last of them."""
        for step in self.steps[:-1]:
            self._services.items.execute(step.command, key=step.key)
        last = self.steps[-1]
        return self._services.items.execute(last.command, key=last.key)


class KeptChanges:
    """What one person's desktops have not sent. On the UI thread."""

    def __init__(self, drafts: PersonDrafts) -> None:
        self._drafts = drafts
        self._unsent = _read(drafts.of(PLACE).get(_FIELD, ""))
        self._waiting: tuple[KeptChange, ...] = ()

    @property
    def unsent(self) -> tuple[KeptChange, ...]:
        """What an earlier desktop left behind, in its order."""
        return self._unsent

    def keep(self, waiting: Iterable[KeptChange]) -> None:
        """These wait now."""
        self._waiting = tuple(waiting)
        self._write()

    def answered(self, change: KeptChange) -> None:
        """What was left behind is sent, or will never be: it is forgotten."""
        self._unsent = tuple(each for each in self._unsent if each != change)
        self._write()

    def forget(self) -> None:
        """Nothing waits any more: the agent was told what was not carried out."""
        self._unsent = self._waiting = ()
        self._write()

    def _write(self) -> None:
        known = {each.steps for each in self._unsent}
        kept = (*self._unsent, *(each for each in self._waiting if each.steps not in known))
        self._drafts.keep(PLACE, _FIELD, json.encode(kept).decode() if kept else "")


def _read(text: str) -> tuple[KeptChange, ...]:
    try:
        return json.decode(text, type=tuple[KeptChange, ...]) if text else ()
    except DecodeError:  # of another version, which knew other commands
        return ()

"""Notices that the desk makes: refusals, open items, options."""

from collections.abc import Sequence
from typing import Any, Final

from workloom.api.contributions import Notice, Tone
from workloom.domain.errors import Disconnected, NotAllowed, NotFound, OfferGone, Refused, StorageError, WorkloomError
from workloom.domain.options import OptionProblem
from workloom.domain.wording import count
from workloom.shell.knowledge import Knowledge
from workloom.shell.lane import Change

LISTED = 6


_REFUSED: Final[tuple[tuple[type[WorkloomError], str, Tone], ...]] = (
    (OfferGone, "Offer gone", Tone.INFORMATION),
    (NotAllowed, "Not allowed", Tone.WARNING),
    (Refused, "Not possible now", Tone.WARNING),
    (NotFound, "Not found", Tone.WARNING),
    (Disconnected, "No connection", Tone.WARNING),
    (StorageError, "Not saved", Tone.ERROR),
)


def refused_words(error: WorkloomError) -> tuple[str, Tone]:
    """The title and tone of an error that nobody else handles; its text is the error itself."""
    found = ((title, tone) for kind, title, tone in _REFUSED if isinstance(error, kind))
    return next(found, ("That did not work", Tone.ERROR))


def still_open(known: Knowledge) -> Notice:
    """Why the agent cannot log off."""
    rows = known.open_rows
    facts = [(known.media_type(row.item.media_type).singular, row.item.subject) for row in rows[:LISTED]]
    if len(rows) > LISTED:
        facts.append(("", f"and {len(rows) - LISTED} more"))
    verb = "is" if len(rows) == 1 else "are"
    them = "it" if len(rows) == 1 else "them"
    return Notice(
        title=f"{count(len(rows), 'item')} {verb} open",
        text=f"Finish {them} or move {them} to a workbin first.",
        facts=tuple(facts),
        tone=Tone.WARNING,
    )


def still_waiting(waiting: int) -> Notice:
    """Why the agent cannot log off without a connection."""
    one = waiting == 1
    return Notice(
        title=f"{count(waiting, 'action')} {'waits' if one else 'wait'} for the connection",
        text=f"Leaving would lose {'it' if one else 'them'}. Withdraw {'it' if one else 'them'} first, or wait.",
        tone=Tone.WARNING,
    )


def not_carried_out(changes: Sequence[Change[Any]]) -> str:
    """What still waited when the session ended, in a sentence; empty when nothing did."""
    if not changes:
        return ""
    named = [" · ".join(filter(None, (change.what or "a change", change.about))) for change in changes[:LISTED]]
    more = f" and {len(changes) - LISTED} more" if len(changes) > LISTED else ""
    verb = "was" if len(changes) == 1 else "were"
    return f"{count(len(changes), 'action')} {verb} not carried out: {', '.join(named)}{more}."


def option_notice(problem: OptionProblem) -> Notice:
    """A setting that is not used."""
    return Notice(
        title="An option has a value that does not fit",
        facts=(
            ("Option", problem.option),
            ("Set by", problem.layer),
            ("Found", f"“{problem.found}”"),
            ("Expected", problem.expected),
            ("In use", problem.in_use),
        ),
        tone=Tone.WARNING,
    )

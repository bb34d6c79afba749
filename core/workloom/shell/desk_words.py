"""Notices that the desk makes: refusals, open items, options."""

from workloom.api.contributions import Notice, Tone
from workloom.domain.errors import NotAllowed, NotFound, OfferGone, Refused, StorageError, WorkloomError
from workloom.domain.options import OptionProblem
from workloom.domain.wording import count
from workloom.shell.knowledge import Knowledge

LISTED = 6


def refused_words(error: WorkloomError) -> tuple[str, Tone]:
    """The title and tone of an error that nobody else handles; its text is the error itself."""
    if isinstance(error, OfferGone):
        return "Offer gone", Tone.INFORMATION
    if isinstance(error, NotAllowed):
        return "Not allowed", Tone.WARNING
    if isinstance(error, Refused):
        return "Not possible now", Tone.WARNING
    if isinstance(error, NotFound):
        return "Not found", Tone.WARNING
    if isinstance(error, StorageError):
        return "Not saved", Tone.ERROR
    return "That did not work", Tone.ERROR


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

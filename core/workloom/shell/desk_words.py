"""Notices that the desk makes: refusals, open items, options."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from workloom.api.contributions import Notice, Tone
from workloom.domain.errors import Disconnected, NotAllowed, NotFound, OfferGone, Refused, StorageError, WorkloomError
from workloom.shell.kept_changes import KeptChange
from workloom.shell.knowledge import Knowledge
from workloom.shell.lane import Change
from workloom.shell.words import say, say_count, word

LISTED = 6


_REFUSED: Final[tuple[tuple[type[WorkloomError], str, Tone], ...]] = (
    (OfferGone, word("Offer gone"), Tone.INFORMATION),
    (NotAllowed, word("Not allowed"), Tone.WARNING),
    (Refused, word("Not possible now"), Tone.WARNING),
    (NotFound, word("Not found"), Tone.WARNING),
    (Disconnected, word("No connection"), Tone.WARNING),
    (StorageError, word("Not saved"), Tone.ERROR),
)


def refused_words(error: WorkloomError) -> tuple[str, Tone]:
    """The title and tone of an error that nobody else handles; its text is the error itself."""
    found = ((say(title), tone) for kind, title, tone in _REFUSED if isinstance(error, kind))
    return next(found, (say("That did not work"), Tone.ERROR))


def still_open(known: Knowledge) -> Notice:
    """Why the agent cannot log off."""
    rows = known.open_rows
    facts = [(known.media_type(row.item.media_type).singular, row.item.subject) for row in rows[:LISTED]]
    if len(rows) > LISTED:
        facts.append(("", say("and {count:,} more", count=len(rows) - LISTED)))
    return Notice(
        title=say_count(len(rows), "{count} item is open", "{count:,} items are open"),
        text=say_count(
            len(rows), "Finish it or move it to a workbin first.", "Finish them or move them to a workbin first."
        ),
        facts=tuple(facts),
        tone=Tone.WARNING,
    )


def still_waiting(waiting: int) -> Notice:
    """Why the agent cannot log off without a connection."""
    return Notice(
        title=say_count(
            waiting, "{count} action waits for the connection", "{count:,} actions wait for the connection"
        ),
        text=say_count(
            waiting,
            "Leaving would lose it. Withdraw it first, or wait.",
            "Leaving would lose them. Withdraw them first, or wait.",
        ),
        tone=Tone.WARNING,
    )


def sent_later(sent: Sequence[KeptChange], old: Sequence[KeptChange]) -> Iterator[Notice]:
    """What a desktop that ended unasked left behind: it is sent now, or it is too late for it."""
    if sent:
        title = say_count(
            len(sent), "{count} action from before is sent now", "{count:,} actions from before are sent now"
        )
        yield Notice(title=title, text="".join(_named(sent)), tone=Tone.WARNING)
    if old:
        title = say_count(
            len(old), "{count} action from before was not sent", "{count:,} actions from before were not sent"
        )
        text = say("{named}. Too much time has gone by: look at the items first.", named="".join(_named(old)))
        yield Notice(title=title, text=text, tone=Tone.WARNING)


def _named(changes: Sequence[Change[Any] | KeptChange]) -> tuple[str, str]:
    """The first of them, and how many more there are."""
    named = [" · ".join(filter(None, (change.what or say("a change"), change.about))) for change in changes[:LISTED]]
    more = say(" and {count:,} more", count=len(changes) - LISTED) if len(changes) > LISTED else ""
    return ", ".join(named), more


def not_carried_out(changes: Sequence[Change[Any]]) -> str:
    """What still waited when the session ended, in a sentence; empty when nothing did."""
    if not changes:
        return ""
    named, more = _named(changes)
    return say_count(
        len(changes),
        "{count} action was not carried out: {named}{more}.",
        "{count:,} actions were not carried out: {named}{more}.",
        named=named,
        more=more,
    )

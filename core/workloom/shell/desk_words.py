"""Notices that the desk makes: refusals, open items, drafts, options."""

from collections.abc import Callable

from workloom.api.contributions import Notice, Tone
from workloom.domain.errors import NotAllowed, NotFound, OfferGone, Refused, StorageError, WorkloomError
from workloom.domain.events import Event
from workloom.domain.interaction import State
from workloom.domain.options import OptionProblem
from workloom.domain.pages import ItemRow
from workloom.domain.wording import count
from workloom.shell.knowledge import Knowledge
from workloom.shell.session import AgentSession

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


def taken_back(event: Event, row: ItemRow | None, known: Knowledge, *, kept: bool) -> Notice:
    """An item that the agent had is not with them any more; `row` None = they may not see it now."""
    kind = known.media_type(row.item.media_type).singular.lower() if row else "item"
    subject = f"“{row.item.subject}”" if row else "It"
    why = str(event.detail.get("reason", "")).rstrip(".")
    text = f"{subject} is no longer with you{f': {why}' if why else ''}."
    if kept:
        text += " Your notes are kept as a draft."
    return Notice(title=f"The {kind} was taken back", text=text, tone=Tone.WARNING)


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


def kept_drafts(session: AgentSession, notify: Callable[[Notice], None], open_item: Callable[[str], None]) -> None:
    """Tell of drafts of items that the agent has open or in a workbin: they are offered back when the item opens."""
    kept = session.drafts.items()
    if not kept:
        return
    services, me = session.services, session.known.me.name

    def mine() -> tuple[ItemRow, ...]:
        rows = []
        for item in kept:
            try:
                row = services.items.get(item)
            except (NotFound, NotAllowed):
                continue
            if row.item.assigned_to == me or row.item.state is State.IN_WORKBIN:
                rows.append(row)
        return tuple(rows)

    def tell(rows: tuple[ItemRow, ...]) -> None:
        if not rows:
            return
        first = rows[0]
        here = session.known.open_row(first.item.id) is not None
        where = "It is open." if here else f"It rests here: {first.where}." if first.where else ""
        text = f"“{first.item.subject}”. {where}" if len(rows) == 1 else "They come back when you open the items."
        verb = "was" if len(rows) == 1 else "were"
        notify(
            Notice(
                title=f"{count(len(rows), 'draft')} {verb} kept",
                text=f"{text} What you had typed is there when you open the item." if len(rows) == 1 else text,
                facts=tuple((row.item.number, row.item.subject) for row in rows[:LISTED]) if len(rows) > 1 else (),
                tone=Tone.WARNING,
                action="Open" if here else "",
                run=(lambda: open_item(first.item.id)) if here else None,
            )
        )

    session.read(mine, tell)

"""Work that leaves an agent unasked, and what was being typed: said, and given back."""

from collections.abc import Callable, Mapping
from functools import partial

from msgspec.structs import replace

from workloom.api.context import NOTE_DRAFT
from workloom.api.contributions import Notice, Tone
from workloom.domain.commands import AddNote, Pull
from workloom.domain.errors import NotAllowed, NotFound
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, State
from workloom.domain.moves_resting import HANDLING_TIMEOUT
from workloom.domain.pages import ItemRow
from workloom.shell.kept_changes import PLACE
from workloom.shell.session import AgentSession
from workloom.shell.words import say, say_count

LISTED = 6
_ENDED = {EventKind.COMPLETED_BY_SOURCE.value: "finished", EventKind.CANCELED_BY_SOURCE.value: "canceled"}


class GivenBack:
    """For one agent. `open_item(id)` brings an item to the front that is with the agent."""

    def __init__(
        self, session: AgentSession, notify: Callable[[Notice], None], open_item: Callable[[str], None]
    ) -> None:
        self._session, self._notify, self._open_item = session, notify, open_item

    def is_loss(self, event: Event) -> bool:
        """Whether an open item was taken from this agent; with a ticket it is an offer that was taken back."""
        mine = event.kind is EventKind.REVOKED and event.person == self._session.known.me.name
        return mine and "ticket" not in event.detail

    def tell_loss(self, event: Event) -> None:
        """Say where the item is now, and why; offer the way back to what was being typed."""
        self._session.read(
            partial(self._where_now, event.item),
            lambda found: self._lost(event, *found),
            lambda _error: self._lost(event, None, ""),
        )

    def tell_kept(self) -> None:
        """After login: tell of drafts of items that the agent has open or in a workbin."""
        kept = tuple(item for item in self._session.drafts.items() if item != PLACE)
        if kept:
            self._session.read(partial(self._mine, kept), self._kept)

    def _where_now(self, item: str) -> tuple[ItemRow, str]:
        """The row of an item and the title of its queue. Blocks."""
        services = self._session.services
        row = services.items.get(item)
        return row, next((each.title for each in services.configuration.queues() if each.name == row.item.queue), "")

    def _lost(self, event: Event, row: ItemRow | None, queue: str) -> None:
        drafts = self._session.drafts.of(event.item)
        kind = self._session.known.media_type(row.item.media_type).singular if row else say("item")
        notice = taken_back(event, row, kind, queue, drafts)
        note = drafts.get(NOTE_DRAFT, "").strip()
        if row is not None and row.can_open:
            notice = replace(notice, action=say("Open again"), run=partial(self._pull, event.item))
        elif note:
            notice = replace(notice, action=say("Add the note"), run=partial(self._add, event.item, note))
        self._notify(notice)

    def _pull(self, item: str) -> None:
        self._session.execute(Pull(item=item), lambda pulled: self._open_item(pulled.id))

    def _add(self, item: str, note: str) -> None:
        def added(_item: Interaction) -> None:
            if self._session.drafts.of(item).get(NOTE_DRAFT, "").strip() == note:
                self._session.drafts.keep(item, NOTE_DRAFT, "")
            self._notify(Notice(title=say("Note added"), text=note, tone=Tone.SUCCESS, about=item))

        self._session.execute(AddNote(item=item, text=note), added)

    def _mine(self, kept: tuple[str, ...]) -> tuple[ItemRow, ...]:
        rows = []
        for item in kept:
            try:
                row = self._session.services.items.get(item)
            except (NotFound, NotAllowed):
                continue
            if row.item.assigned_to == self._session.known.me.name or row.item.state is State.IN_WORKBIN:
                rows.append(row)
        return tuple(rows)

    def _kept(self, rows: tuple[ItemRow, ...]) -> None:
        if len(rows) == 1:
            self._notify(self._one_kept(rows[0]))
        elif rows:
            self._notify(
                Notice(
                    title=say("{count:,} drafts were kept", count=len(rows)),
                    text=say("What you had typed is there when you open the items."),
                    facts=tuple((row.item.number, row.item.subject) for row in rows[:LISTED]),
                    tone=Tone.WARNING,
                )
            )

    def _one_kept(self, row: ItemRow) -> Notice:
        item = row.item.id
        here = self._session.known.open_row(item) is not None
        where = (
            say("It is open.") if here else say("It rests here: {where:within}.", where=row.where) if row.where else ""
        )
        run = partial(self._open_item, item) if here else partial(self._pull, item)
        return Notice(
            title=say("1 draft was kept"),
            text=say(
                "“{subject}”. {where} What you had typed is there when you open the item.",
                subject=row.item.subject,
                where=where,
            ),
            tone=Tone.WARNING,
            about=item,
            action=say("Open") if here or row.can_open else "",
            run=run if here or row.can_open else None,
        )


def taken_back(event: Event, row: ItemRow | None, kind: str, queue: str, drafts: Mapping[str, str]) -> Notice:
    """An item that the agent had is not with them any more; `row` None = they may not see it now."""
    ended = _ENDED.get(str(event.detail.get("reason")))
    if ended:
        title, text = (
            say("The {kind:within} is {ended}", kind=kind, ended=ended),
            say("This {kind:within} was {ended} where it came from. Nothing more to do.", kind=kind, ended=ended),
        )
    else:
        title, text = (
            say("The {kind:within} was taken back", kind=kind),
            say("This {kind:within} {went}{because}.", kind=kind, went=_went(row, queue), because=_because(event)),
        )
    if drafts:
        kept = (
            say("Your notes are kept as a draft.")
            if NOTE_DRAFT in drafts
            else say("What you typed is kept as a draft.")
        )
        text = f"{text} {kept}"
    facts = ((row.item.number, row.item.subject),) if row else ()
    return Notice(title=title, text=text, facts=facts, tone=Tone.WARNING, about=event.item)


def _went(row: ItemRow | None, queue: str) -> str:
    if row is None:
        return say("is no longer with you")
    if row.item.state is State.QUEUED:
        return say("went back to {queue}", queue=queue or row.item.queue)
    return (
        say("now rests here: {where:within}", where=row.where)
        if row.item.state is State.IN_WORKBIN
        else say("is no longer with you: {where:within}", where=row.where)
    )


def _because(event: Event) -> str:
    minutes = event.detail.get("minutes")
    if event.detail.get("reason") == HANDLING_TIMEOUT and isinstance(minutes, int) and minutes:
        return say_count(minutes, " after {count} minute without a change", " after {count:,} minutes without a change")
    return ""

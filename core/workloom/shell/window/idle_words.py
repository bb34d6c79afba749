"""Why nothing is open: the first of the reasons that hold, in words. No Qt."""

from collections.abc import Sequence

from msgspec import Struct

from workloom.domain.presence import Presence
from workloom.shell.knowledge import Knowledge
from workloom.shell.words import say


class Idle(Struct, frozen=True, kw_only=True):
    """What the empty state says; `may_get_ready`: being Ready would help."""

    text: str
    may_get_ready: bool = False


def idle_words(known: Knowledge, *, connected: bool = True) -> Idle:
    """What holds for this agent at this moment."""
    if not connected:
        return Idle(text=_away(known))
    channels = [channel for channel in known.session.channels if channel.is_on]
    if not known.session.channels:
        return Idle(text=say("No channel is set up for you. Ask your administrator."))
    if not channels:
        return Idle(text=say("You are not logged in on any channel.\nLog in on one in the status menu."))
    ready = [channel.media_type for channel in channels if channel.state is Presence.READY]
    if not ready:
        return Idle(text=say("You are not ready on any channel.\nItems come when you are."), may_get_ready=True)
    allowed = [kind for kind in ready if known.capacity.get(kind, 0) > 0]
    held = [kind for kind in ready if kind not in allowed]
    if not allowed:
        return Idle(
            text=say(
                "No capacity rule allows you {titles}, so none are offered.\nAsk your administrator.",
                titles=titles(known, held),
            )
        )
    return Idle(
        text=say(
            "You are ready on {titles}.\nThe next item comes by itself.", titles=titles(known, allowed, sentence=False)
        )
    )


def _away(known: Knowledge) -> str:
    """Without the service nothing is offered; the states of the channels are kept by it."""
    ready = [channel.media_type for channel in known.session.channels if channel.state is Presence.READY]
    away = say("Nothing is offered to you while the connection is away.")
    if not ready:
        return away
    return say(
        "{away}\nYou are ready again on {titles} when it is back.",
        away=away,
        titles=titles(known, ready, sentence=False),
    )


def count_words(known: Knowledge) -> str:
    """`3 of 5`: open items, and how many the agent may have at once."""
    opened = len(known.open_rows)
    most = known.capacity.get("", 0)
    if not most:
        kinds = {channel.media_type for channel in known.session.channels if channel.is_on}
        most = sum(known.capacity.get(kind, 0) for kind in kinds)
    return say("{opened} of {most}", opened=opened, most=most) if most else str(opened)


def titles(known: Knowledge, kinds: Sequence[str], *, sentence: bool = True) -> str:
    """`claims, invoices and fax`; as titles they begin with capitals."""
    titles = [known.media_type(kind).title for kind in kinds]
    if sentence:
        titles = [say("{title:within}", title=title) for title in titles]
    return titles[0] if len(titles) == 1 else say("{first} and {last}", first=", ".join(titles[:-1]), last=titles[-1])

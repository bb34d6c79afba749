"""States that limit an agent's work, for the banner: the first that holds, in words. No Qt."""

from typing import Final

from msgspec import Struct

from workloom.domain.presence import MISSED_OFFER, Presence
from workloom.shell.knowledge import Knowledge
from workloom.shell.window.idle_words import titles
from workloom.shell.words import say

MISSED: Final = "missed-offer"
"""What notices of missed offers are about: one of them in sight is enough, and none where the banner says it."""


class Limit(Struct, frozen=True, kw_only=True):
    """What the banner says. `get_ready`: media types on which being Ready again would help. `about`: notices about this
    say the same.
    """

    title: str
    text: str
    icon: str
    get_ready: tuple[str, ...] = ()
    about: str = ""


def limit_of(known: Knowledge) -> Limit | None:
    """What limits this agent's work at this moment, None if nothing does."""
    channels = known.session.channels
    missed = [c.media_type for c in channels if c.state is Presence.NOT_READY and c.reason == MISSED_OFFER]
    if missed:
        return Limit(
            title=say("You are not ready on {titles}.", titles=titles(known, missed, sentence=False)),
            text=say("An offer was not answered in time, so nothing more is offered to you there."),
            icon="bell",
            get_ready=tuple(missed),
            about=MISSED,
        )
    ready = [channel.media_type for channel in channels if channel.state is Presence.READY]
    held = [kind for kind in ready if known.capacity.get(kind, 0) < 1]
    if held:
        said = titles(known, held)
        return Limit(
            title=say("{kinds} are held back.", kinds=said[:1].upper() + said[1:]),
            text=say("No capacity rule allows you {kinds}. Ask your administrator.", kinds=said),
            icon="triangle-alert",
        )
    return None

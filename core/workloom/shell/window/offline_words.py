"""What is said while the service cannot be asked: in the banner, and on what was let go. No Qt."""

import math
from typing import Final

from workloom.api.services import LinkState
from workloom.shell.words import say, say_count, word

AWAY: Final = word("No connection to the service.")
LET_GO: Final = word("You have let go of this item.")
LET_GO_WHY: Final = word(
    "The service has not heard from this computer for so long that it may give the item to somebody else."
    " What you typed is kept as a draft."
)


def trying_again(link: LinkState, now: float) -> str:
    """`Trying again in 8 s, attempt 3.`; `now` is `time.monotonic`."""
    if link.connected or not link.attempt:
        return say("Trying again by itself.")
    left = math.ceil(link.next_try - now)
    when = say(" in {left} s", left=left) if left > 0 else ""
    return say("Trying again{when}, attempt {attempt}.", when=when, attempt=link.attempt)


def nothing_lost(waiting: int, drafts: int) -> str:
    """What of the agent's work is kept on this computer meanwhile."""
    if not waiting and not drafts:
        return say("What you do now waits here and is sent when it is back.")
    parts = []
    if waiting:
        parts.append(say_count(waiting, "{count} action waits here", "{count:,} actions wait here"))
    if drafts:
        kept = say_count(drafts, "{count} draft is kept on this computer", "{count:,} drafts are kept on this computer")
        parts.append(kept)
    return say("Nothing is lost: {parts}.", parts=say(" and ").join(parts))


def let_go_words(subject: str) -> str:
    """The reason on what cannot be done with an item that was let go."""
    return say(
        "{subject}: no connection, so the service may give the item to somebody else. It is yours again if not.",
        subject=subject,
    )

"""What is said while the service cannot be asked: in the banner, and on what was let go. No Qt."""

import math
from typing import Final

from workloom.api.services import LinkState
from workloom.domain.wording import count

AWAY: Final = "No connection to the service."
LET_GO: Final = "You have let go of this item."
LET_GO_WHY: Final = (
    "The service has not heard from this computer for so long that it may give the item to somebody else."
    " What you typed is kept as a draft."
)


def trying_again(link: LinkState, now: float) -> str:
    """`Trying again in 8 s, attempt 3.`; `now` is `time.monotonic`."""
    if link.connected or not link.attempt:
        return "Trying again by itself."
    left = math.ceil(link.next_try - now)
    when = f" in {left} s" if left > 0 else ""
    return f"Trying again{when}, attempt {link.attempt}."


def nothing_lost(waiting: int, drafts: int) -> str:
    """What of the agent's work is kept on this computer meanwhile."""
    if not waiting and not drafts:
        return "What you do now waits here and is sent when it is back."
    acts = f"{count(waiting, 'action')} {'waits' if waiting == 1 else 'wait'} here" if waiting else ""
    kept = f"{count(drafts, 'draft')} {'is' if drafts == 1 else 'are'} kept on this computer" if drafts else ""
    return f"Nothing is lost: {' and '.join(filter(None, (acts, kept)))}."


def let_go_words(subject: str) -> str:
    """The reason on what cannot be done with an item that was let go."""
    return f"{subject}: no connection, so the service may give the item to somebody else. It is yours again if not."

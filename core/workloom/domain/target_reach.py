"""How an item reaches a target, and whether it can: pure functions of options, site and presence.

Groups and skills are reached by routing only; agents and queues directly, unless the options say otherwise. What goes
by routing needs the queue of the option `intercommunication.<mt>.queue`.
"""

from typing import Final

from workloom.domain.options import OptionSet
from workloom.domain.presence import Presence, Session
from workloom.domain.resting import media_plural
from workloom.domain.site import Queue, Site
from workloom.domain.targets import ONE_STEP_TRANSFER, TargetType

ONLY_BY_ROUTING: Final = frozenset({TargetType.GROUP, TargetType.SKILL})

PRESENCE_WORDS: Final = {
    Presence.READY: "Ready",
    Presence.NOT_READY: "Not ready",
    Presence.AFTER_WORK: "After work",
    Presence.DND: "Do not disturb",
    Presence.LOGGED_OFF: "Logged off",
}


def routing_queue(options: OptionSet, media_type: str) -> str:
    """The queue through which requests go, empty = none is set."""
    return options.text(f"intercommunication.{media_type}.queue")


def goes_by_routing(options: OptionSet, media_type: str, kind: TargetType) -> bool:
    """Whether a transfer to a target of this kind goes through the routing queue."""
    if kind in ONLY_BY_ROUTING:
        return True
    prefix = f"intercommunication.{media_type}.routing-based"
    return ONE_STEP_TRANSFER in options.words(f"{prefix}-actions") and kind.value in options.words(f"{prefix}-targets")


def why_not_by_routing(options: OptionSet, site: Site, media_type: str) -> str:
    """Why routing cannot take a transfer, in words; empty = it can."""
    plural = media_plural(site, media_type)
    if not routing_queue(options, media_type):
        return f"No routing queue is set for {plural}. Ask your administrator."
    if ONE_STEP_TRANSFER not in options.words(f"intercommunication.{media_type}.routing-based-actions"):
        return f"Transfers of {plural} do not go by routing. Ask your administrator."
    return ""


def why_not_agent(site: Site, session: Session | None, media_type: str) -> str:
    """Why an agent cannot take an offer of the media type, in words; empty = the agent can, ready or not."""
    if session is None:
        return "Logged off, cannot take an offer"
    channel = session.channel(media_type)
    if channel is None or channel.state is Presence.LOGGED_OFF:
        return f"Not logged on for {media_plural(site, media_type)}, cannot take an offer"
    return "Do not disturb, cannot take an offer" if channel.state is Presence.DND else ""


def why_not_queue(site: Site, queue: Queue, media_type: str) -> str:
    """Why a queue does not take the media type, in words; empty = it does."""
    if not queue.media_types or media_type in queue.media_types:
        return ""
    return f"This queue takes no {media_plural(site, media_type)}."


def presence_on(session: Session | None, media_type: str) -> tuple[Presence, str]:
    """State and reason of an agent on a channel; without a media type the readiest of all channels."""
    if session is None:
        return Presence.LOGGED_OFF, ""
    order = list(Presence)
    channels = [channel for channel in session.channels if media_type in ("", channel.media_type)]
    best = min(channels, key=lambda channel: order.index(channel.state), default=None)
    return (best.state, best.reason) if best else (Presence.LOGGED_OFF, "")

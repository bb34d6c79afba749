"""Whether an item can be handed to a target now, and if not, why: what the transfer itself checks, said beforehand."""

from typing import Final

from workloom.domain.authority import effective_privileges
from workloom.domain.moves_transfer import Route, route_to, why_no_direct_offer
from workloom.domain.options import OptionSet
from workloom.domain.presence import PRESENCE_WORDS, ChannelStatus, Presence, Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.resting import media_plural
from workloom.domain.sentences import sentence
from workloom.domain.site import Queue, Site
from workloom.domain.targets import TargetType
from workloom.domain.wording import within_sentence

_ORDER: Final = tuple(PRESENCE_WORDS)


def goes_by_routing(options: OptionSet, media_type: str, kind: TargetType) -> bool:
    """Whether a transfer to a target of this kind goes through the routing queue."""
    return route_to(kind, media_type, options) is Route.ROUTING


def why_not_agent(site: Site, person: str, session: Session | None, media_type: str, *, by_routing: bool) -> str:
    """Why an item cannot be handed to an agent, in words; empty = it can.

    Directly the agent must be there to answer. By routing not: the request waits for the agent in its queue, and comes
    back to the sender after the time of the strategy.
    """
    if USE_CHANNEL not in effective_privileges(site, person):
        return sentence("May not work on items")
    if by_routing or not why_no_direct_offer(session, media_type):
        return ""
    if session is None:
        return sentence("Logged off, cannot take an offer")
    return sentence("Do not disturb, cannot take an offer")


def why_not_queue(site: Site, queue: Queue, media_type: str) -> str:
    """Why a queue does not take the media type, in words; empty = it does."""
    if not queue.media_types or media_type in queue.media_types:
        return ""
    return sentence("This queue takes no {kinds:within}.", kinds=media_plural(site, media_type))


def is_ready(session: Session | None, media_type: str) -> bool:
    """Whether routing may choose the agent now: ready on the channel; without a media type on any."""
    if session is None:
        return False
    channels = (channel for channel in session.channels if media_type in ("", channel.media_type))
    return any(channel.state is Presence.READY for channel in channels)


def standing(site: Site, session: Session | None, media_type: str) -> tuple[Presence, str]:
    """State of an agent and what to say of it: `Ready`, `Not ready · Lunch`, `Ready · not on claims`.

    The state is that on the channel of the media type, else the readiest of all channels.
    """
    if session is None:
        return Presence.LOGGED_OFF, PRESENCE_WORDS[Presence.LOGGED_OFF]
    on = [channel for channel in session.channels if channel.is_on]
    if not on:  # an item can be handed to the agent all the same
        return Presence.NOT_READY, "Logged in, on no channel"
    own = next((channel for channel in on if channel.media_type == media_type), None)
    channel = own or min(on, key=_readiness)
    elsewhere = f"not on {within_sentence(media_plural(site, media_type))}" if media_type and own is None else ""
    parts = (PRESENCE_WORDS[channel.state], channel.reason, elsewhere)
    return channel.state, " · ".join(part for part in parts if part)


def _readiness(channel: ChannelStatus) -> int:
    return _ORDER.index(channel.state)

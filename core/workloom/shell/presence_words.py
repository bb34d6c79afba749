"""How the state of an agent is said. No Qt."""

from collections.abc import Sequence
from typing import Final

from workloom.domain.presence import PRESENCE_WORDS, ChannelStatus, Presence
from workloom.shell.words import say

ACTIONS: Final = {
    "Ready": Presence.READY,
    "NotReady": Presence.NOT_READY,
    "NotReadyReason": Presence.NOT_READY,
    "AfterCallWork": Presence.AFTER_WORK,
    "Dnd": Presence.DND,
    "LogOn": Presence.READY,
    "LogOff": Presence.LOGGED_OFF,
}
"""What the entries of the options `agent-status.enabled-actions-*` do."""


def state_words(state: Presence, reason: str = "") -> str:
    """`Not ready · Training`."""
    said = say(PRESENCE_WORDS[state])
    return f"{said} · {reason}" if reason else said


def overall(channels: Sequence[ChannelStatus]) -> ChannelStatus | None:
    """The state that stands for all channels: the first that is ready, else the one that lasts longest."""
    on = [channel for channel in channels if channel.is_on]
    if not on:
        return channels[0] if channels else None
    ready = [channel for channel in on if channel.state is Presence.READY]
    return min(ready or on, key=lambda channel: channel.since)


def are_alike(channels: Sequence[ChannelStatus]) -> bool:
    """Whether all channels on which the agent is logged in have one state and reason."""
    return len({(channel.state, channel.reason) for channel in channels if channel.is_on}) <= 1

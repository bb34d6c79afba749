"""Who is logged in, on which channels, and in which state."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from msgspec import Struct


class Presence(StrEnum):
    """State of an agent on one channel."""

    READY = "ready"
    NOT_READY = "not-ready"
    AFTER_WORK = "after-work"
    DND = "dnd"
    LOGGED_OFF = "logged-off"


PRESENCE_WORDS: Final = {
    Presence.READY: "Ready",
    Presence.NOT_READY: "Not ready",
    Presence.AFTER_WORK: "After work",
    Presence.DND: "Do not disturb",
    Presence.LOGGED_OFF: "Logged off",
}
"""What people call each state, the readiest first."""


class ChannelStatus(Struct, frozen=True, kw_only=True):
    """State of one channel (a media type) of a logged-in agent."""

    media_type: str
    state: Presence
    reason: str = ""
    since: datetime

    @property
    def is_on(self) -> bool:
        """Whether the agent is logged in on the channel."""
        return self.state is not Presence.LOGGED_OFF


class Session(Struct, frozen=True, kw_only=True):
    """One agent logged in at one desktop. The service's clock judges `last_seen_at`."""

    id: str
    person: str
    place: str = ""
    logged_in_at: datetime
    last_seen_at: datetime
    idle_since: datetime
    channels: tuple[ChannelStatus, ...] = ()

    def channel(self, media_type: str) -> ChannelStatus | None:
        """The state of one channel, None if the agent may not use it."""
        for channel in self.channels:
            if channel.media_type == media_type:
                return channel
        return None


MISSED_OFFER: Final = "Missed offer"
"""Reason of a channel that went Not Ready because an offer was not answered in time."""


class ChannelChoice(Struct, frozen=True, kw_only=True):
    """A channel as the login page offers it. `at_once`: how many items the capacity rule allows, 0 = it allows none."""

    media_type: str
    title: str
    icon: str = ""
    selected: bool = True
    locked: bool = False
    state: Presence = Presence.READY
    reason: str = ""
    at_once: int = 0


class LoginPlan(Struct, frozen=True, kw_only=True):
    """What step 2 of the login asks. `ticket` proves that step 1 held; it is good for five minutes and once."""

    ticket: str
    person: str
    first_name: str
    full_name: str
    prompt_place: bool
    places: tuple[str, ...]
    channels: tuple[ChannelChoice, ...]

"""What an agent needs before work of one media type is offered, step by step, and which step is missing.

The steps are those of the provisioning procedure: define the media type, update the capacity rule, allow the
privileges, set the options, log in, be ready.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from workloom.domain.authority import effective_privileges
from workloom.domain.capacity import capacity_of, why_not
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import effective_options
from workloom.domain.presence import PRESENCE_WORDS, Presence, Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.site import Site

CHANNELS: Final = "openmedia.workitem-channels"
"""Option that lists the media types which somebody may use as work-item channels."""


class Step(StrEnum):
    """Steps of the provisioning procedure, in their order."""

    PERSON = "person"
    MEDIA_TYPE = "media type"
    CAPACITY_RULE = "capacity rule"
    PRIVILEGES = "privileges"
    OPTIONS = "options"
    LOGIN = "login"
    READY = "ready"
    CAPACITY_LEFT = "capacity left"
    QUEUE = "queue"
    ITEMS = "items"


class Obstacle(Struct, frozen=True, kw_only=True):
    """The first step that is missing: what was found, and what to do."""

    step: Step
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.found} {self.remedy}".strip()


class Standing(Struct, frozen=True, kw_only=True):
    """How somebody stands at this moment. `counts`: items in work and offered, by media type."""

    person: str
    session: Session | None = None
    counts: Mapping[str, int] = {}

    @property
    def place(self) -> str:
        """Where the person sits now."""
        return self.session.place if self.session else ""


def first_obstacle(site: Site, catalogue: OptionCatalogue, standing: Standing, media_type: str) -> Obstacle | None:
    """What keeps an agent from being offered the media type; None if nothing in the agent does."""
    return _provisioning(site, catalogue, standing, media_type) or _present(site, standing, media_type)


def _provisioning(site: Site, catalogue: OptionCatalogue, standing: Standing, media_type: str) -> Obstacle | None:
    """The steps that an administrator takes."""
    return _known(site, standing, media_type) or _allowed(site, catalogue, standing, media_type)


def _known(site: Site, standing: Standing, media_type: str) -> Obstacle | None:
    person = site.persons.get(standing.person)
    if person is None:
        return Obstacle(step=Step.PERSON, found=f"There is no person “{standing.person}”.")
    if not person.enabled:
        return Obstacle(step=Step.PERSON, found=f"{person.full_name} is not enabled.", remedy="Remove enabled = false.")
    if media_type not in site.media_types:
        return Obstacle(
            step=Step.MEDIA_TYPE,
            found=f"The media type “{media_type}” is not defined.",
            remedy=f"Add [media-types.{media_type}] to the site file.",
        )
    return None


def _allowed(site: Site, catalogue: OptionCatalogue, standing: Standing, media_type: str) -> Obstacle | None:
    person = site.persons[standing.person]
    rule = capacity_of(site, person.name, standing.place or person.place)
    reason = why_not(rule, {}, media_type)
    if reason:
        return Obstacle(
            step=Step.CAPACITY_RULE,
            found=reason,
            remedy=f"Give {media_type} a maximum in the capacity rule of the person, the place or the site.",
        )
    if USE_CHANNEL not in effective_privileges(site, person.name):
        return Obstacle(
            step=Step.PRIVILEGES,
            found=f"No role of {person.full_name} or of the groups allows “{USE_CHANNEL}”.",
            remedy="Add it to a role, or give the person or a group a role that has it.",
        )
    if standing.session is not None and standing.session.channel(media_type) is not None:
        return None  # the option takes effect at the next login
    return _channel_option(site, catalogue, person.name, media_type)


def _channel_option(site: Site, catalogue: OptionCatalogue, person: str, media_type: str) -> Obstacle | None:
    options = effective_options(catalogue, site, person)
    if media_type in options.words(CHANNELS):
        return None
    unused = [problem for problem in options.problems if problem.option == CHANNELS]
    because = f" The setting of {unused[-1].layer} is not used: expected {unused[-1].expected}." if unused else ""
    return Obstacle(
        step=Step.OPTIONS,
        found=f"The option {CHANNELS} ({options.source(CHANNELS).layer}) does not list {media_type}.{because}",
        remedy=f"Add {media_type} to it.",
    )


def _present(site: Site, standing: Standing, media_type: str) -> Obstacle | None:
    """The steps that the agent takes."""
    if standing.session is None:
        return Obstacle(step=Step.LOGIN, found="Not logged in.", remedy="Log in.")
    channel = standing.session.channel(media_type)
    if channel is None or not channel.is_on:
        return Obstacle(
            step=Step.LOGIN,
            found=f"Logged in, but not on the channel for {media_type}.",
            remedy="Choose the channel at login, or log in on it in the status menu.",
        )
    if channel.state is not Presence.READY:
        reason = f" ({channel.reason})" if channel.reason else ""
        return Obstacle(
            step=Step.READY,
            found=f"{PRESENCE_WORDS[channel.state]}{reason} on the channel for {media_type}.",
            remedy="Choose Ready in the status menu.",
        )
    reason = why_not(capacity_of(site, standing.person, standing.place), standing.counts, media_type)
    if reason:
        return Obstacle(step=Step.CAPACITY_LEFT, found=reason, remedy="Finish an item, or move one to a workbin.")
    return None

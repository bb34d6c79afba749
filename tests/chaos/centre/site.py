"""The site of the chaos and of the load: as that of the simulation, with times of two seconds."""

from typing import Final

from msgspec.structs import replace

from workloom.domain.privileges import CAPTURE_SEND
from workloom.domain.site import Client, Site
from workloom.services.digests import digest
from workloom.simulation.centre import POINT, centre

LEASE: Final = 2.0
"""Seconds of every lease and deadline: pauses of the chaos are longer."""


def quick_site(agents: int, token: str) -> Site:
    """So many agents and a client with this token; whatever waits for a person or a desktop waits two seconds."""
    site = centre(agents, heartbeat=0.5)
    return replace(
        site,
        clients={
            "feed": Client(
                name="feed",
                capture_points=(POINT,),
                privileges=(CAPTURE_SEND,),
                token_hashes=(digest(token),),
            )
        },
        timers=replace(site.timers, delivery=LEASE, lost_agent=LEASE, heartbeat=0.5, declined=0.5, handling=3 * LEASE),
        media_types={
            name: replace(each, handling_timeout=0, lost_agent="queue") for name, each in site.media_types.items()
        },
        strategies={
            name: replace(
                strategy,
                offer_timeout=int(LEASE),
                request_timeout=int(LEASE),
                requested_timeout=int(LEASE),
                select="longest-idle",
                steps=tuple(replace(step, after=min(step.after, int(LEASE))) for step in strategy.steps),
            )
            for name, strategy in site.strategies.items()
        },
    )

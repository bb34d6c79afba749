"""The site of the chaos and of the load: as that of the simulation, with times of two seconds."""

from typing import Final

from msgspec.structs import replace

from workloom.domain.site import Site
from workloom.simulation.centre import centre

LEASE: Final = 2.0
"""Seconds of every lease and deadline: pauses of the chaos are longer."""


def quick_site(agents: int) -> Site:
    """So many agents; whatever waits for a person or a desktop waits two seconds."""
    site = centre(agents, heartbeat=0.5)
    return replace(
        site,
        timers=replace(site.timers, delivery=LEASE, lost_agent=LEASE, heartbeat=0.5, declined=0.5, handling=3 * LEASE),
        media_types={
            name: replace(each, handling_timeout=0, lost_agent="queue") for name, each in site.media_types.items()
        },
        strategies={
            name: replace(strategy, offer_timeout=int(LEASE), select="longest-idle")
            for name, strategy in site.strategies.items()
        },
    )

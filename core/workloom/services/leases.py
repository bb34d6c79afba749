"""Who dispatches: one holder for each shard among all processes, and another one soon where it dies or hangs."""

from typing import Protocol


class Lease(Protocol):
    """The right to dispatch a shard, for this process. It ends by itself where it is not asked for again in time."""

    def held(self) -> bool:
        """Take it if nobody has it, keep it if it is ours. Ask several times a second; most answers cost nothing."""
        ...

    def release(self) -> None:
        """Let another process have it at once."""
        ...


class AlwaysHeld:
    """The lease of the one process that there is."""

    def held(self) -> bool:
        """True."""
        return True

    def release(self) -> None:
        """Nobody waits for it."""

"""Shards of the dispatching: each queue belongs to one, and each shard has one dispatcher among all nodes."""

from typing import Final
from zlib import crc32

from msgspec import Struct


def place_of_queue(queue: str) -> int:
    """A number from 0 on that is the same for a queue in every process and version."""
    return crc32(queue.encode("utf-8", "surrogatepass")) & 0x7FFF_FFFF


class Shard(Struct, frozen=True):
    """Shard `number` (from 0) of `of`. The first also looks after what belongs to no queue."""

    number: int = 0
    of: int = 1

    @property
    def is_first(self) -> bool:
        """Whether sessions and keys are its business."""
        return self.number == 0


EVERYTHING: Final = Shard()
"""The one shard where there is no other."""

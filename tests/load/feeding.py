"""The source of the load, in a process of its own: items at the instants at which they are due, whatever comes of them.

Arguments: DSN and items a second. It begins at once, ends when its input is closed, and prints what it has done.
"""

import sys
from threading import Event, Thread

from msgspec import Struct, json

from tests.chaos.centre.feeding import Feeder


class Fed(Struct):
    """`due`: capture id and `time.monotonic` instant of each item that was acknowledged."""

    due: dict[str, float] = {}
    problem: str = ""


def main(dsn: str, rate: str) -> None:
    """Feed until the input ends."""
    feeder, stopping = Feeder(dsn, float(rate), 1), Event()
    feeding = Thread(target=feeder.run, args=(stopping,))
    feeding.start()
    sys.stdin.read()
    stopping.set()
    feeding.join()
    fed = Fed(due={name: feeder.due[name] for name in feeder.created}, problem=feeder.problem)
    sys.stdout.buffer.write(json.encode(fed))


if __name__ == "__main__":
    main(*sys.argv[1:])

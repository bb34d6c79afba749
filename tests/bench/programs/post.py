"""Creates over HTTP, ours and a bare application in turn: `… FOLDER ITEMS RUNS`.

Each run has folders of its own, made alike. Ours takes each item through the whole API. The bare application, on the
same server with the same settings, then gets the same requests, reads the JSON, and writes the rows that ours has
written, in one durable transaction for each request. Says items a second.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from time import perf_counter
from typing import Final

import uvloop

from tests.bench.programs.post_servers import TOKEN
from tests.chaos.centre.site import quick_site
from tests.load.http import Connection
from workloom.bootstrap.engine import open_engine
from workloom.simulation.centre import POINT

CONNECTIONS: Final = 16
PATIENCE: Final = 60.0
FIELDS: Final = {
    "subject": "Water damage in the cellar",
    "queue": "household",
    "media_type": "claim",
    "priority": 3,
    "category": "Household",
    "channel": "Portal",
    "process": "First notice",
    "department": "Claims",
    "customer_id": "C-4711",
    "customer_segment": "Private",
    "product_type": "Household",
    "product_subtype": "Plus",
    "due_at": "2031-01-01T12:00:00Z",
}
ATTACHED: Final = {
    f"Field {number}": number if number % 4 == 0 else f"What the portal says of {number}" for number in range(26)
}


def requests(items: int) -> list[bytes]:
    """A create for each item: 40 fields with its id and what is attached."""
    made = []
    for number in range(items):
        body = json.dumps({"capture_id": f"P-{number}", **FIELDS, "attached": ATTACHED}).encode()
        head = (
            f"POST /api/v1/capture/{POINT}/items HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer {TOKEN}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        made.append(head.encode() + body)
    return made


async def sent(port: int, wanted: Sequence[bytes]) -> float:
    """Items a second."""
    loop, left = asyncio.get_running_loop(), iter(wanted)
    pairs = [await loop.create_connection(Connection, "127.0.0.1", port) for _ in range(CONNECTIONS)]

    async def send(connection: Connection) -> None:
        for request in left:
            status, body = await asyncio.wait_for(connection.ask(request), PATIENCE)
            if status != 201:
                raise RuntimeError(f"{status}: {body[:300]!r}")

    begun = perf_counter()
    await asyncio.gather(*(send(connection) for _, connection in pairs))
    spent = perf_counter() - begun
    for _, connection in pairs:
        connection.close()
    return len(wanted) / spent


def served(wanted: Sequence[bytes], kind: str, *folders: Path) -> float:
    """Items a second at a server of that kind, in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.programs.post_servers", kind, *map(str, folders)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            return uvloop.run(sent(int(server.stdout.readline()), wanted))
        finally:
            server.communicate(timeout=PATIENCE)


def main(folder: Path, items: int, runs: int) -> None:
    """Measure so many pairs, after one that warms up."""
    empty, wanted = folder / "empty", requests(items)
    engine = open_engine(empty)
    engine.configuration.apply(quick_site(4, TOKEN), {})
    engine.stop()
    said: dict[str, list[float]] = {"ours": [], "bare": []}
    for run in range(runs + 1):
        ours, bare = (copytree(empty, folder / f"{kind}-{run}") for kind in said)
        found = {"ours": served(wanted, "ours", ours), "bare": served(wanted, "bare", bare, ours)}
        for kind, speed in found.items() if run else ():
            said[kind].append(speed)
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

"""Pushes to many open connections, ours and bare TCP in turn: `… CONNECTIONS ROUNDS RUNS`.

The reading side is this process, and the same for both. Says messages a second and KiB for each connection.
"""

import asyncio
import json
import subprocess
import sys
from time import perf_counter
from typing import Final, cast

import uvloop

from workloom.wire import EVENTS_PATH, Hello, encode

PATIENCE: Final = 60.0
UPGRADE: Final = (
    f"GET {EVENTS_PATH} HTTP/1.1\r\nHost: node\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
).encode()


class Counter:
    """Bytes that have come over all connections, and when the last ones came."""

    def __init__(self) -> None:
        self.bytes = 0
        self.at = 0.0


class Reading(asyncio.Protocol):
    """Counts what comes; before that it waits for the words that say that the connection is ready."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._wanted = b""
        self._begun = b""
        self._heard = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Open."""
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Some bytes."""
        if self._wanted:
            self._begun += data
            if self._wanted in self._begun:
                self._wanted, self._begun = b"", b""
                self._heard.set_result(None)
            return
        self._counter.bytes += len(data)
        self._counter.at = perf_counter()

    async def say(self, words: bytes, wanted: bytes) -> None:
        """Write, and wait for an answer with these words in it."""
        self._heard = asyncio.get_running_loop().create_future()
        self._wanted = wanted
        self.transport.write(words)
        await self._heard


class Server:
    """A server of `push_servers` in a process of its own."""

    def __init__(self, kind: str, connections: int) -> None:
        command = [sys.executable, "-m", "tests.bench.programs.push_servers", kind, str(connections)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port, *self.tokens = self._line().split()
        self.port = int(port)

    def push(self, times: int) -> int:
        """So many times to all; KiB that the server holds."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{times}\n")
        self._process.stdin.flush()
        return int(self._line())

    def end(self) -> None:
        """Let it go."""
        self._process.communicate(timeout=PATIENCE)

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


async def measured(kind: str, connections: int, rounds: int) -> tuple[float, float]:
    """Messages a second, and KiB for each connection."""
    server, counter = Server(kind, connections), Counter()
    before = server.push(0)
    loop = asyncio.get_running_loop()
    open_ones = [await connected(counter, server, number) for number in range(connections)]
    await asyncio.sleep(0.5)
    memory = (server.push(0) - before) / connections
    await loop.run_in_executor(None, server.push, 1)
    one = await arrived(counter, connections)
    counter.bytes, begun = 0, perf_counter()
    await loop.run_in_executor(None, server.push, rounds)
    await arrived(counter, round(one * rounds * 0.8))  # events that came together share the frame and its mark
    for each in open_ones:
        each.transport.abort()
    server.end()
    return connections * rounds / (counter.at - begun), memory


async def connected(counter: Counter, server: Server, number: int) -> Reading:
    """One more connection, ready to be pushed to."""
    _, reading = await asyncio.get_running_loop().create_connection(lambda: Reading(counter), "127.0.0.1", server.port)
    if not server.tokens:
        reading.transport.write(b"x")
        return reading
    await reading.say(UPGRADE, b"101 Switching")
    hello = encode(Hello(version=1, token=server.tokens[number]))
    masked = bytes((0x82, 0x80 | 126)) + len(hello).to_bytes(2, "big") + bytes(4) + hello  # a mask of zeros
    await reading.say(masked, b"welcome")
    return reading


async def arrived(counter: Counter, least: int) -> int:
    """Wait until so many bytes have come and no more come; how many there are."""
    end = perf_counter() + PATIENCE
    last = -1
    while counter.bytes < least or counter.bytes != last:
        if perf_counter() > end:
            raise TimeoutError(f"{counter.bytes} of {least} bytes have come.")
        last = counter.bytes
        await asyncio.sleep(0.2)
    return counter.bytes


async def main(connections: int, rounds: int, runs: int) -> None:
    """Measure in turn, and print one line of JSON."""
    said: dict[str, list[float]] = {"ours": [], "bare": [], "ours KiB": [], "bare KiB": []}
    for _ in range(runs):
        for kind in ("ours", "bare"):
            rate, memory = await measured(kind, connections, rounds)
            said[kind].append(rate)
            said[f"{kind} KiB"].append(memory)
    print(json.dumps(said))


if __name__ == "__main__":
    uvloop.run(main(*map(int, sys.argv[1:])))

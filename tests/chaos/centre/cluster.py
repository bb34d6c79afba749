"""PostgreSQL, nodes, and a bad network before each node: started, killed, paused, and started again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import IO, Final

import psycopg

from tests.server.postgres import PostgresServer
from tests.server.proxy import Proxy
from workloom.adapters.postgres.migrate import upgrade

PATIENCE: Final = 40.0
SETTINGS: Final = {
    "database_connections": 6,
    "database_connect": 2.0,
    "database_lock": 2.0,
    "database_statement": 5.0,
    "database_idle": 2.0,
    "database_network": 2.0,
    "database_lease": 1.0,
    "person_rate": 0.0,
    "address_login_rate": 0.0,
    "socket_heartbeat": 0.5,
    "threads": 8,
    "log_level": "error",
}

UNLIMITED: Final = {"person_rate": 0.0, "address_login_rate": 0.0, "log_level": "error"}
"""For the load: everything as it is, but for the limits on one address."""


class Program:
    """One process that can be killed, paused and started again."""

    def __init__(self, words: Sequence[str], log: Path, environment: dict[str, str] | None = None) -> None:
        self._words = [sys.executable, *words]
        self._log = log
        self._environment = {**os.environ, **(environment or {})}
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> "IO[str]":
        """Start it; gives what it prints."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._words, stdout=subprocess.PIPE, stderr=log, text=True, env=self._environment
            )
        assert self.process.stdout is not None
        return self.process.stdout

    @property
    def lives(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def said(self) -> str:
        """The end of its log."""
        return self._log.read_text(errors="replace")[-500:]

    def kill(self) -> None:
        """As a power cut would: it says goodbye to nobody."""
        if self.process is not None:
            self.process.kill()
            self._wait()

    def pause(self) -> None:
        """Let it stand still."""
        if self.lives and self.process is not None:
            self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on."""
        if self.lives and self.process is not None:
            self.process.send_signal(signal.SIGCONT)

    def end(self, seconds: float) -> bool:
        """Ask it to stop; False if it had to be killed."""
        if self.process is None:
            return True
        self.go_on()
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        self._wait()
        return True

    def _wait(self) -> None:
        assert self.process is not None
        self.process.wait(PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None


class Node:
    """One node with the network before it, which keeps its address while the node comes and goes."""

    def __init__(self, number: int, dsn: str, folder: Path, *, network: bool) -> None:
        self._network = network
        self.url = ""
        settings = {**(SETTINGS if network else UNLIMITED), "database": dsn, "port": 0}
        variables = {f"WORKLOOM_SERVER_{name.upper()}": str(value) for name, value in settings.items()}
        words = ["-m", "workloom", "--data", str(folder / f"node-{number}"), "server"]
        self.program = Program(words, folder / f"node-{number}.log", variables)
        self.proxy: Proxy | None = None
        self.serves = False

    def kill(self) -> None:
        """As a power cut would."""
        self.serves = False
        self.program.kill()

    def start(self) -> None:
        """Start it and aim the network at it. RuntimeError if it does not listen."""
        line = self.program.start().readline()
        if not line:
            raise RuntimeError(f"a node has ended before it listened: {self.program.said()}")
        self.url = json.loads(line)["url"]
        if self._network and self.proxy is None:
            self.proxy = Proxy(self.url)
        if self.proxy is not None:
            self.proxy.aim(self.url)
        self.serves = True

    def restart(self) -> None:
        """Start it again until it listens: the database may be away as well."""
        end = monotonic() + PATIENCE
        while True:
            try:
                self.start()
            except RuntimeError:
                self.program.kill()
                if monotonic() > end:
                    raise
                sleep(0.3)
            else:
                return


class Cluster:
    """Everything that serves. `network`: with a bad network before each node, and short patience of the nodes."""

    def __init__(self, postgres: PostgresServer, dsn: str, folder: Path, nodes: int, *, network: bool = True) -> None:
        self.postgres = postgres
        self.dsn = dsn
        self.folder = folder
        self.nodes = [Node(number, dsn, folder, network=network) for number in range(nodes)]

    def start(self) -> None:
        """Bring the schema up to date and start the nodes."""
        starters = [Thread(target=node.start) for node in self.nodes]
        for starter in starters:
            starter.start()
        for starter in starters:
            starter.join(PATIENCE)
        if not all(node.url for node in self.nodes):
            raise RuntimeError("a node did not start")

    @property
    def servers(self) -> str:
        """Addresses of the nodes for desktops."""
        return ",".join(node.proxy.url for node in self.nodes if node.proxy)

    @property
    def urls(self) -> list[str]:
        """Addresses of the nodes themselves."""
        return [node.url for node in self.nodes]

    def heal(self) -> None:
        """Let everything run and every network be good."""
        for node in self.nodes:
            if node.proxy is not None:
                node.proxy.heal()
            node.program.go_on()

    def close(self) -> None:
        """End all."""
        for node in self.nodes:
            node.program.end(15.0)
            if node.proxy is not None:
                node.proxy.close()


def upgraded(dsn: str) -> None:
    """Make the tables."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        upgrade(connection, dsn)

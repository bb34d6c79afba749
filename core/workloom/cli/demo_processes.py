"""The processes of the demo: a node and desktops, each ended by its id."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from workloom.domain.errors import ServiceFailed

PATIENCE: Final = 30.0
"""Seconds in which the node has to listen."""

ENDING: Final = 10.0
"""Seconds in which a process that was asked to end does."""


class DemoProcesses:
    """All that the demo has started. `close` ends what still runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._node: subprocess.Popen[str] | None = None
        self._desktops: list[subprocess.Popen[str]] = []

    def start_node(self, settings: Mapping[str, str]) -> str:
        """A node on a port that the system chooses; its address, once it listens. ServiceFailed with what it said."""
        variables = {f"WORKLOOM_SERVER_{name.upper()}": value for name, value in settings.items()}
        log = (self._folder / "node.log").open("w", encoding="utf-8")
        with log:
            self._node = self._started("server", {"WORKLOOM_SERVER_PORT": "0", **variables}, log.fileno())
        assert self._node.stdout is not None
        line = self._node.stdout.readline()
        with suppress(ValueError, KeyError):
            return str(json.loads(line)["url"])
        self._node.wait(ENDING)
        said = (self._folder / "node.log").read_text("utf-8").strip()[-1000:]
        raise ServiceFailed(f"The node did not start. It said: {said or 'nothing'}")

    @property
    def node(self) -> int:
        """Id of the node's process, 0 before it was started."""
        return self._node.pid if self._node else 0

    def start_desktop(self, url: str, user: str, *more: str) -> int:
        """A desktop with settings and drafts of its own, on which the user logs in by itself; its process."""
        data = self._folder / f"desktop-{user}"
        data.mkdir(exist_ok=True)
        arguments = ("--data", str(data), "desktop", "--server", url, "--as", user, *more)
        self._desktops.append(self._started(arguments, {}, None))
        return self._desktops[-1].pid

    def node_lives(self) -> bool:
        """Whether the node still runs."""
        return self._node is not None and self._node.poll() is None

    def some_desktop_lives(self) -> bool:
        """Whether a desktop still runs."""
        return any(desktop.poll() is None for desktop in self._desktops)

    def close(self) -> None:
        """End all, the desktops first. Blocks until they have."""
        for process in (*self._desktops, *((self._node,) if self._node else ())):
            _end(process)

    def _started(
        self, arguments: tuple[str, ...] | str, variables: Mapping[str, str], log: int | None
    ) -> "subprocess.Popen[str]":
        words = (arguments,) if isinstance(arguments, str) else arguments
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "workloom", *words],
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if log is not None else None,
            stderr=log,
            text=True,
            start_new_session=True,  # Ctrl+C is ours; we end them in their order
        )


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(ENDING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(ENDING)
    if process.stdout is not None:
        process.stdout.close()

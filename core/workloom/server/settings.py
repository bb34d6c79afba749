"""Settings of a node: one TOML file, and over it the environment. What is not known is refused."""

from collections.abc import Mapping
from math import inf
from pathlib import Path
from tomllib import TOMLDecodeError, loads
from typing import Any, Final, get_type_hints

import msgspec
from msgspec import Struct

from workloom.domain.errors import BadInput
from workloom.server.logs import LEVELS
from workloom.settings import DATABASE_VARIABLE

PREFIX: Final = "WORKLOOM_SERVER_"
"""Of environment variables; the name of the setting in capitals follows."""

CONFIG_VARIABLE: Final = PREFIX + "CONFIG"
"""Environment variable that names the file."""


_AT_LEAST_ONE: Final = (
    "threads",
    "threads_of_one",
    "hashing_threads",
    "socket_threads",
    "database_connections",
    "database_shards",
    "largest_body",
    "socket_waiting",
    "socket_unknown",
    "socket_catch_up",
)


_MORE_THAN_NONE: Final = (
    "token_lifetime",
    "body_patience",
    "database_lease",
    "database_connect",
    "database_lock",
    "database_statement",
    "database_idle",
    "database_network",
)
"""With 0 nobody could work or would dispatch, or PostgreSQL would wait without end, and a client that is cut off would
hold its locks for ever.
"""


class ServerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Times in seconds, sizes in bytes, rates for each second. `docs/reference/server.md` says what each is for."""

    host: str = "127.0.0.1"
    port: int = 8750
    allow_plain_http: bool = False
    trusted_proxies: str = ""
    tls_certificate: str = ""
    tls_key: str = ""
    data: str = ""
    database: str = ""
    database_connections: int = 10
    database_connect: float = 3.0
    database_lock: float = 5.0
    database_statement: float = 30.0
    database_idle: float = 10.0
    database_network: float = 10.0
    database_lease: float = 3.0
    database_shards: int = 1
    demo: bool = False
    threads: int = 16
    threads_of_one: int = 4
    hashing_threads: int = 2
    largest_body: int = 1_048_576
    body_patience: float = 30.0
    token_lifetime: float = 16 * 3600.0
    address_login_rate: float = 20.0
    address_login_burst: float = 200.0
    address_unknown_rate: float = 20.0
    address_unknown_burst: float = 500.0
    person_rate: float = 50.0
    person_burst: float = 200.0
    client_rate: float = 500.0
    client_burst: float = 2000.0
    socket_heartbeat: float = 5.0
    socket_waiting: int = 262_144
    socket_hello: float = 10.0
    socket_unknown: int = 500
    socket_catch_up: int = 10_000
    socket_threads: int = 4
    heartbeats_together: float = 0.5
    news_poll: float = 0.2
    news_together: float = 0.25
    drain_notice: float = 0.0
    drain_limit: float = 10.0
    metrics_token: str = ""
    log_level: str = "info"


def read_settings(file: str, environment: Mapping[str, str]) -> ServerSettings:
    """The settings of the file (empty = none, or the one that the environment names) and of the environment.

    BadInput says in one sentence what cannot be used.
    """
    file = file or environment.get(CONFIG_VARIABLE, "")
    given = _of_file(Path(file)) if file else {}
    given.update(_of_environment(environment))
    if not given.get("data") and not given.get("database"):
        given["database"] = environment.get(DATABASE_VARIABLE, "")  # as for every other command
    try:
        settings = msgspec.convert(given, ServerSettings)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        where = path.strip("`.") or (file or "environment")
        raise BadInput(f"{message.rstrip('.')}.", where=where) from error
    _check(settings)
    return settings


def _of_file(path: Path) -> dict[str, Any]:
    try:
        return loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise BadInput("There is no such file.", where=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The file cannot be read.", where=str(path)) from error
    except TOMLDecodeError as error:
        raise BadInput(f"This is no TOML: {error}.", where=str(path)) from error


def _of_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    kinds = get_type_hints(ServerSettings)
    found: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith(PREFIX) or variable == CONFIG_VARIABLE:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in kinds:
            raise BadInput(f"There is no setting “{name}”.", where=variable)
        try:
            found[name] = msgspec.convert(text, kinds[name], strict=False)
        except msgspec.ValidationError as error:
            raise BadInput(f"{error}.", where=variable) from error
    return found


def _check(settings: ServerSettings) -> None:
    _check_numbers(settings)
    if settings.port > 65_535:
        raise BadInput(f"Expected a port up to 65535, found {settings.port}.", where="port")
    if settings.log_level not in LEVELS:
        raise BadInput(f"Expected one of {', '.join(LEVELS)}, found “{settings.log_level}”.", where="log_level")
    if settings.database_shards > 1 and not settings.database:
        raise BadInput(
            "Only nodes on a PostgreSQL divide the queues among them; name its database.", where="database_shards"
        )
    if settings.data and settings.database:
        raise BadInput("Give a data folder or a database, not both.", where="database")


def _check_numbers(settings: ServerSettings) -> None:
    for name in ServerSettings.__struct_fields__:
        value = getattr(settings, name)
        if isinstance(value, int | float) and not 0 <= value < inf:
            raise BadInput(f"Expected 0 or more, found {value}.", where=name)
    for name in _AT_LEAST_ONE:
        if getattr(settings, name) < 1:
            raise BadInput("Expected 1 or more, found 0.", where=name)
    for name in _MORE_THAN_NONE:
        if getattr(settings, name) <= 0:
            raise BadInput("Expected more than 0, found 0.", where=name)

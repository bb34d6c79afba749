"""What the surroundings say, read once into a frozen object: command line over environment over default."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

DATA_VARIABLE: Final = "WORKLOOM_DATA"
"""Environment variable that names the data folder."""


SERVER_VARIABLE: Final = "WORKLOOM_SERVER"
"""Environment variable that names the server on which a desktop works: addresses of its nodes, with commas."""


DATABASE_VARIABLE: Final = "WORKLOOM_DATABASE"
"""Environment variable that names a PostgreSQL database in the place of the data folder."""


class Settings(Struct, frozen=True, kw_only=True):
    """`data`: the folder with the embedded data, made at first use. `servers`: addresses of the nodes of the server on
    which the desktop works; none = on the engine in its own process. `dsn`: a PostgreSQL database for commands about
    the data; empty = the data folder.
    """

    data: Path
    servers: tuple[str, ...] = ()
    dsn: str = ""

    @property
    def database(self) -> Path:
        """The file of the embedded engine."""
        return self.data / "workloom.db"


def read_settings(environment: Mapping[str, str], *, data: str = "", server: str = "") -> Settings:
    """`data` (of the command line), else WORKLOOM_DATA, else the user's own folder for data of programs.

    `server`: likewise, else WORKLOOM_SERVER.
    """
    named = data or environment.get(DATA_VARIABLE, "")
    return Settings(
        data=Path(named).expanduser().absolute() if named else _default_folder(),
        servers=addresses_in(server or environment.get(SERVER_VARIABLE, "")),
        dsn=environment.get(DATABASE_VARIABLE, ""),
    )


def addresses_in(text: str) -> tuple[str, ...]:
    """Addresses that are separated by commas."""
    return tuple(filter(None, (each.strip() for each in text.split(","))))


def _default_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("workloom", appauthor=False)

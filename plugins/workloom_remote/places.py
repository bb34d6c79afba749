"""Where the desktop of an agent can be reached: a file that only the same person of this computer can read."""

import getpass
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from msgspec import Struct

FOLDER: Final = "WORKLOOM_REMOTE"
"""Environment variable that names the folder of the files, in place of one below the temporary folder."""


class Place(Struct, frozen=True, kw_only=True):
    """Address and key of one desktop."""

    agent: str
    address: str
    key: str


def folder() -> Path:
    """The folder of the files; it is made, for this person alone. PermissionError if it is somebody else's."""
    named = os.environ.get(FOLDER, "")
    path = Path(named) if named else Path(tempfile.gettempdir()) / f"workloom-{getpass.getuser()}"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        found = path.stat()
        if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
            raise PermissionError(f"{path}: expected a folder that only you can read. Remove it, or set {FOLDER}.")
    return path


def write(place: Place) -> Path:
    """Say where a desktop can be reached; the file, to be removed at the end."""
    file = folder() / f"{place.agent}-{os.getpid()}.json"
    file.touch(mode=0o600)
    text = json.dumps({"agent": place.agent, "address": place.address, "key": place.key})
    file.write_text(text, encoding="utf-8")
    return file


def find(agent: str = "") -> Place:
    """The desktop of an agent, or the only one. LookupError if there is none, or more than one."""
    files = sorted(folder().glob("*.json"))
    places = [Place(**json.loads(file.read_text(encoding="utf-8"))) for file in files]
    fitting = [place for place in places if not agent or place.agent == agent]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(sorted({place.agent for place in fitting}))
        raise LookupError(f"Several agents have a desktop open: {names}. Name one with --agent.")
    whose = f" of {agent}" if agent else ""
    raise LookupError(
        f"No desktop{whose} can be reached. Log in, and have an administrator set the option remote.enabled."
    )

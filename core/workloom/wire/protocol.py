"""Addresses, headers and the version of what desktop and server say to each other."""

from typing import Final

from workloom.domain.errors import KEY_NAME, WrongVersion

VERSION: Final = 2
"""Of the messages as this program writes and reads them. It rises when an older side would refuse or misunderstand."""

WORKING_VERSIONS: Final = (1, 2)
"""Versions of clients that this server understands."""

BASE: Final = "/desktop/v1"
INFO_PATH: Final = f"{BASE}/info"
EVENTS_PATH: Final = f"{BASE}/events"

KEY_HEADER: Final = KEY_NAME
VERSION_HEADER: Final = "Workloom-Version"
"""Of the client. A request without it is taken for one of the node's own version: that is for scripts."""

JSON: Final = "application/json"
MEDIA_PROBLEM: Final = "application/problem+json"

GO_BACK: Final = "Install the version of Workloom that the server has, or have the server brought up to date."
"""What to do where the desktop is the newer one."""


def check_version(version: int) -> None:
    """WrongVersion, which names those that work."""
    if version not in WORKING_VERSIONS:
        works = " and ".join(map(str, WORKING_VERSIONS))
        known = f"It speaks version {version} of the protocol, the server {works}."
        said = f"This desktop is newer than the server. {known} {GO_BACK}"
        if version < VERSION:
            said = (
                f"This desktop is too old for the server. {known} Install the version of Workloom that the server has."
            )
        raise WrongVersion(said, versions=WORKING_VERSIONS)

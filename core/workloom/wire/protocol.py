"""Addresses, headers and the version of what desktop and server say to each other."""

from typing import Final

from workloom.domain.errors import KEY_NAME, WrongVersion

VERSION: Final = 1
"""Of the messages as this program writes and reads them. It rises when an older side would misunderstand."""

WORKING_VERSIONS: Final = (1,)
"""Versions of clients that this server understands."""

BASE: Final = "/desktop/v1"
INFO_PATH: Final = f"{BASE}/info"
EVENTS_PATH: Final = f"{BASE}/events"

KEY_HEADER: Final = KEY_NAME
VERSION_HEADER: Final = "Workloom-Version"
"""Of the client. A request without it is taken for one of this version: that is for scripts."""

JSON: Final = "application/json"
MEDIA_PROBLEM: Final = "application/problem+json"


def check_version(version: int) -> None:
    """WrongVersion, which names those that work."""
    if version not in WORKING_VERSIONS:
        works = " and ".join(map(str, WORKING_VERSIONS))
        raise WrongVersion(
            f"This desktop speaks version {version} of the protocol, the server {works}. "
            f"Install the version of Workloom that the server has.",
            versions=WORKING_VERSIONS,
        )

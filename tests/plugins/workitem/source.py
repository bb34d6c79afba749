"""A source of work beside the open desktop: `workloom capture import` on the same data."""

from pathlib import Path

from workloom.api import EventKind, Services
from workloom.cli import main

MAPPING = """
[message]
id = "id"
revision = "rev"
verb = "state"
[message.verbs]
update = ["open"]
complete = ["closed"]
cancel = ["canceled"]
[defaults]
queue = "claims-late"
[item]
subject = "title"
[attached.columns]
Policy = "policy"
Cause = "cause"
"""


class Source:
    """Says one thing after the other about one claim."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._said = 0
        self._mapping = data / "source.toml"
        self._mapping.write_text(MAPPING, encoding="utf-8")

    def says(self, state: str, *, title: str = "Burst pipe", policy: str = "HP-1", cause: str = "Wind") -> None:
        """One row."""
        self._said += 1
        file = self._data / "source.csv"
        file.write_text(
            f"id,rev,state,title,policy,cause\nC-1,{self._said},{state},{title},{policy},{cause}\n", encoding="utf-8"
        )
        command = ["capture", "import", str(file), "--point", "scanroom", "--mapping", str(self._mapping)]
        assert main([*command, "--data", str(self._data)]) == 0


def captured(services: Services) -> str:
    """The id of what the source has created."""
    events = services.events.after(0, limit=5000)
    return next(
        event.item for event in events if event.kind is EventKind.SUBMITTED and event.actor == "source:scanroom"
    )

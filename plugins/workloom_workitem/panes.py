"""The panes that are open for one agent, so that Done can show what is missing and keys go to their parts."""

from collections.abc import Sequence
from typing import Protocol

from workloom.api import AttributeValue
from workloom_workitem.api import Problem


class OpenPane(Protocol):
    """What actions need of the pane of an open item."""

    def fault(self, missing: Sequence[AttributeValue], *, disposition: bool, problems: Sequence[Problem] = ()) -> str:
        """Move to the first field at fault and say what is missing, and what plugins say; empty = nothing."""
        ...

    def go_to(self, part: str) -> None:
        """Let the keyboard go to a part: `disposition`, `notes` or `context`."""
        ...

    def go_to_field(self, name: str) -> bool:
        """Let the keyboard go to a field of the case data; False if it has none of that name to type into."""
        ...


class Panes:
    """Open panes by item id."""

    def __init__(self) -> None:
        self._panes: dict[str, OpenPane] = {}

    def get(self, item: str) -> OpenPane | None:
        """The pane of an item, None if it is not open."""
        return self._panes.get(item)

    def add(self, item: str, pane: OpenPane) -> None:
        """A pane was opened."""
        self._panes[item] = pane

    def remove(self, item: str, pane: OpenPane) -> None:
        """A pane was closed; a newer one of the same item stays."""
        if self._panes.get(item) is pane:
            del self._panes[item]

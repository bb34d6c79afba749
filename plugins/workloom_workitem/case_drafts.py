"""What was typed into the case data of an item and not saved: an emptied field is a draft as well. No Qt."""

from typing import Final

from workloom.api import Context

TYPED: Final = "case:"
EMPTIED: Final = "case-emptied:"
"""A draft is a text that is not empty, so an emptied field has a draft of another name."""


class CaseDrafts:
    """The drafts of one item's fields."""

    def __init__(self, context: Context, item: str) -> None:
        self._drafts, self._item = context.drafts, item

    def keep(self, name: str, text: str) -> None:
        """The field holds this and it is not saved."""
        self._drafts.keep(self._item, TYPED + name, text)
        self._drafts.keep(self._item, EMPTIED + name, "" if text else "yes")

    def forget(self, name: str) -> None:
        """The field is saved, or the person wants the saved value."""
        for kind in (TYPED, EMPTIED):
            self._drafts.keep(self._item, kind + name, "")

    def kept(self) -> dict[str, str]:
        """What the fields held when it was kept, by name."""
        found = {}
        for key, text in self._drafts.of(self._item).items():
            if key.startswith(TYPED):
                found[key.removeprefix(TYPED)] = text
            elif key.startswith(EMPTIED):
                found[key.removeprefix(EMPTIED)] = ""
        return found

"""The keys of the desktop: what each does, where it holds, and what people have changed. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from workloom.shell.words import say, word

GLOBAL, TOAST, ITEM, LIST = word("Everywhere"), word("Offer"), word("Open item"), word("Lists")
FROM_PLUGINS = word("From plugins")
EVERYWHERE: Final = (GLOBAL, TOAST, FROM_PLUGINS)


class KeyRow(Struct, frozen=True, kw_only=True):
    """One line of the keyboard map. Keys are Qt's portable names.

    `keys` can be changed unless the row is `fixed`; those of `always`, such as arrows in lists, hold besides.
    """

    id: str
    title: str  # as it stands: `said` is what people read
    where: str
    keys: tuple[str, ...]
    always: tuple[str, ...] = ()
    fixed: bool = False
    number: int = 0  # which item or view, 0 = no such row

    @property
    def said(self) -> str:
        """What it does, in the language in force."""
        return say(self.title, number=self.number) if self.number else say(self.title)


def _row(
    id_: str,
    title: str,
    *keys: str,
    where: str = GLOBAL,
    always: tuple[str, ...] = (),
    fixed: bool = False,
    number: int = 0,
) -> KeyRow:
    return KeyRow(id=id_, title=title, where=where, keys=keys, always=always, fixed=fixed, number=number)


ITEM_ROWS: Final = tuple(
    _row(f"item.number.{n}", word("Open item {number}"), f"Ctrl+{n}", number=n) for n in range(1, 10)
)
VIEW_ROWS: Final = tuple(_row(f"view.number.{n}", word("View {number}"), f"Alt+{n + 1}", number=n) for n in range(1, 8))

SHELL_KEYS: Final = (
    *ITEM_ROWS,
    _row("item.next", word("Next open item"), "Ctrl+Tab"),
    _row("item.current", word("The open item"), "Alt+1"),
    *VIEW_ROWS,
    _row("status.ready", word("Ready"), "Ctrl+Alt+1"),
    _row("status.not-ready", word("Not ready"), "Ctrl+Alt+2"),
    _row("status.after-work", word("After work"), "Ctrl+Alt+3"),
    _row("status.dnd", word("Do not disturb"), "Ctrl+Alt+4"),
    _row("pane.next", word("Next pane"), "F6"),
    _row("pane.previous", word("Previous pane"), "Shift+F6"),
    _row("search.here", word("Search here"), "Ctrl+F"),
    _row("undo.last", word("Undo the last action"), "Ctrl+Z"),
    _row("keys.show", word("All keys"), "Ctrl+/"),
    _row("text.larger", word("Larger text"), "Ctrl++", "Ctrl+="),
    _row("text.smaller", word("Smaller text"), "Ctrl+-"),
    _row("toast.accept", word("Accept the oldest offer"), "F8", where=TOAST),
    _row("toast.reject", word("Reject the oldest offer"), "Shift+F8", where=TOAST),
    _row("toast.focus", word("Move into the offer"), "F7", where=TOAST),
    _row("toast.leave", word("Leave the offer"), "Esc", where=TOAST, fixed=True),
)
LIST_KEYS: Final = (
    _row("list.next", word("Next row"), "J", where=LIST, always=("Down",)),
    _row("list.previous", word("Previous row"), "K", where=LIST, always=("Up",)),
    _row("list.open", word("Open"), "Return", where=LIST, always=("Enter",)),
    _row("list.select", word("Select"), "X", where=LIST, always=("Space",)),
    _row("list.extend", word("Extend the selection"), "Shift+Down", where=LIST, always=("Shift+Up",)),
    _row("list.all", word("Select all"), "Ctrl+A", where=LIST),
    _row("list.clear", word("Clear the selection"), "Esc", where=LIST, fixed=True),
    _row("list.first", word("First row"), "Home", where=LIST),
    _row("list.last", word("Last row"), "End", where=LIST),
)


def in_effect(row: KeyRow, changed: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a row with what people have changed; `()` when they were taken away."""
    if row.fixed or row.id not in changed:
        return (*row.keys, *row.always)
    own = (changed[row.id],) if changed[row.id] else ()
    return (*own, *row.always)


def clash(keys: str, row: KeyRow, rows: Iterable[KeyRow], changed: Mapping[str, str]) -> KeyRow | None:
    """Another row that has these keys where `row` holds too, None if they are free."""
    for other in rows:
        meet = row.where == other.where or row.where in EVERYWHERE or other.where in EVERYWHERE
        if other.id != row.id and meet and _same(keys, in_effect(other, changed)):
            return other
    return None


def why_not(keys: str, row: KeyRow) -> str:
    """Why these keys cannot be given to a row, whoever has them; empty if they can."""
    *modifiers, last = keys.replace("++", "+Plus").split("+")
    held = {modifier for modifier in modifiers if modifier != "Shift"}
    if held or (last[0] == "F" and last[1:].isdigit()):
        return ""
    if row.where != LIST:
        return say("{keys} writes or moves in a text. Hold Ctrl or Alt with it, or take a key such as F9.", keys=keys)
    return say("Esc and Tab are the way out of a list.") if last in ("Esc", "Tab", "Backtab") else ""


def usual(keys: str, rows: Sequence[KeyRow], changed: Mapping[str, str]) -> str:
    """Which key of a list these keys stand for; empty: none any more. Keys that no row knows stay as they are."""
    for row in rows:
        if _same(keys, in_effect(row, changed)):
            return keys if _same(keys, (*row.keys, *row.always)) else row.keys[0]
    return "" if any(_same(keys, row.keys) for row in rows) else keys


def _same(keys: str, others: Iterable[str]) -> bool:
    return keys.casefold() in (other.casefold() for other in others)

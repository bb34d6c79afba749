"""The keys of the desktop: what each does, where it holds, and what people have changed. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

GLOBAL, TOAST, ITEM, LIST = "Everywhere", "Offer", "Open item", "Lists"
FROM_PLUGINS = "From plugins"
EVERYWHERE: Final = (GLOBAL, TOAST, FROM_PLUGINS)


class KeyRow(Struct, frozen=True, kw_only=True):
    """One line of the keyboard map. Keys are Qt's portable names.

    `keys` can be changed unless the row is `fixed`; those of `always`, such as arrows in lists, hold besides.
    """

    id: str
    title: str
    where: str
    keys: tuple[str, ...]
    always: tuple[str, ...] = ()
    fixed: bool = False


def _row(
    id_: str, title: str, *keys: str, where: str = GLOBAL, always: tuple[str, ...] = (), fixed: bool = False
) -> KeyRow:
    return KeyRow(id=id_, title=title, where=where, keys=keys, always=always, fixed=fixed)


ITEM_ROWS: Final = tuple(_row(f"item.number.{n}", f"Open item {n}", f"Ctrl+{n}") for n in range(1, 10))
VIEW_ROWS: Final = tuple(_row(f"view.number.{n}", f"View {n}", f"Alt+{n + 1}") for n in range(1, 8))

SHELL_KEYS: Final = (
    *ITEM_ROWS,
    _row("item.next", "Next open item", "Ctrl+Tab"),
    _row("item.current", "The open item", "Alt+1"),
    *VIEW_ROWS,
    _row("status.ready", "Ready", "Ctrl+Alt+1"),
    _row("status.not-ready", "Not ready", "Ctrl+Alt+2"),
    _row("status.after-work", "After work", "Ctrl+Alt+3"),
    _row("status.dnd", "Do not disturb", "Ctrl+Alt+4"),
    _row("pane.next", "Next pane", "F6"),
    _row("pane.previous", "Previous pane", "Shift+F6"),
    _row("search.here", "Search here", "Ctrl+F"),
    _row("undo.last", "Undo the last action", "Ctrl+Z"),
    _row("keys.show", "All keys", "Ctrl+/"),
    _row("text.larger", "Larger text", "Ctrl++", "Ctrl+="),
    _row("text.smaller", "Smaller text", "Ctrl+-"),
    _row("toast.accept", "Accept the oldest offer", "F8", where=TOAST),
    _row("toast.reject", "Reject the oldest offer", "Shift+F8", where=TOAST),
    _row("toast.focus", "Move into the offer", "F7", where=TOAST),
    _row("toast.leave", "Leave the offer", "Esc", where=TOAST, fixed=True),
)
LIST_KEYS: Final = (
    _row("list.next", "Next row", "J", where=LIST, always=("Down",)),
    _row("list.previous", "Previous row", "K", where=LIST, always=("Up",)),
    _row("list.open", "Open", "Return", where=LIST, always=("Enter",)),
    _row("list.select", "Select", "X", where=LIST, always=("Space",)),
    _row("list.extend", "Extend the selection", "Shift+Down", where=LIST, always=("Shift+Up",)),
    _row("list.all", "Select all", "Ctrl+A", where=LIST),
    _row("list.clear", "Clear the selection", "Esc", where=LIST, fixed=True),
    _row("list.first", "First row", "Home", where=LIST),
    _row("list.last", "Last row", "End", where=LIST),
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
        return f"{keys} writes or moves in a text. Hold Ctrl or Alt with it, or take a key such as F9."
    return "Esc and Tab are the way out of a list." if last in ("Esc", "Tab", "Backtab") else ""


def usual(keys: str, rows: Sequence[KeyRow], changed: Mapping[str, str]) -> str:
    """Which key of a list these keys stand for; empty: none any more. Keys that no row knows stay as they are."""
    for row in rows:
        if _same(keys, in_effect(row, changed)):
            return keys if _same(keys, (*row.keys, *row.always)) else row.keys[0]
    return "" if any(_same(keys, row.keys) for row in rows) else keys


def _same(keys: str, others: Iterable[str]) -> bool:
    return keys.casefold() in (other.casefold() for other in others)

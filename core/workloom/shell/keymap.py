"""The keys of the desktop: what each does, where it holds, and what people have changed. No Qt."""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

GLOBAL, TOAST, ITEM, LIST = "Everywhere", "Offer", "Open item", "Lists"


class KeyRow(Struct, frozen=True, kw_only=True):
    """One line of the keyboard map. `keys` are Qt's portable names; `fixed` ones cannot be changed."""

    id: str
    title: str
    where: str
    keys: tuple[str, ...]
    fixed: bool = False


def _row(id_: str, title: str, *keys: str, where: str = GLOBAL, fixed: bool = False) -> KeyRow:
    return KeyRow(id=id_, title=title, where=where, keys=keys, fixed=fixed)


ITEM_KEYS: Final = tuple(f"Ctrl+{number}" for number in range(1, 10))
VIEW_KEYS: Final = tuple(f"Alt+{number}" for number in range(2, 9))

SHELL_KEYS: Final = (
    _row("item.first", "Open items 1 to 9", "Ctrl+1 … Ctrl+9", fixed=True),
    _row("item.next", "Next open item", "Ctrl+Tab"),
    _row("item.current", "The open item", "Alt+1"),
    _row("view.first", "Views in their order", "Alt+2 … Alt+8", fixed=True),
    _row("status.ready", "Ready", "Ctrl+Alt+1"),
    _row("status.not-ready", "Not ready", "Ctrl+Alt+2"),
    _row("status.after-work", "After work", "Ctrl+Alt+3"),
    _row("status.dnd", "Do not disturb", "Ctrl+Alt+4"),
    _row("pane.next", "Next pane", "F6"),
    _row("pane.previous", "Previous pane", "Shift+F6"),
    _row("search.here", "Search here", "Ctrl+F"),
    _row("keys.show", "All keys", "Ctrl+/"),
    _row("text.larger", "Larger text", "Ctrl++", "Ctrl+="),
    _row("text.smaller", "Smaller text", "Ctrl+-"),
    _row("toast.accept", "Accept the oldest offer", "F8", where=TOAST),
    _row("toast.reject", "Reject the oldest offer", "Shift+F8", where=TOAST),
    _row("toast.focus", "Move into the offer", "F7", where=TOAST),
    _row("toast.leave", "Leave the offer", "Esc", where=TOAST, fixed=True),
)
LIST_KEYS: Final = (
    _row("list.move", "Next and previous row", "J", "K", "Down", "Up", where=LIST, fixed=True),
    _row("list.open", "Open", "Return", where=LIST, fixed=True),
    _row("list.select", "Select", "X", "Space", where=LIST, fixed=True),
    _row("list.extend", "Extend the selection", "Shift+Down", where=LIST, fixed=True),
    _row("list.all", "Select all", "Ctrl+A", where=LIST, fixed=True),
    _row("list.clear", "Clear the selection", "Esc", where=LIST, fixed=True),
    _row("list.ends", "First and last row", "Home", "End", where=LIST, fixed=True),
)


def in_effect(row: KeyRow, changed: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a row with what people have changed; `()` when it was taken away."""
    if row.fixed or row.id not in changed:
        return row.keys
    return (changed[row.id],) if changed[row.id] else ()


def clash(keys: str, row: KeyRow, rows: Iterable[KeyRow], changed: Mapping[str, str]) -> KeyRow | None:
    """Another row that has these keys where `row` holds too, None if they are free."""
    everywhere = {row.where, GLOBAL, TOAST} if row.where not in (GLOBAL, TOAST) else None
    for other in rows:
        if other.id == row.id or (everywhere is not None and other.where not in everywhere):
            continue
        if keys.casefold() in (key.casefold() for key in _each(in_effect(other, changed))):
            return other
    return None


def _each(keys: Iterable[str]) -> Iterable[str]:
    """Single keys, with a run such as `Ctrl+1 … Ctrl+9` spelt out."""
    for key in keys:
        first, _, last = key.partition(" … ")
        if last:
            yield from (f"{first[:-1]}{number}" for number in range(int(first[-1]), int(last[-1]) + 1))
        else:
            yield key

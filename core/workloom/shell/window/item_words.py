"""What the sidebar says of an open item. No Qt."""

import re
from datetime import datetime, tzinfo

from msgspec import Struct

from workloom.domain.pages import ItemRow
from workloom.domain.wording import due, duration, priority_level
from workloom.shell.words import say

URGENT_LEVEL = 4


UNITS = {"d": "day", "h": "hour", "min": "minute", "s": "second"}


def in_full(text: str) -> str:
    """Durations as they are said aloud: `due in 1 h 18 min` → `due in 1 hour 18 minutes`."""

    def unit(found: re.Match[str]) -> str:
        return f"{found[1]} {UNITS[found[2]]}{'' if found[1] == '1' else 's'}"

    return re.sub(r"\b(\d+) (d|h|min|s)\b", unit, text)


class ItemWords(Struct, frozen=True, kw_only=True):
    """Lines of an entry. `pressing` empty = nothing presses; `tone` is warning or danger."""

    subject: str
    contact: str
    age: str
    pressing: str = ""
    tone: str = "warning"
    urgent: bool = False
    new: bool = False
    spoken: str = ""


def held_since(row: ItemRow) -> datetime:
    """Since when the agent has the item."""
    return row.item.assigned_at or row.item.placed_at


def item_words(  # each of them is said
    row: ItemRow, singular: str, now: datetime, *, new: bool, position: tuple[int, int], zone: tzinfo | None = None
) -> ItemWords:
    """The words of one open item; `position` is its number and how many there are."""
    item = row.item
    urgent = priority_level(item.priority) == URGENT_LEVEL
    pressing, tone = "", "warning"
    if item.attributes.due_at is not None:
        words = due(item.attributes.due_at, now, zone)
        if words.tone:
            pressing = say("due {rest}", rest=words.rest) if words.rest else words.text
            tone = words.tone
    if urgent:
        pressing, tone = (say("Urgent · {pressing}", pressing=pressing) if pressing else say("Urgent")), "danger"
    age = duration(now - held_since(row))
    contact = row.contact or say("No contact")
    presses = in_full(pressing[:1].lower() + pressing[1:].replace(" · ", ", "))
    spoken = [
        singular,
        item.subject,
        contact,
        presses,
        say("new") if new else "",
        say("item {number} of {all}", number=position[0], all=position[1]),
    ]
    return ItemWords(
        subject=item.subject,
        contact=contact,
        age=age,
        pressing=pressing[:1].upper() + pressing[1:],
        tone=tone,
        urgent=urgent,
        new=new,
        spoken=", ".join(part for part in spoken if part),
    )

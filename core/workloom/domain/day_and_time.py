"""A day with a time as people type and read it, in a zone that is said beside it; kept as ISO text in UTC.

`zone` None is that of the computer: the desktop's, where people type. All else is pure.
"""

import re
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from workloom.domain.wording import day

EXAMPLE: Final = "20 Nov 2026, 14:30"
_FORMATS: Final = ("%d %b %Y %H:%M", "%d %b %Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")
_UTC: Final = re.compile(r"\s*UTC(?P<offset>[+-]\d\d:\d\d)?$")


def read(text: str, zone: tzinfo | None = None) -> datetime | None:
    """What a text says, aware; None if it is no day with a time. Without a zone of its own it is read in `zone`."""
    text = " ".join(text.replace(",", " ").split())
    said = _UTC.search(text)
    found = _parsed(text[: said.start()] if said else text)
    if found is None:
        return None
    if said:
        found = datetime.fromisoformat(f"{found.replace(tzinfo=None).isoformat()}{said['offset'] or '+00:00'}")
    try:
        local = found if found.tzinfo is not None else found.replace(tzinfo=zone) if zone else found.astimezone()
        return local.astimezone(UTC)
    except (OverflowError, OSError, ValueError):  # the first and last years of the calendar, and what Windows cannot
        return None


def kept(at: datetime) -> str:
    """The text that is kept: `2026-11-20T13:30+00:00`, with seconds where there are any."""
    return at.astimezone(UTC).isoformat(timespec="seconds" if at.second else "minutes")


def shown(at: datetime, zone: tzinfo | None = None) -> str:
    """`20 Nov 2026, 14:30`: without the zone, which stands beside it."""
    local = at.astimezone(zone)
    return f"{day(local.date(), date.min)}, {local:{'%H:%M:%S' if local.second else '%H:%M'}}"


def zone_at(at: datetime, zone: tzinfo | None = None) -> str:
    """`UTC+01:00`: how far the zone is from UTC at a moment."""
    minutes = round((at.astimezone(zone).utcoffset() or UTC.utcoffset(None)).total_seconds() / 60)
    if not minutes:
        return "UTC"
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _parsed(text: str) -> datetime | None:
    if ":" not in text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is that of who typed it
        except ValueError:
            continue
    return None

"""How times and priorities are said to people: short, the same everywhere, never without a unit.

All functions are pure: `now` and the local zone are given. Instants are aware datetimes.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
URGENT, HIGH, NORMAL = 3000, 2000, 1000
"""Least priority that is called urgent, high and normal; below is low."""

DUE_SOON = timedelta(hours=4)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Due(Struct, frozen=True, kw_only=True):
    """A due time in words: `text` when, `rest` how long until then, `tone` warning or danger when it presses."""

    text: str
    rest: str = ""
    tone: str = ""


def duration(span: timedelta) -> str:
    """`45 s`, `12 min`, `1 h 12 min`, `2 d 4 h`; a negative span counts as nothing."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < MINUTE:
        return f"{seconds} s"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    larger, smaller, unit, step = (
        (seconds // HOUR, seconds % HOUR // MINUTE, "h", "min")
        if seconds < DAY
        else (seconds // DAY, seconds % DAY // HOUR, "d", "h")
    )
    return f"{larger} {unit} {smaller} {step}" if smaller else f"{larger} {unit}"


def in_seconds(*spans: timedelta) -> bool:
    """Whether one of these durations is said in seconds, so that it is said anew each second."""
    return any(span < timedelta(seconds=MINUTE) for span in spans)


def _roughly(span: timedelta) -> str:
    """The larger unit of a duration: `3 h` for three hours and 39 minutes."""
    return " ".join(duration(span).split()[:2])


def day(at: date, today: date) -> str:
    """`22 Nov`, with the year when it is another one."""
    text = f"{at.day} {_MONTHS[at.month - 1]}"
    return text if at.year == today.year else f"{text} {at.year}"


def moment(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """`23 Nov 12:58` in local time, with the year when it is another one."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    return f"{day(local.date(), today)} {local:%H:%M}"


def full_moment(at: datetime, zone: tzinfo | None = None) -> str:
    """`23 Nov 2026, 12:58:07`: what a tooltip shows."""
    local = at.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M:%S}"


def due(at: datetime, now: datetime, zone: tzinfo | None = None, *, say: Callable[..., str] = str.format) -> Due:
    """`overdue 3 h`, `today 16:00` with `in 2 h 18 min`, `tomorrow 12:00`, `24 Nov`; `say` translates."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    left = at - now
    if left < timedelta(0):
        return Due(text=say("overdue {span}", span=_roughly(-left)), tone="danger")
    tone = "warning" if left <= DUE_SOON or local.date() == today else ""
    rest, time = say("in {span}", span=duration(left)), f"{local:%H:%M}"
    if local.date() == today:
        return Due(text=say("today {time}", time=time), rest=rest, tone=tone)
    if local.date() == today + timedelta(days=1):
        return Due(text=say("tomorrow {time}", time=time), rest=rest, tone=tone)
    return Due(text=day(local.date(), today), rest=rest, tone=tone)


def priority_level(priority: int) -> int:
    """1 low, 2 normal, 3 high, 4 urgent: also the number of filled bars, 4 being the flag."""
    return 4 if priority >= URGENT else 3 if priority >= HIGH else 2 if priority >= NORMAL else 1


def priority_word(priority: int) -> str:
    """`Low`, `Normal`, `High`, `Urgent`."""
    return ("Low", "Normal", "High", "Urgent")[priority_level(priority) - 1]


def shortened(text: str, at_most: int) -> str:
    """A text with its rest left out where it is longer than so many characters: a screen has no use for a million."""
    return text if len(text) <= at_most else f"{text[:at_most]}…"


def within_sentence(title: str) -> str:
    """A title as it stands within a sentence; abbreviations (`PDF forms`) keep their capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def count(number: int, singular: str, plural: str = "") -> str:
    """`1 item`, `2 items`, `1,204 items`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"

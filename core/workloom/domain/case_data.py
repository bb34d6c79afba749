"""Case data: attached data as a form of typed fields, by a business attribute (the case-data format).

Attached values are text or integers. A field's type says how they are read: `int` is stored as an integer; `float`,
`bool` (`true`/`false`), `date` (`2026-11-20`), `date-time` (`2026-11-20T13:30+00:00`), `enum`, `string` and `multiline`
as text.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from workloom.domain import day_and_time
from workloom.domain.interaction import Value
from workloom.domain.site import AttributeValue, BusinessAttribute
from workloom.domain.wording import day

TRUE, FALSE = "true", "false"
CURRENCY_SIGNS = ("€", "$", "£", "¥")
"""Units that stand before their number."""

_LONGEST_NUMBER = 15
"""Digits: more than that a number in JSON cannot carry exactly."""
_BETWEEN = "[, \u00a0]"
_GROUPED = rf"[+-]?\d{{1,3}}(?:{_BETWEEN}\d{{3}})+(?:\.\d+)?"
"""A number with its thousands apart. Elsewhere a comma is no part of one: `4850,5` must not become 48505."""
_DATE_FORMATS = ("%Y-%m-%d", "%d %b %Y", "%d.%m.%Y")


def fields_of(
    form: BusinessAttribute | None, attached: Mapping[str, object], hidden: frozenset[str] = frozenset()
) -> tuple[AttributeValue, ...]:
    """Fields to show, in order: those of the format, else one text field for each attached key that is not hidden."""
    if form is not None:
        return form.values
    keys = (key for key, value in attached.items() if key not in hidden and not isinstance(value, Mapping))
    return tuple(AttributeValue(name=key) for key in sorted(keys, key=str.casefold))


def shown(field: AttributeValue, value: object) -> str:
    """The stored value as people read it; what cannot be read as the type is shown as it is stored."""
    text = "" if value is None else str(value)
    if not text:
        return ""
    if field.type == "date":
        found = _date(text)
        return f"{day(found, date.min)}" if found else text
    if field.type == "date-time":
        at = day_and_time.read(text)
        return day_and_time.shown(at) if at else text
    if field.type in ("int", "float"):
        number = _number(text)
        if number is None:
            return text
        return f"{int(number):,}" if field.type == "int" else f"{number:,.2f}"
    return text


def in_words(field: AttributeValue, value: object) -> str:
    """The stored value where it is only read: `€4,850.00`, `9 m²`, `Yes`, `20 Nov 2026, 14:30 UTC+01:00`.

    Empty = there is none.
    """
    text = shown(field, value)
    if field.type == "date-time":
        at = day_and_time.read(text)
        return f"{text} {day_and_time.zone_at(at)}" if at else text
    if field.type == "bool":
        return {TRUE: "Yes", FALSE: "No"}.get(text, text)
    if field.type == "enum":
        return next((each.title or each.name for each in field.values if each.name == text), text)
    if not text or not field.unit:
        return text
    return f"{field.unit}{text}" if field.unit in CURRENCY_SIGNS else f"{text} {field.unit}"


def stored(field: AttributeValue, text: str) -> Value | None:
    """What is kept for a text that was typed; None = the key is deleted. Call `problem_with` first."""
    text = text.strip()
    if not text:
        return None
    if field.type == "int":
        return int(_number(text) or 0)
    if field.type == "float":
        number = _number(text)
        return text if number is None else f"{number:f}"
    if field.type == "date":
        found = _date(text)
        return found.isoformat() if found else text
    if field.type == "date-time":
        at = day_and_time.read(text)
        return day_and_time.kept(at) if at else text
    return text


def problem_with(field: AttributeValue, text: str) -> str:
    """Why the text cannot stand in the field, in words; empty = it can."""
    text = text.strip()
    if not text:
        return f"{field.title or field.name} is needed." if field.required else ""
    return _problem_of_type(field, text) or _problem_of_pattern(field, text)


def missing(form: BusinessAttribute | None, attached: Mapping[str, object]) -> tuple[AttributeValue, ...]:
    """Required fields of the format that have no value."""
    if form is None:
        return ()
    return tuple(field for field in form.values if field.required and not str(attached.get(field.name) or "").strip())


def _problem_of_type(field: AttributeValue, text: str) -> str:
    match field.type:
        case "int":
            number = _number(text)
            return "" if number is not None and number == int(number) else f"“{text}” is not a whole number."
        case "float":
            return "" if _number(text) is not None else f"“{text}” is not a number. Write it like 4850.00."
        case "date" | "date-time":
            return _problem_of_day(text, with_time=field.type == "date-time")
        case "bool":
            return "" if text in (TRUE, FALSE) else f"“{text}” is neither {TRUE} nor {FALSE}."
        case "enum":
            known = field.choices or tuple(value.name for value in field.values)
            return "" if text in known else f"“{text}” is not one of {', '.join(known)}."
    return ""


def _problem_of_day(text: str, *, with_time: bool) -> str:
    if day_and_time.read(text) if with_time else _date(text):
        return ""
    if not with_time:
        return f"“{text}” is not a date. Write it like 20 Nov 2026 or 2026-11-20."
    without = "has no time of day" if _date(text) else "is not a date with a time"
    return f"“{text}” {without}. Write it like {day_and_time.EXAMPLE}."


def _problem_of_pattern(field: AttributeValue, text: str) -> str:
    if not field.pattern or re.fullmatch(field.pattern, text):
        return ""
    said = field.hint or "“{text}” does not have the form that is asked for."
    return said.replace("{length}", str(len(text.replace(" ", "")))).replace("{text}", text)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(re.sub(_BETWEEN, "", text) if re.fullmatch(_GROUPED, text) else text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < _LONGEST_NUMBER else None


def _date(text: str) -> date | None:
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None

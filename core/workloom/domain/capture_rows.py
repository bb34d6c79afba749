"""A row of an export read by its mapping: pure. What cannot be read raises BadInput with the column and the reason."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import json

from workloom.domain.capture import INSTANTS, NUMBERS
from workloom.domain.capture_mapping import EPOCH, EPOCH_MS, ISO, CaptureMapping, Source, TimeStyle, columns_of, pieces
from workloom.domain.capture_messages import Said, Verb
from workloom.domain.errors import BadInput
from workloom.domain.interaction import LONGEST_NUMBER, Value

Values = Mapping[str, Any]
LARGEST = 2**31
"""Numbers lie between minus and plus this."""

_FOUND_BY = frozenset({"requested_agent", "requested_group", "requested_skill"})

_BEGIN_OF_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MISSING: Any = object()


class RowReader:
    """Reads rows by one mapping. `missing` are the columns of the mapping that no row that was read has had."""

    def __init__(self, mapping: CaptureMapping) -> None:
        self.mapping = mapping
        self.missing: frozenset[str] = frozenset()
        self._read_any = False
        self._used = mapping.columns()
        self._instants: dict[tuple[str, TimeStyle], str] = {}
        self._rest: dict[str, bool] = {}

    def identity(self, values: Values) -> tuple[str, str, Verb]:
        """Capture id, revision and verb of a row. Without a revision column the content itself is the revision."""
        mapping = self.mapping
        capture_id = self._text(values, mapping.id)
        if not capture_id:
            raise BadInput(f"The id is missing (column “{mapping.id}”).")
        revision = self._text(values, mapping.revision) if mapping.revision else ""
        if mapping.revision and not revision:
            raise BadInput(f"The revision is missing (column “{mapping.revision}”).")
        for name, column, text in (("id", mapping.id, capture_id), ("revision", mapping.revision, revision)):
            if isinstance(lookup(values, column), dict | list):
                raise BadInput(
                    f"The {name} “{short(text)}” (column “{column}”) is no single value. Expected a text or a number."
                )
            _check_length(text, name)
        verb = self._verb(values)
        self._look_for_missing(values)
        return capture_id, revision or digest_of(values), verb

    def said(self, values: Values, *, creating: bool) -> Said:
        """What the row says of its item. A text of several columns is composed of those that a first row has; later
        rows speak of it where they have all.
        """
        mapping = self.mapping
        fields = self._read(values, mapping.fields, self._field, creating=creating)
        attached = self._read(values, mapping.attached, self._attached, creating=creating)
        if mapping.rest:
            rest = {name: self._value(found) for name, found in values.items() if self._is_rest(name)}
            attached = {**rest, **attached}
        key = (
            None
            if mapping.contact_key is None
            else self._found(values, mapping.contact_key, "contact key", creating=creating)
        )
        contact = self._read(values, mapping.contact, lambda found, _source, _name: as_text(found), creating=creating)
        contact_key = "" if key in (None, _MISSING) else as_text(key)
        _check_length(contact_key, "contact key")
        return Said(
            fields=fields,
            attached=attached,
            contact_key=contact_key,
            contact={name: value for name, value in contact.items() if value},
        )

    def _look_for_missing(self, values: Values) -> None:
        candidates = self.missing if self._read_any else self._used
        self._read_any = True
        if candidates:
            self.missing = frozenset(column for column in candidates if lookup(values, column) is _MISSING)

    def _verb(self, values: Values) -> Verb:
        mapping = self.mapping
        if not mapping.verb:
            return Verb.UPDATE
        state = self._text(values, mapping.verb)
        verb = mapping.verbs.get(state, mapping.other_verb)
        if verb is None:
            known = ", ".join(f"“{name}”" for name in mapping.verbs)
            raise BadInput(
                f"The state “{short(state)}” (column “{mapping.verb}”) is not known. The mapping has {known}."
            )
        return verb

    def _read(
        self,
        values: Values,
        sources: Mapping[str, Source],
        convert: Callable[[Any, Source, str], Any],
        *,
        creating: bool,
    ) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for name, source in sources.items():
            found = self._found(values, source, name, creating=creating)
            if found is not _MISSING:
                read[name] = None if found is None else convert(found, source, name)
        return read

    def _found(self, values: Values, source: Source, name: str, *, creating: bool) -> Any:
        """What a source gives for a row: a value, None if it is unknown, _MISSING if the row does not speak of it."""
        if source.value is not None:
            return source.value
        if source.text:
            spoken = creating or all(lookup(values, column) is not _MISSING for column in columns_of(source))
            return self._composed(values, source.text) if spoken else _MISSING
        found = lookup(values, source.column)
        if found is _MISSING:
            return _MISSING
        found = self._value(found)
        if found is None or not (source.values or source.other is not None):
            return found
        translated = source.values.get(as_text(found), source.other)
        if translated is None:
            known = ", ".join(f"“{value}”" for value in source.values)
            raise BadInput(
                f"“{short(as_text(found))}” (column “{source.column}”) is none of the values for {name}: {known}."
            )
        return translated

    def _composed(self, values: Values, text: str) -> str | None:
        parts: list[str] = []
        anything = False
        for before, column in pieces(text):
            found = self._text(values, column) if column else ""
            anything = anything or bool(found)
            parts += (before, found)
        return "".join(parts).strip() if anything else None

    def _field(self, found: Any, source: Source, name: str) -> str | int:
        if name in INSTANTS:
            return self._instant(as_text(found), source, name)
        if name in NUMBERS:
            return number_of(found, source.column, name)
        if name in _FOUND_BY:
            _check_length(as_text(found), name.replace("_", "-"))
        return as_text(found)

    def _attached(self, found: Any, source: Source, name: str) -> Value:
        return number_of(found, source.column, name) if source.number else found

    def _instant(self, text: str, source: Source, name: str) -> str:
        key = (text, source.time)
        if key not in self._instants:
            try:
                at = instant_of(text, source.time)
            except (ValueError, OverflowError) as error:
                raise BadInput(
                    f"“{short(text)}” (column “{source.column}”) cannot be read as the time {name.replace('_', '-')}."
                    f" Expected the form {source.time.format}."
                ) from error
            if len(self._instants) > 10_000:
                self._instants.clear()
            self._instants[key] = at.isoformat()
        return self._instants[key]

    def _text(self, values: Values, column: str) -> str:
        found = lookup(values, column)
        return "" if found is _MISSING or found is None else self._known(as_text(found))

    def _known(self, text: str) -> str:
        text = text.strip()
        return "" if text in self.mapping.unknown else text

    def _value(self, found: Any) -> Value | None:
        """A value of a row as attached data may hold it; None if it is unknown."""
        if isinstance(found, str):
            return self._known(found) or None
        if isinstance(found, dict):
            parts = {name: self._value(part) for name, part in found.items()}
            return {name: part for name, part in parts.items() if part is not None} or None
        if found is None or (isinstance(found, int) and not isinstance(found, bool)):
            return found
        return as_text(found)

    def _is_rest(self, name: str) -> bool:
        if name not in self._rest:
            used = any(column == name or column.startswith(f"{name}.") for column in self._used)
            self._rest[name] = not used and not any(fnmatchcase(name, pattern) for pattern in self.mapping.rest_except)
        return self._rest[name]


def lookup(values: Values, column: str) -> Any:
    """The value of a column; a dotted name that is no column of its own leads into nested objects."""
    if column in values:
        return values[column]
    found: Any = values
    for part in column.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return _MISSING
        found = found[part]
    return found


def as_text(value: object) -> str:
    """A value as text: booleans as `true` and `false`, lists of plain values with commas, the rest as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(part, dict | list) for part in value):
        return ", ".join(as_text(part) for part in value if part is not None)
    if isinstance(value, dict | list):
        return json.encode(value).decode()
    return "" if value is None else str(value)


def instant_of(text: str, style: TimeStyle) -> datetime:
    """The instant in UTC. ValueError or OverflowError if the text is none in that style."""
    if style.format in (EPOCH, EPOCH_MS):
        # Not fromtimestamp: what it raises for a large number depends on the platform.
        return _BEGIN_OF_EPOCH + timedelta(seconds=float(text) / (1000 if style.format == EPOCH_MS else 1))
    at = datetime.fromisoformat(text) if style.format == ISO else datetime.strptime(text, style.format)  # noqa: DTZ007 - made aware below
    return (at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(style.zone))).astimezone(UTC)


def number_of(value: object, column: str, name: str) -> int:
    """A whole number, or BadInput."""
    text = as_text(value).strip()
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 12 and int(digits) < LARGEST):
        raise BadInput(f"“{short(text)}” (column “{column}”) is no whole number, as {name.replace('_', '-')} needs.")
    return sign * int(digits)


def _check_length(text: str, name: str) -> None:
    if len(text) > LONGEST_NUMBER:
        raise BadInput(f"The {name} has {len(text)} characters, {LONGEST_NUMBER} are allowed: “{short(text)}”.")


def digest_of(values: Values) -> str:
    """A name for what a row says, the same whenever it says the same."""
    return sha256(json.encode(values, order="deterministic")).hexdigest()[:20]


def short(text: str) -> str:
    """At most 60 characters of a text, for a message."""
    return text if len(text) <= 60 else f"{text[:57]}…"

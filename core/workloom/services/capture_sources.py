"""Reading where values come from: a column's name, or a table that says more."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workloom.domain.capture import INSTANTS, NUMBERS
from workloom.domain.capture_mapping import EPOCH, EPOCH_MS, ISO, Source, TimeStyle, columns_of, pieces
from workloom.domain.capture_rows import instant_of
from workloom.services.site_files.positions import Path
from workloom.services.site_files.table import Problems, Table, type_words

_KINDS: Final = ("column", "text", "value")


class SourceReader:
    """Reads sources, and keeps what is to be compared with an export and a site.

    `named` are the columns, `fixed` the values that do not depend on a row, each with where it stands.
    """

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self.style = TimeStyle()
        self.named: list[tuple[Path, str]] = []
        self.fixed: list[tuple[str, Path, str | int]] = []

    def group(self, table: Table) -> dict[str, Source]:
        """A table of named sources."""
        found = {name: self.one(table, name) for name in table.names()}
        return {name: source for name, source in found.items() if source is not None}

    def one(self, table: Table, key: str, field: str = "") -> Source | None:
        """One source, None if there is none. `field` is the field of the item that it sets."""
        value = table.raw(key)
        path: Path = (*table.path, key)
        if value is None:
            return None
        if isinstance(value, str) and value:
            self.named.append((path, value))
            return Source(column=value, time=self.style)
        if not isinstance(value, dict):
            self._problems.value(path, f"“{key}” must be the name of a column or a table, not {type_words(value)}")
            return None
        inner = Table(value, path, self._problems)
        source = self._source(inner, field)
        inner.finish()
        self._keep(source, path, field)
        return source

    def time_style(self, table: Table, style: TimeStyle) -> TimeStyle:
        """`time-format` and `zone` of a table, else those of the style."""
        format_ = table.text("time-format", style.format)
        zone = table.text("zone", style.zone)
        if format_ not in (ISO, EPOCH, EPOCH_MS) and not _reads_back(format_):
            self._problems.value(
                (*table.path, "time-format"),
                f"“{format_}” is no time format with a date. Write it like %d-%m-%Y %H:%M, or iso, epoch, or epoch-ms",
            )
            format_ = ISO
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self._problems.value((*table.path, "zone"), f"the zone “{zone}” is not known. Write it like Europe/Vienna")
            zone = "UTC"
        return TimeStyle(format_, zone)

    def _source(self, table: Table, field: str) -> Source:
        kinds = [kind for kind in _KINDS if kind in table.names()]
        if len(kinds) != 1:
            self._problems.key(table.path, "this needs exactly one of “column”, “text” and “value”")
        text = table.text("text")
        try:
            pieces(text)
        except ValueError as error:
            self._problems.value((*table.path, "text"), f"the text cannot be read: {error}")
            text = ""
        group = table.table("values")
        return Source(
            column=table.text("column"),
            text=text,
            value=self._plain(table, "value", field),
            values={name: value for name in group.names() if (value := self._plain(group, name, field)) is not None},
            other=self._plain(table, "other", field),
            number=table.flag("number"),
            time=self.time_style(table, self.style) if field in INSTANTS else self.style,
        )

    def _keep(self, source: Source, path: Path, field: str) -> None:
        part = (*path, "column" if source.column else "text")
        self.named.extend((part, column) for column in columns_of(source))
        for key in ("value", "other"):
            if (fixed := getattr(source, key)) is not None:
                self.fixed.append((field, (*path, key), fixed))
        self.fixed.extend((field, (*path, "values", name), value) for name, value in source.values.items())

    def _plain(self, table: Table, key: str, field: str) -> str | int | None:
        """A text, or a whole number where the field is one."""
        value = table.raw(key)
        if value is None:
            return None
        fits = isinstance(value, int if field in NUMBERS else str | int) and not isinstance(value, bool)
        if not fits or field in INSTANTS:
            wanted = "a column with a time" if field in INSTANTS else "a whole number" if field in NUMBERS else "a text"
            self._problems.value((*table.path, key), f"“{key}” must be {wanted}, not {type_words(value)}")
            return None
        assert isinstance(value, str | int)
        return value


def _reads_back(format_: str) -> bool:
    """Whether a day survives being written in the format and read again."""
    day = datetime(2021, 11, 23, tzinfo=UTC)
    try:
        return instant_of(day.strftime(format_), TimeStyle(format_)).date() == day.date()
    except (ValueError, OverflowError):
        return False

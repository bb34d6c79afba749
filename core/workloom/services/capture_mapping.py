"""Mapping files: TOML becomes a `CaptureMapping`, with all that is wrong said at once by line and column.

`MappingFile.parse` reads the text; `check` compares it with the columns of an export and the objects of a site.
The format is described in docs/reference/mapping.md.
"""

import tomllib
from collections.abc import Collection, Sequence
from typing import Final

from workloom.domain.capture import INSTANTS, ITEM_FIELDS, NUMBERS
from workloom.domain.capture_mapping import FORMATS, CaptureMapping, Source, known_encoding
from workloom.domain.capture_messages import Verb
from workloom.domain.capture_rows import LARGEST
from workloom.domain.errors import BadInput
from workloom.domain.site import CapturePoint, Site
from workloom.services.capture_sources import SourceReader
from workloom.services.site_files.positions import Path, find_positions
from workloom.services.site_files.reading import toml_problem
from workloom.services.site_files.table import Problems, Table, unknown

FIELD_NAMES: Final = {name.replace("_", "-"): name for name in sorted(ITEM_FIELDS)}
"""Keys of `[item]`, and the field that each sets."""

ENCODINGS_HINT: Final = "Try utf-8, utf-16, iso-8859-1 or cp1252"


class MappingFile:
    """A mapping that was read from a file, with where each thing in it stands.

    What is wrong in it is kept until `check` or `raise_problems`, so that all of it is said at once.
    """

    def __init__(self, text: str, name: str) -> None:
        """Parse the text. BadInput if it is no TOML."""
        self.name = name
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadInput(toml_problem(error).at(name)) from error
        except RecursionError as error:
            raise BadInput("Lists or tables are too deep in one another.", where=name) from error
        self._positions = find_positions(text)
        self._problems = Problems(self._positions)
        self._sources = SourceReader(self._problems)
        self.mapping = self._read(Table(data, (), self._problems))

    def check(self, columns: Sequence[str] | None, site: Site, point: CapturePoint) -> None:
        """Compare with the header of an export (None = it has none) and with a site. BadInput lists all problems."""
        if columns is not None:
            self._check_columns(columns)
        self._check_objects(site)
        for field, own in (("media_type", point.media_type), ("queue", point.queue)):
            if not own and field not in self.mapping.defaults and field not in self.mapping.fields:
                key = field.replace("_", "-")
                self._problems.key(
                    (), f"no {key} is named: set “{key}” in [defaults], or in the capture point “{point.name}”"
                )
        self.raise_problems()

    def raise_problems(self) -> None:
        """BadInput lists all that was found so far, one problem a line."""
        if problems := self._problems.all():
            raise BadInput("\n".join(problem.at(self.name) for problem in problems))

    def places_of(self, columns: Collection[str]) -> tuple[str, ...]:
        """Where the mapping names columns that no row has had, one warning a line."""
        found = Problems(self._positions)
        for path, column in self._sources.named:
            if column in columns:
                found.value(path, f"no row has the column “{column}”", warning=True)
        return tuple(problem.at(self.name) for problem in found.all())

    def _check_columns(self, columns: Sequence[str]) -> None:
        missing = [(path, column) for path, column in self._sources.named if column not in columns]
        if len(missing) == len(self._sources.named) > 2:
            # Another file, or another delimiter: one sentence says more than a line for each column.
            path, column = missing[0]
            missing = []
            self._problems.value(
                path,
                f"none of the columns of this mapping is in the export: the column {unknown(column, columns)}. Is it"
                f" the right file, and “{self.mapping.delimiter}” what sets its columns apart?",
            )
        for path, column in missing:
            self._problems.value(path, f"the column {unknown(column, columns)}")

    def _check_objects(self, site: Site) -> None:
        kinds = {"media_type": ("media type", site.media_types), "queue": ("queue", site.queues)}
        for field, path, name in self._sources.fixed:
            kind, known = kinds.get(field, ("", {}))
            if kind and name not in known:
                self._problems.value(path, f"the {kind} {unknown(str(name), tuple(known))}")

    def _read(self, table: Table) -> CaptureMapping:
        self._sources.style = self._sources.time_style(table, self._sources.style)
        format_ = table.choice("format", FORMATS, "")
        encoding = table.text("encoding", "utf-8")
        if not known_encoding(encoding):
            self._problems.value(("encoding",), f"the encoding “{encoding}” is not known. {ENCODINGS_HINT}")
            encoding = "utf-8"
        marks = {key: self._one_character(table, key, default) for key, default in (("delimiter", ","), ("quote", '"'))}
        unknown_markers = frozenset(table.words("unknown"))
        message, contact, attached = table.table("message"), table.table("contact"), table.table("attached")
        mapping = CaptureMapping(
            format=format_,
            encoding=encoding,
            delimiter=marks["delimiter"],
            quote=marks["quote"],
            unknown=unknown_markers,
            id=self._column(message, "id", needed=True),
            revision=self._column(message, "revision"),
            verb=self._column(message, "verb"),
            verbs=self._verbs(message),
            other_verb=self._other_verb(message),
            fields=self._fields(table.table("item")),
            defaults=self._defaults(table.table("defaults")),
            attached=self._sources.group(attached.table("columns")),
            rest=attached.flag("rest"),
            rest_except=attached.words("except"),
            contact_key=self._sources.one(contact, "key"),
            contact=self._sources.group(contact.table("attributes")),
        )
        if mapping.verb and not mapping.verbs and mapping.other_verb is None:
            self._problems.key(("message", "verb"), "the values of this column need verbs: add [message.verbs]")
        if mapping.contact and mapping.contact_key is None:
            self._problems.key(("contact",), "“key” is missing: without it a contact cannot be found again")
        for part in (message, contact, attached, table):
            part.finish()
        return mapping

    def _fields(self, item: Table) -> dict[str, Source]:
        sources: dict[str, Source] = {}
        for key, field in FIELD_NAMES.items():
            source = self._sources.one(item, key, field)
            if source is not None:
                sources[field] = source
        item.finish()
        return sources

    def _defaults(self, table: Table) -> dict[str, str | int]:
        """What an item gets where its row does not say."""
        found: dict[str, str | int] = {}
        for key, field in FIELD_NAMES.items():
            if field in INSTANTS or key not in table.names():
                continue
            value: str | int = table.number(key, minimum=-LARGEST) if field in NUMBERS else table.text(key)
            found[field] = value
            self._sources.fixed.append((field, (*table.path, key), value))
        table.finish()
        return found

    def _verbs(self, message: Table) -> dict[str, Verb]:
        group = message.table("verbs")
        verbs: dict[str, Verb] = {}
        for verb in Verb:
            for index, state in enumerate(group.words(verb.value)):
                if state in verbs:
                    path: Path = (*group.path, verb.value, index)
                    self._problems.value(path, f"“{state}” stands for {verbs[state].value} already")
                verbs[state] = verb
        for name in group.names():
            if name not in list(Verb):
                self._problems.key((*group.path, name), f"the verb {unknown(name, [verb.value for verb in Verb])}")
        return verbs

    def _other_verb(self, message: Table) -> Verb | None:
        word = message.choice("other", [verb.value for verb in Verb], "")
        return Verb(word) if word else None

    def _column(self, table: Table, key: str, *, needed: bool = False) -> str:
        column = table.text(key, needed=needed)
        if column:
            self._sources.named.append(((*table.path, key), column))
        return column

    def _one_character(self, table: Table, key: str, default: str) -> str:
        text = table.text(key, default)
        if len(text) != 1 or text in "\r\n\0":
            self._problems.value((key,), f"“{key}” must be one character, not “{text}”")
            return default
        return text

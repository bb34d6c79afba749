"""Importing an export: the file, its mapping and the rejected rows brought together with the capture service."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from workloom.adapters.files.csv_rows import CsvRows
from workloom.adapters.files.csv_text import Dialect
from workloom.adapters.files.json_rows import JsonRows
from workloom.adapters.files.rejects import RejectsFile, is_of_rejects
from workloom.domain.capture_mapping import JSON_LINES, CaptureMapping
from workloom.domain.capture_messages import Counts, Verb
from workloom.domain.errors import BadInput
from workloom.domain.site import Site
from workloom.domain.wording import count
from workloom.services.capture import Capture, Progress, point_of
from workloom.services.capture_mapping import MappingFile
from workloom.services.capture_ports import Rows

JSON_ENDINGS = frozenset({".jsonl", ".ndjson", ".json"})
MAX_MAPPING = 1_000_000
"""Bytes of a mapping file."""


class Import(Struct, frozen=True, kw_only=True):
    """What to import. `data` is the data folder, where rejected rows go if they cannot go beside the file."""

    file: Path
    point: str
    mapping: Path
    data: Path
    rejects: Path | None = None
    verbs: frozenset[Verb] = frozenset(Verb)


class Imported(Struct, frozen=True, kw_only=True):
    """What became of it. `rejects` is the file of the rejected rows, None if there are none.

    `warnings` name the places of the mapping whose column no row has had (in JSON lines only the rows can tell), and
    say when rows came behind newer ones of their items.
    """

    counts: Counts
    rejects: Path | None = None
    warnings: tuple[str, ...] = ()


def check_files(what: Import, site: Site) -> None:
    """BadInput if the file, the mapping or the point cannot be used at all on a site."""
    opened(what, site)[0].close()


def import_file(capture: Capture, what: Import, progress: Callable[[Progress], None] = lambda _: None) -> Imported:
    """Import a file. BadInput if the file, the mapping or the point cannot be used at all; nothing is written then."""
    site = capture.site()
    rejects = RejectsFile(rejects_candidates(what))
    rows, mapping_file = opened(what, site)
    point = point_of(site, what.point)
    try:
        taken = capture.import_rows(rows, mapping_file.mapping, point, rejects, verbs=what.verbs, progress=progress)
        rejects.forget_earlier()
    finally:
        rows.close()
        rejects.close()
    warnings = (*mapping_file.places_of(taken.missing), *newest_first(taken.late))
    return Imported(counts=taken.counts, rejects=rejects.path, warnings=warnings)


def newest_first(late: int) -> tuple[str, ...]:
    """The warning when rows came behind newer ones of their items."""
    if not late:
        return ()
    came = f"{count(late, 'row')} came behind a newer row of the same item"
    return (f"warning: {came}. If the file is sorted newest first, sort it oldest first and import it once more.",)


def opened(what: Import, site: Site) -> tuple[Rows, MappingFile]:
    """The rows and their mapping, which fit together and to the site. BadInput says all that does not."""
    point = point_of(site, what.point)
    mapping_file = MappingFile(mapping_text(what.mapping), str(what.mapping))
    rejects_candidates(what)
    try:
        rows = open_rows(what.file, mapping_file.mapping)
    except BadInput:
        mapping_file.raise_problems()  # perhaps it is the mapping that has the file read wrongly
        raise
    try:
        mapping_file.check(rows.columns, site, point)
    except BadInput:
        rows.close()
        raise
    return rows, mapping_file


def open_rows(file: Path, mapping: CaptureMapping) -> Rows:
    """The rows of a file in the mapping's format, else in that of the file's ending. BadInput if it cannot be read."""
    if file.is_dir():
        raise BadInput("This is a folder. Name a file.", where=str(file))
    if file.exists() and not file.is_file():
        raise BadInput("This is a pipe or a device, not a file. Save it as a file first.", where=str(file))
    if mapping.format == JSON_LINES or (not mapping.format and file.suffix.lower() in JSON_ENDINGS):
        return JsonRows(file, encoding=mapping.encoding)
    return CsvRows(file, encoding=mapping.encoding, dialect=Dialect(mapping.delimiter, mapping.quote))


def mapping_text(file: Path) -> str:
    """The text of a mapping file. BadInput if it cannot be read."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_MAPPING + 1)
    except OSError as error:
        raise BadInput(f"The mapping cannot be opened: {error.strerror}.", where=str(file)) from error
    if len(raw) > MAX_MAPPING:
        raise BadInput(f"This is no mapping: it has more than {MAX_MAPPING:,} bytes.", where=str(file))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"The mapping is not utf-8: byte 0x{raw[error.start]:02X} at byte {error.start:,}. Save it as utf-8.",
            where=str(file),
        ) from error


def rejects_candidates(what: Import) -> tuple[Path, ...]:
    """Where rejected rows go, the first that can be written. BadInput if that would overwrite what is read."""
    beside = what.file.absolute().parent / f"{what.file.name}.rejected.csv"
    first = what.rejects or beside
    for read in (what.file, what.mapping):
        if first.exists() and read.exists() and first.samefile(read):
            raise BadInput("Rejected rows would overwrite the file that is read. Name another file.", where=str(first))
    if first.is_dir():
        raise BadInput("This is a folder. Name a file for the rejected rows.", where=str(first))
    candidates = [file for file in (first, what.data / beside.name) if not _is_of_others(file)]
    if not candidates or (what.rejects and candidates[0] != first):
        raise BadInput(
            "This file is there already and holds something else than rejected rows. Name another file.",
            where=str(first),
        )
    return tuple(candidates)


def _is_of_others(file: Path) -> bool:
    try:
        return file.exists() and file.stat().st_size > 0 and not is_of_rejects(file)
    except OSError:  # what cannot be looked at is nobody's to overwrite
        return True

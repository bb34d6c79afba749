"""Numbered migrations. Each is applied once, and its checksum is kept: a changed one is found."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from workloom.domain.errors import StorageError, StorageTooNew
from workloom.services.digests import digest


class Migration(Struct, frozen=True):
    """A step of the schema, as its file says it."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the statements."""
        return digest(self.sql)


def migrations(folder: Path) -> list[Migration]:
    """All migrations of `folder/migrations`, in order."""
    return [
        Migration(int(path.name[:4]), path.name, path.read_text(encoding="utf-8"))
        for path in sorted(folder.joinpath("migrations").glob("*.sql"))
    ]


def check(applied: Mapping[int, str], known: Sequence[Migration], where: Path | str, instead: str) -> None:
    """Whether this version may work on `where`. `applied`: checksums by number; `instead`: what else one can do.

    Raises StorageTooNew, or StorageError where a migration is not the one that was applied.
    """
    newest = known[-1].number
    if applied and max(applied) > newest:
        raise StorageTooNew(
            f"A later version of Workloom has written {where} (schema {max(applied)}, this version knows {newest})."
            f" Nothing was changed. Start the later version, or {instead}."
        )
    for each in known:
        if applied.get(each.number, each.checksum) != each.checksum:
            raise StorageError(
                f"The schema of {where} was made by another edition of migration {each.name}. Nothing was changed."
                f" Start the version of Workloom that made it, or {instead}."
            )

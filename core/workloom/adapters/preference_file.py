"""The settings of this desktop as a TOML file that people may edit: their comments stay."""

from functools import partial
from pathlib import Path

from workloom.adapters.kept_files import KeptFiles


class TomlPreferences:
    """The file `desktop.toml` of a data folder."""

    def __init__(self, path: Path, files: KeptFiles) -> None:
        self._path = path
        self._files = files

    def read(self) -> str:
        """The text of the file; empty if there is none or it cannot be read."""
        return _text(self._path)

    def write(self, values: dict[str, object]) -> None:
        """Let the file hold these values soon. Comments and what others wrote beside them stay."""
        self._files.write(self._path, partial(_merged, self._path, values))


def _merged(path: Path, values: dict[str, object]) -> bytes:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(_text(path))
    except TOMLKitError:
        document = tomlkit.document()
    for key in [key for key in document if key not in values]:
        del document[key]
    for key, value in values.items():
        if document.get(key) != value:
            document[key] = value
    return tomlkit.dumps(document).encode()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""

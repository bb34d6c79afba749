"""An index of the manifests of installed plugins, so that a start reads one file in place of all of them.

It holds for the import path as it is: a folder whose time has changed has had something installed or removed. Each
manifest is looked at as well, since an editable one changes in place.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from workloom import __version__
from workloom.plugin_manager import manifest, manifest_tables
from workloom.plugin_manager.discovery import Found, installed, read_all

FILE: Final = "plugin-index"
Stamp = tuple[str, int, int]
"""A file or folder, its time in nanoseconds and its size; 0 and 0 where there is none."""


class _Index(Struct, frozen=True, kw_only=True):
    made_by: tuple[str, Stamp, Stamp]
    path: tuple[Stamp, ...]
    manifests: tuple[Stamp, ...]
    found: tuple[Found, ...]


def read_installed(folder: Path | None = None) -> tuple[Found, ...]:
    """The installed plugins with their manifests; `folder` keeps the index. One that cannot be kept is done without."""
    if folder is None:
        return read_all(installed())
    file = folder / FILE
    path = tuple(map(_stamp, sys.path))
    with suppress(OSError, msgspec.DecodeError):
        index = msgspec.msgpack.decode(file.read_bytes(), type=_Index)
        if index.made_by == _made_by() and index.path == path and _stamps(index.found) == index.manifests:
            return index.found
    found = read_all(installed())
    if all(one.manifest is not None for one in found):  # otherwise somebody is about to mend something
        _write(file, _Index(made_by=_made_by(), path=path, manifests=_stamps(found), found=found))
    return found


def _write(file: Path, index: _Index) -> None:
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.msgpack.encode(index))
        beside.replace(file)


def _made_by() -> tuple[str, Stamp, Stamp]:
    """What has written it: another version may read manifests otherwise."""
    formats = (manifest.__file__, manifest_tables.__file__)
    return f"{__version__} {sys.version}", _stamp(formats[0]), _stamp(formats[1])


def _stamps(found: Sequence[Found]) -> tuple[Stamp, ...]:
    return tuple(_stamp(one.file) for one in found)


def _stamp(name: str) -> Stamp:
    try:
        status = os.stat(name or ".")  # noqa: PTH116  # of 100 files, at each start
    except OSError:
        return name, 0, 0
    return name, status.st_mtime_ns, status.st_size

"""The support bundle: what somebody far away needs to find a fault, and nothing that a customer has written.

Messages of errors are left out, as they are from the log: they may quote what was worked on. So are the texts of
options, which may be addresses with passwords; numbers, flags and lists are there with the layer that set them.
"""

import platform
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import distributions
from pathlib import Path
from typing import Final, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from msgspec.structs import replace

from workloom import __version__
from workloom.api.hooks import API_LEVEL
from workloom.api.inspection import CallTiming, TracedCall, Wire
from workloom.api.plugins import Fault, PluginInfo
from workloom.domain.options import OptionSet

TOO_LONG: Final = 1_000_000
"""Bytes of a manifest above which it is left out: it is none then."""


class Seen(Protocol):
    """What the inspector sees."""

    def timings(self) -> Sequence[CallTiming]:
        """Times of calls."""
        ...

    def trace(self) -> Sequence[TracedCall]:
        """The last calls."""
        ...

    def wires(self) -> Sequence[Wire]:
        """All tokens."""
        ...


def write_bundle(
    file: Path, infos: Sequence[PluginInfo], faults: Sequence[Fault], seen: Seen, options: OptionSet | None
) -> None:
    """Write the bundle. OSError if the file cannot be written."""
    parts: dict[str, object] = {
        "versions": _versions(),
        "plugins": infos,
        "faults": [replace(fault, said="") for fault in faults],
        "timings": seen.timings(),
        "trace": seen.trace(),
        "wires": seen.wires(),
    }
    if options is not None:
        parts["options"] = _options(options)
    with ZipFile(file, "w", ZIP_DEFLATED) as bundle:
        for name, part in parts.items():
            bundle.writestr(f"{name}.json", msgspec.json.format(msgspec.json.encode(part)))
        for info in infos:
            text = _text(Path(info.manifest)) if info.manifest else ""
            if text:
                bundle.writestr(f"manifests/{info.package}.toml", text)


def _versions() -> Mapping[str, object]:
    installed = {one.metadata["Name"]: one.version for one in distributions() if "Name" in one.metadata}
    return {
        "workloom": __version__,
        "api-level": API_LEVEL,
        "python": sys.version,
        "platform": platform.platform(),
        "distributions": dict(sorted(installed.items())),
    }


def _options(options: OptionSet) -> Mapping[str, object]:
    told = {}
    for name in options.names():
        source = options.source(name)
        value = f"a text of {len(source.value)} characters" if isinstance(source.value, str) else source.value
        told[name] = {"value": value, "layer": source.layer}
    return told


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8") if file.stat().st_size < TOO_LONG else ""
    except (OSError, UnicodeDecodeError):
        return ""

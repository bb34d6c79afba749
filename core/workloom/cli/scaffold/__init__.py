"""Writes the distribution of a new plugin, whose tests pass at once. The files are templates beside this module."""

import keyword
import re
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Final

from workloom.api.hooks import API_LEVEL
from workloom.domain.errors import BadInput

TEMPLATES: Final = Path(__file__).parent / "templates"
ABOUT: Final = "kind.toml"
"""What a kind says of itself: a summary, and what its further files hold."""

SUFFIX: Final = ".tmpl"
COMMON: Final = "common"
PACKAGE: Final = "package"
"""Folder of a template that gets the plugin's name."""


def kinds() -> tuple[str, ...]:
    """The kinds of plugins that can be begun, in alphabetical order."""
    return tuple(sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir() and path.name != COMMON))


def write_plugin(kind: str, name: str, into: Path) -> Path:
    """Write the distribution of a plugin to the folder `into/name`, which must not be there; returns it.

    BadInput if there is no such kind, the name cannot be a plugin's or is taken, or the folder is there.
    """
    if kind not in kinds():
        raise BadInput(f"There is no kind “{kind}” of plugin. Expected one of {', '.join(kinds())}.")
    _check_name(name)
    folder = into / name
    if folder.exists():
        raise BadInput(f"{folder} is there already. Choose another name or another folder with --into.")
    own = TEMPLATES / kind
    words = _words(name, own)
    for source in (TEMPLATES / COMMON, own):
        for template in sorted(source.rglob(f"*{SUFFIX}")):
            _write(template, folder / _place(template.relative_to(source), name), words)
    return folder


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name) or keyword.iskeyword(name):
        raise BadInput(
            f"“{name}” cannot be the name of a plugin: expected small letters, digits and underscores, a letter first."
        )
    if name in sys.stdlib_module_names or find_spec(name) is not None:
        raise BadInput(f"“{name}” is the name of a package that is there already. Choose another.")


def _words(name: str, kind: Path) -> dict[str, str]:
    parts = name.split("_")
    about = tomllib.loads(Template((kind / ABOUT).read_text("utf-8")).substitute(name=name))
    return {
        "name": name,
        "dashed": "-".join(part for part in parts if part),
        "title": " ".join(parts).strip().capitalize(),
        "class_name": "".join(part.capitalize() for part in parts),
        "api_level": str(API_LEVEL),
        "summary": about["summary"],
        "files": "".join(f"| `{name}/{file}` | {holds} |\n" for file, holds in about.get("files", {}).items()),
    }


def _place(template: Path, name: str) -> Path:
    parts = [name if part == PACKAGE else part for part in template.parts]
    return Path(*parts).with_suffix("")


def _write(template: Path, file: Path, words: dict[str, str]) -> None:
    text = Template(template.read_text("utf-8")).substitute(words)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")

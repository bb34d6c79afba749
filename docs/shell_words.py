"""All words that can be translated, as templates for translators: `python docs/shell_words.py` writes them anew.

`workloom.pot` has those of the shell and of `workloom.api`: the texts that `say`, `say_count` and `word` get, and the
states of an agent; and what services refuse: what `sentence` gets, and `need`, which ends “You may not …”. The others
have those of the built-in plugins: what `say`, `say_count` and `Context.translate` get in their code, and the titles of
their manifests.
"""

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from workloom.domain.presence import PRESENCE_WORDS

ROOT: Final = Path(__file__).parents[1]
CORE: Final = ROOT / "core" / "workloom"
SHELL: Final = CORE / "shell"
PLUGINS: Final = ROOT / "plugins"
FOLDER: Final = Path(__file__).parent / "words"
SHELLS_OWN: Final = "workloom"
"""Name of the catalogue of the shell; the others are named after their plugins."""

SAYING: Final = frozenset({"say", "word", "say_count", "translate", "_translate"})
"""The functions that say the texts that they are given."""
REFUSING: Final = frozenset({"sentence", "need"})
"""Those of domain and services: what they are given is said by the desktop."""

HEAD: Final = """\
# The words of {what}. Copy this file to locale/<language>/{name}.po in the package of a plugin, and write
# each translation behind msgstr. Placeholders such as {{count}} stay. Made by: python docs/shell_words.py
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"""


def said_in(tree: ast.AST, saying: frozenset[str] = SAYING) -> Iterator[ast.Constant]:
    """The texts that a module says, as they stand there."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        if name in saying:
            for text in node.args:
                if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
                    yield text


def catalogues() -> tuple[str, ...]:
    """The names of all templates; a plugin that says nothing has none."""
    return (SHELLS_OWN, *(name for name in sorted(_manifests()) if words(name)))


@cache
def words(catalogue: str = SHELLS_OWN) -> Mapping[str, list[str]]:
    """Every text with the files that say it, in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    if catalogue == SHELLS_OWN:
        found |= {text: ["domain/presence.py"] for text in PRESENCE_WORDS.values()}
        folder, files = (
            CORE,
            [file for part in ("shell", "api", "domain", "services") for file in CORE.glob(f"{part}/**/*.py")],
        )
    else:
        manifest = _manifests()[catalogue]
        folder, files = PLUGINS, list(manifest.parent.rglob("*.py"))
        for text in _titles(tomllib.loads(manifest.read_text("utf-8"))):
            found.setdefault(text, []).append(manifest.relative_to(folder).as_posix())
    for file in sorted(files):
        of_the_engine = file.is_relative_to(CORE) and file.relative_to(CORE).parts[0] in ("domain", "services")
        saying = SAYING | REFUSING if of_the_engine else SAYING
        for constant in said_in(ast.parse(file.read_text("utf-8")), saying):
            found.setdefault(str(constant.value), []).append(file.relative_to(folder).as_posix())
    return {text: list(dict.fromkeys(places)) for text, places in sorted(found.items())}


def template(catalogue: str) -> Path:
    """The file of a catalogue."""
    return FOLDER / f"{catalogue}.pot"


def page(catalogue: str) -> str:
    """The file as it must be."""
    what = "the shell of Workloom" if catalogue == SHELLS_OWN else f"the built-in plugin {catalogue}"
    return HEAD.format(what=what, name=catalogue) + "".join(
        f'\n#: {" ".join(places)}\nmsgid {_quoted(text)}\nmsgstr ""\n' for text, places in words(catalogue).items()
    )


def _manifests() -> dict[str, Path]:
    """The manifests of the built-in plugins by their ids."""
    files = PLUGINS.glob("*/plugin.toml")
    return {str(tomllib.loads(file.read_text("utf-8"))["id"]): file for file in files}


def _titles(manifest: object) -> Iterator[str]:
    """The titles of what a manifest declares."""
    tables: Iterable[object] = manifest.values() if isinstance(manifest, dict) else ()
    for table in tables:
        for entry in table if isinstance(table, list) else ():
            if isinstance(entry, dict) and entry.get("title"):
                yield str(entry["title"])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    for catalogue in catalogues():
        template(catalogue).write_text(page(catalogue), "utf-8")
    sys.exit(0)

"""The words of plugins in other languages: `.po` files in the folder `locale/<language>` of a plugin's package.

A file is named after the plugin whose words it translates: `claims.po` of the plugin `claims` itself, or of another one
that puts its own words in their place. Files of later plugins win.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.records import Record

LOCALE: Final = "locale"
"""Name of the folder beside the manifest."""

SHELL: Final = "workloom"
"""Name of the files that hold the words of the shell and of `workloom.api`."""

_LINE = re.compile(r'^\s*(?:(msgid|msgstr|msgctxt|msgid_plural|msgstr\[\d+\])\s+)?(".*")\s*$')
_PLACE = re.compile(r"\{(\w*)[^{}]*\}")


class Entry(Struct, frozen=True):
    """A text and its translation, with the line on which the text begins."""

    text: str
    said: str
    line: int


class BadTranslation(Struct, frozen=True):
    """A translation that is not used, and why, with its file and line."""

    where: str
    problem: str


def read_po(text: str) -> Iterator[Entry]:
    """The entries of a `.po` file that are translated and not marked as fuzzy; plurals and contexts are left out."""
    entry: dict[str, str] = {}
    key, line, fuzzy = "", 0, False
    for number, raw in enumerate((*text.splitlines(), 'msgid ""'), 1):
        if raw.startswith("#,"):
            fuzzy = "fuzzy" in raw
        found = _LINE.match(raw)
        if found is None:
            continue
        if found[1] == "msgid" or (found[1] == "msgctxt" and key != "msgctxt"):
            if entry.get("msgid") and entry.get("msgstr") and "msgctxt" not in entry and not entry.get("fuzzy"):
                yield Entry(entry["msgid"], entry["msgstr"], line)
            if not (found[1] == "msgid" and key == "msgctxt"):
                entry, line = {}, number
            if fuzzy:
                entry["fuzzy"], fuzzy = "yes", False
        key = found[1] or key
        entry[key] = entry.get(key, "") + str(ast.literal_eval(found[2]))


def places(text: str) -> frozenset[str]:
    """The placeholders of a text: `{count}` → `count`."""
    return frozenset(_PLACE.findall(text.replace("{{", "").replace("}}", "")))


class Translations:
    """What is translated into one language, by plugin. `problems` are translations that are not used."""

    def __init__(self, language: str, folders: Iterable[tuple[str, Path]]) -> None:
        self.language = language
        self.problems: list[tuple[str, BadTranslation]] = []
        self._said: dict[str, dict[str, str]] = {}
        for plugin, folder in folders:
            for name in _names(language):
                for file in sorted((folder / LOCALE / name).glob("*.po")):
                    self._said.setdefault(file.stem, {}).update(self._good(plugin, file))

    def __call__(self, plugin: str, text: str) -> str:
        """A text of a plugin in the language: as its own files say it, else as the shell says the same text.

        As it is where nobody has translated it.
        """
        own = self._said.get(plugin, {})
        return own[text] if text in own else self._said.get(SHELL, {}).get(text, text)

    def _good(self, plugin: str, file: Path) -> Mapping[str, str]:
        found = {}
        try:
            entries = list(read_po(file.read_text("utf-8")))
        except (OSError, ValueError, SyntaxError) as error:
            self.problems.append((plugin, BadTranslation(str(file), f"it cannot be read as a .po file: {error}")))
            return {}
        for entry in entries:
            here, there = places(entry.text), places(entry.said)
            if here == there:
                found[entry.text] = entry.said
                continue
            wrong = sorted(here ^ there)
            lacks = "lacks" if wrong[0] in here else "has too many:"
            problem = f"the translation of “{entry.text}” {lacks} “{{{wrong[0]}}}”"
            text = f"{problem}. Correct it; the text is shown untranslated"
            self.problems.append((plugin, BadTranslation(f"{file}:{entry.line}", text)))
        return found


Translate = Callable[[str, str], str]


def _names(language: str) -> tuple[str, ...]:
    """`de_AT` → `de`, `de_AT`: the region's words over those of the language."""
    parts = language.replace("-", "_").split("_")
    return tuple(dict.fromkeys((parts[0], "_".join(parts[:2]))))


def translations_of(
    records: Iterable[Record], language: Callable[[], str], fault: Callable[[str, str, BaseException], object]
) -> Translations:
    """The words of the plugins that are not off, in a language that is asked for only where there is a translation.

    A translation that cannot be used is a fault.
    """
    able = [record for record in records if record.manifest is not None and record.is_able]
    folders = [(record.id, Path(record.found.file).parent) for record in able]
    translated = [(plugin, folder) for plugin, folder in folders if (folder / LOCALE).is_dir()]
    made = Translations(language() if translated else "", translated)
    for plugin, bad in made.problems:
        fault(plugin, f"translation {bad.where}", BadPlugin(bad.problem))
    return made

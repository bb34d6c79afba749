"""Words of plugins in other languages: found, overridden, checked."""

from pathlib import Path

import pytest

from tests.plugins.manager.making import Yard
from workloom.plugin_manager.translations import Translations, places, read_po

PO = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

# a remark
msgid "Amount"
msgstr "Betrag"

#, fuzzy
msgid "Guessed"
msgstr "Geraten"

msgctxt "menu"
msgid "Open"
msgstr "Öffnen"

msgid "Not translated"
msgstr ""

msgid ""
"Hello {name},\n"
"you have {count} items"
msgstr ""
"Guten Tag {name},\n"
"{count} Vorgänge"

msgid "Last"
msgstr "Letzte"
"""


def write(yard: Yard, id_: str, language: str, domain: str, text: str) -> Path:
    """A translation in the package of a plugin."""
    folder = yard.folder / yard.package(id_) / "locale" / language
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{domain}.po"
    file.write_text(text, "utf-8")
    return file


def entry(text: str, said: str) -> str:
    """One entry of a file."""
    return f'msgid "{text}"\nmsgstr "{said}"\n\n'


def test_a_file_is_read_as_gettext_reads_it() -> None:
    assert [(one.text, one.said) for one in read_po(PO)] == [
        ("Amount", "Betrag"),
        ("Hello {name},\nyou have {count} items", "Guten Tag {name},\n{count} Vorgänge"),
        ("Last", "Letzte"),
    ]


def test_placeholders_are_those_that_are_filled_in() -> None:
    assert places("{count:>5} of {total}, {{no}}") == {"count", "total"}


def test_a_later_plugin_puts_its_words_in_the_place_of_those_of_another_and_the_region_wins(yard: Yard) -> None:
    for name, order in (("claims", 1), ("brand", 2)):
        yard.add(name, manifest=f"order = {order}\n")
    write(yard, "claims", "de", "claims", entry("Done", "Fertig") + entry("Open", "Öffnen"))
    write(yard, "brand", "de", "claims", entry("Done", "Erledigt"))
    write(yard, "claims", "de_AT", "claims", entry("Open", "Aufmachen"))
    german = yard.manager().translator(lambda: "de_AT")
    assert [german("claims", text) for text in ("Done", "Open", "Other")] == ["Erledigt", "Aufmachen", "Other"]
    assert german("brand", "Done") == "Done"
    assert yard.manager().translator(lambda: "fr")("claims", "Done") == "Done"


def test_nobody_is_asked_for_the_language_where_nothing_is_translated(yard: Yard) -> None:
    yard.add("claims")
    asked: list[str] = []

    def language() -> str:
        asked.append("de")
        return "de"

    assert yard.manager().translator(language)("claims", "Done") == "Done"
    assert not asked
    write(yard, "claims", "fr", "claims", entry("Done", "Fini"))
    yard.manager().translator(language)
    assert asked == ["de"]


def test_a_translation_that_lacks_a_placeholder_is_named_with_file_and_line_and_not_used(yard: Yard) -> None:
    yard.add("claims")
    file = write(yard, "claims", "de", "claims", entry("Fine", "Gut") + entry("{count} items", "Vorgänge"))
    manager = yard.manager()
    german = manager.translator(lambda: "de")
    assert (german("claims", "Fine"), german("claims", "{count} items")) == ("Gut", "{count} items")
    (fault,) = manager.faults()
    assert (fault.plugin, fault.where) == ("claims", f"translation {file}:4")
    assert "lacks “{count}”" in fault.said


@pytest.mark.parametrize("text", ['msgid "a\\q"\nmsgstr "\\x"\n', "\xff"])
def test_a_file_that_cannot_be_read_is_told_and_the_others_hold(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "locale" / "de"
    folder.mkdir(parents=True)
    (folder / "a.po").write_bytes(text.encode("latin-1"))
    (folder / "b.po").write_text(entry("Done", "Fertig"), "utf-8")
    german = Translations("de", [("a", tmp_path)])
    assert german("b", "Done") == "Fertig"
    assert len(german.problems) == 1

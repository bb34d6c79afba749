"""Every word of the shell is in the template for translators, and none is said past the catalogue."""

import ast
import re
from collections.abc import Iterator
from typing import Final

import pytest

from docs.shell_words import FOLDER, PLUGINS, ROOT, SHELL, SHELLS_OWN, catalogues, page, said_in, template, words
from workloom.plugin_manager.translations import places, read_po

KEYS: Final = (
    r"(Ctrl|Alt|Shift)(\+.*)?|Esc|Tab|Backtab|Del|Backspace|Down|Up|Left|Right|Return|Enter|Space|Home|End|Plus"
)
NAMES: Final = (
    r"[A-Z][a-z]+([A-Z][a-z]+)+|Ready|Dnd|Result|Kind|Answer|More|Area|Pages|Request|Sizes|Menu|Countdown|None|Fetch"
)
"""Of classes, type variables and entries of options."""
CALLS: Final = (
    r"(state of )?action \{\}|((badge|reveal) of )?view \{\}|gate \{\}|toast by \{\}|subscriber of \{\}|notice taker"
    r"|channel present|save of the pane|first field of the pane|read of a plugin|interaction view|action filter"
    r"|subject of toolbar \{\}|page of a list"
)
"""How calls into plugins are named in faults and in the inspector."""
OTHER: Final = r"PyQt6\..*|Workloom|Undo|Actions \| None|\{\} s|Inter|Noto Sans|DejaVu Sans( Mono)?|Consolas|Menlo"
FOR_AUTHORS: Final = frozenset(
    {
        "An error reached nobody",
        "the connection is not open",
        "the session has not started",
        "A background operation failed",
        "attempts of commands have one",
        "{} is edited here",
        "There is no glyph named {}.",
        "There is no icon named %r with the colour %r.",
        "No sound: %s",
        "{} theme: {}",
        "{}: expected a logo as an SVG or PNG file, found none.",
        "“{}” {} on “{}” {} has a contrast of {}, expected {} at least. Choose colours that lie further apart.",
        "It has not answered within {} seconds.",
        "only a command of an item can have another one instead",
        "there is no item to attach data to",
        "the item is not with the agent before {}; attach the data in “after”, by SetProperties",
        "it has not said within {} seconds what the toast shows",
        "its function {}",
        "view {} must make a QWidget, not {}: let {} return one",
        (
            "The {} “{}” is there already, from the plugin “{}”. Give the one of “{}” another id;"
            " its own plugin's id and a dot in front make it unique."
        ),
    }
)
"""What goes to the log, or tells the author of a plugin what does not fit."""
UNFIT: Final = r".*\b(expected (a |\{\})|must (return|make) a|an object of type).*"
"""What an answer of a plugin must be, and is not."""
NOT_SAID: Final = re.compile("|".join(f"(?:{one})" for one in (KEYS, NAMES, CALLS, OTHER, UNFIT)))
WORDS: Final = re.compile(r"[A-Z][a-z]|.*([a-z]{2,} [a-z]|[a-z] \{\}|\{\} [a-z])", re.DOTALL)
"""What looks like something for people: a capital, or several small words."""

TEMPLATES: Final = sorted(file.stem for file in FOLDER.iterdir())
"""Those that are there; what must be there is read from all code, which is not done before a test runs."""

IN_PLUGINS: Final = (
    r"\{\} ms|Zip \(.*\)|(Interaction|Contact|AttachedData)\.(\{\}|\w+)"
    r"|Title|Address|Location|From|Subject|Received|Inbound|History|Yes|No"
    r"|the context of an agent|the object of the plugin"
)
"""Units, and names of attributes, columns and other values, that stand in the code of built-in plugins."""

FOR_PROGRAMS: Final = "workloom_remote"
"""The built-in plugin that answers other programs, in English."""


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts of a module that are neither said nor documentation; `{}` stands for what is put into them."""
    beside = {id(text) for text in said_in(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            beside.add(id(node.value))
        if isinstance(node, ast.Assert) and node.msg is not None:
            beside.add(id(node.msg))
        if isinstance(node, ast.JoinedStr):
            beside |= {id(part) for part in node.values if isinstance(part, ast.Constant)}
    for node in ast.walk(tree):
        if id(node) in beside:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def unsaid(source: str) -> list[tuple[int, str]]:
    """What people would read of a module that no translation can change."""
    found = texts(ast.parse(source))
    return [(line, text) for line, text in found if WORDS.match(text) and not NOT_SAID.fullmatch(text)]


def read(catalogue: str) -> dict[str, str]:
    """The German words of the sample of branding."""
    file = ROOT / "sample_extensions" / "branding" / "branding" / "locale" / "de" / f"{catalogue}.po"
    return {entry.text: entry.said for entry in read_po(file.read_text("utf-8"))}


def test_no_word_of_a_built_in_plugin_is_said_past_the_catalogue() -> None:
    found = {
        f"{file.relative_to(PLUGINS)}:{line}": text
        for file in PLUGINS.rglob("*.py")
        for line, text in unsaid(file.read_text("utf-8"))
        if FOR_PROGRAMS not in file.parts and not re.fullmatch(IN_PLUGINS, text)
    }
    assert found == {}


def test_no_word_of_the_shell_is_said_past_the_catalogue() -> None:
    found = {
        f"{file.relative_to(SHELL)}:{line}": text
        for file in SHELL.rglob("*.py")
        for line, text in unsaid(file.read_text("utf-8"))
        if text not in FOR_AUTHORS
    }
    assert {place: text for place, text in found.items() if not text.startswith("\nwindow        #F4")} == {}


def test_a_word_past_the_catalogue_is_noticed() -> None:
    said = 'label(say("Open items"))\nlabel("Open items")\nlabel(f"{count} of them")\nbind("Ctrl+K")\n'
    assert unsaid(said) == [(2, "Open items"), (3, "{} of them")]


@pytest.mark.parametrize("catalogue", TEMPLATES)
def test_the_template_has_every_word(catalogue: str) -> None:
    assert template(catalogue).read_text("utf-8") == page(catalogue), "write it anew: python docs/shell_words.py"


def test_there_is_a_template_for_all_who_say_something() -> None:
    assert set(TEMPLATES) == set(catalogues())
    assert len(words()) > 250
    assert len(words("workitem")) > 90


def test_what_is_said_is_a_text_as_it_stands() -> None:
    """Else the template would not have it. Names of texts are marked by `word` where they are made."""
    for file in (*SHELL.rglob("*.py"), *PLUGINS.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "word"):
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{file}:{node.lineno}"


@pytest.mark.parametrize("catalogue", TEMPLATES)
def test_the_sample_of_branding_has_every_word_in_german(catalogue: str) -> None:
    """A plugin's word stands in the file of the plugin, or in that of the shell where it means the same."""
    german = {name: read(name) for name in (SHELLS_OWN, catalogue)}
    said = german[SHELLS_OWN] | german[catalogue]
    assert words(catalogue).keys() - said.keys() == set()
    assert german[catalogue].keys() - words(catalogue).keys() == set(), "nobody says this any more"
    assert {text for text in words(catalogue) if places(text) != places(said[text])} == set()

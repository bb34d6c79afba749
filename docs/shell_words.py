"""All words of the shell, as a template for translators: `python docs/shell_words.py` writes `docs/workloom.pot`.

They are the texts that `say`, `say_count` and `word` get in `core/workloom/shell`, and those of the states of an agent.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from workloom.domain.presence import PRESENCE_WORDS

ROOT: Final = Path(__file__).parents[1]
SHELL: Final = ROOT / "core" / "workloom" / "shell"
PAGE: Final = Path(__file__).parent / "workloom.pot"
SAYING: Final = {"say": (0,), "word": (0,), "say_count": (1, 2)}
"""The functions that say something, and which of their arguments are texts."""

HEAD: Final = """\
# The words of the shell of Workloom. Copy this file to locale/<language>/workloom.po in the package of a plugin, and
# write each translation behind msgstr. Placeholders such as {count} stay. Made by: python docs/shell_words.py
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"""


def said_in(tree: ast.AST) -> Iterator[ast.Constant]:
    """The texts that a module says, as they stand there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            places = SAYING[node.func.id]
            for text in (node.args[place] for place in places if place < len(node.args)):
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text


def words() -> dict[str, list[str]]:
    """Every text with the modules that say it, in the order of the alphabet."""
    found: dict[str, list[str]] = {text: ["domain/presence.py"] for text in PRESENCE_WORDS.values()}
    for file in sorted(SHELL.rglob("*.py")):
        for text in said_in(ast.parse(file.read_text("utf-8"))):
            found.setdefault(str(text.value), []).append(f"shell/{file.relative_to(SHELL).as_posix()}")
    return {text: list(dict.fromkeys(places)) for text, places in sorted(found.items())}


def page() -> str:
    """The file as it must be."""
    return HEAD + "".join(
        f'\n#: {" ".join(places)}\nmsgid {_quoted(text)}\nmsgstr ""\n' for text, places in words().items()
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.exit(0)

"""What people type into a search field as an expression of SQLite's full-text search."""

from typing import Final

MAXIMUM_WORDS: Final = 16
MAXIMUM_LENGTH: Final = 100
"""Characters of one word. Nobody types more, and both bound the work of a search."""


def match_of(text: str) -> str:
    """Each word as the beginning of a word of the text searched, all of them needed; empty = nothing to search for.

    Each is a quoted string, in which the search language knows no operators, so that no text breaks its syntax
    (https://www.sqlite.org/fts5.html#fts5_strings). A word of several parts (`CLM-2026`) is a phrase. Words without
    any letter or digit are passed over.
    """
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").replace('"', " ")
    words = [word[:MAXIMUM_LENGTH] for word in clean.split() if any(sign.isalnum() for sign in word)]
    return " ".join(f'"{word}"*' for word in words[:MAXIMUM_WORDS])

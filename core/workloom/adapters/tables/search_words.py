"""What people type into a search field, as words that a search expression can be built of."""

from typing import Final

MAXIMUM_WORDS: Final = 16
MAXIMUM_LENGTH: Final = 100
"""Characters of one word. Nobody types more, and both bound the work of a search."""


def search_words(text: str) -> list[str]:
    """The words of which each has to begin a word of the text searched. Those without any letter or digit are left out.

    A word of several parts (`CLM-2026`) stays one: its parts have to follow each other.
    """
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ").replace('"', " ")
    words = [word[:MAXIMUM_LENGTH] for word in clean.split() if any(sign.isalnum() for sign in word)]
    return words[:MAXIMUM_WORDS]

"""Words of texts for PostgreSQL's full-text search, taken apart as SQLite's does it, so that both find the same.

SQLite's tokenizer `unicode61 remove_diacritics 2` (https://www.sqlite.org/fts5.html#unicode61_tokenizer): letters,
digits and signs of private use make words, in small letters and without the marks of Latin letters.
"""

from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

from workloom.adapters.tables.search_words import search_words

_FIRST: Final = 2
"""Position of the first word. The hole before it keeps phrases from reaching over from the text before."""

_LAST_POSITION: Final = 16383  # of PostgreSQL; words behind it are found, but not as parts of a phrase
_LONGEST: Final = 500
"""Characters of a word that are kept; PostgreSQL allows 2046 bytes."""

_MOST_WORDS: Final = 50_000
"""Words of one text, so that no text is more than PostgreSQL takes (1 MiB)."""


def words_of(text: str) -> list[str]:
    """The words in their order."""
    return "".join(map(_folded, text)).split()


def text_vector(text: str) -> str:
    """The words with their positions, as a `tsvector` is written."""
    found = [word[:_LONGEST] for word in words_of(text)[:_MOST_WORDS]]
    return " ".join(f"'{word}':{min(place, _LAST_POSITION)}" for place, word in enumerate(found, start=_FIRST))


def text_query(text: str) -> str:
    """What people type, as a `tsquery`: each word begins a word of the text; empty = nothing to search for."""
    phrases = (words_of(word) for word in search_words(text))
    return " & ".join(f"({' <-> '.join(_parts(phrase))})" for phrase in phrases if phrase)


def _parts(phrase: list[str]) -> list[str]:
    *whole, begun = (f"'{word[:_LONGEST]}'" for word in phrase)
    return [*whole, f"{begun}:*"]


@lru_cache(maxsize=65536)
def _folded(sign: str) -> str:
    """A sign as it is searched: a small letter without marks; nothing for a mark, a space for what parts words."""
    kind = category(sign)
    if kind == "Mn":
        return ""
    if kind[0] not in "LN" and kind != "Co":
        return " "
    base = normalize("NFD", sign)[0]
    return (base if base.isascii() else sign).lower()

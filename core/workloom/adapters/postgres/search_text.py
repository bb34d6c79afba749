"""Words of texts for PostgreSQL's full-text search, taken apart as SQLite's does it, so that both find the same.

SQLite's tokenizer `unicode61 remove_diacritics 2` (https://www.sqlite.org/fts5.html#unicode61_tokenizer): letters,
digits and signs of private use make words, in small letters and without the marks of Latin letters.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

from workloom.adapters.tables.search_words import search_words

_FIRST: Final = 2
"""Position of the first word. The hole before it keeps phrases from reaching over from the text before."""

_LAST_POSITION: Final = 16383  # of PostgreSQL; words behind it are found, but not as parts of a phrase
_LONGEST: Final = 500
"""Characters of a word that are kept; PostgreSQL allows 2046 bytes."""

_MOST_BYTES: Final = 150_000
"""Of the words of one text that are kept. All texts of an item must not be more than PostgreSQL takes (1 MiB): subject,
number, contact, and notes of 500,000 together (`notes.sql`). Words behind them are not found."""

_OF_A_WORD, _OF_A_PLACE = 10, 2
"""Bytes beside its letters: of each word, of each place where it stands."""


def words_of(text: str) -> list[str]:
    """The words in their order."""
    return "".join(map(_folded, text)).split()


def text_vector(text: str) -> str:
    """The words with their positions, as a `tsvector` is written."""
    found = _first_ones(word[:_LONGEST] for word in words_of(text))
    return " ".join(f"'{word}':{min(place, _LAST_POSITION)}" for place, word in enumerate(found, start=_FIRST))


def text_query(text: str) -> str:
    """What people type, as a `tsquery`: each word begins a word of the text; empty = nothing to search for."""
    phrases = (words_of(word) for word in search_words(text))
    return " & ".join(f"({' <-> '.join(_parts(phrase))})" for phrase in phrases if phrase)


def _first_ones(words: Iterable[str]) -> Iterator[str]:
    """As many words from the first one on as have room."""
    known: set[str] = set()
    left = _MOST_BYTES
    for word in words:
        left -= _OF_A_PLACE if word in known else len(word.encode("utf-8", "surrogatepass")) + _OF_A_WORD
        if left < 0:
            return
        known.add(word)
        yield word


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

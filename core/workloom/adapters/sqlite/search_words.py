"""What people type into a search field as an expression of SQLite's full-text search."""

from workloom.adapters.tables.search_words import search_words


def match_of(text: str) -> str:
    """Each word as the beginning of a word of the text searched, all of them needed; empty = nothing to search for.

    Each is a quoted string, in which the search language knows no operators, so that no text breaks its syntax
    (https://www.sqlite.org/fts5.html#fts5_strings). A word of several parts (`CLM-2026`) is a phrase.
    """
    return " ".join(f'"{word}"*' for word in search_words(text))

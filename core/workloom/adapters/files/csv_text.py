"""One record of a CSV file, as RFC 4180 writes them: fields between delimiters, quotes doubled inside quotes.

A quote counts as one only where a field begins; elsewhere it is text, as spreadsheets read it.
"""

from msgspec import Struct


class OpenQuote(Exception):
    """The record ends inside quotes: it goes on in the next line."""


class Dialect(Struct, frozen=True):
    """How fields are set apart; both are one character."""

    delimiter: str = ","
    quote: str = '"'


def fields_of(record: str, dialect: Dialect) -> list[str]:
    """The fields of a record. OpenQuote if its last quote is not closed."""
    delimiter, quote = dialect.delimiter, dialect.quote
    if quote not in record:
        return record.split(delimiter)
    fields: list[str] = []
    at, end = 0, len(record)
    while True:
        if record.startswith(quote, at):
            text, at = _quoted(record, at + 1, quote)
            following = record.find(delimiter, at)
            following = end if following < 0 else following
            fields.append(text + record[at:following])
        else:
            following = record.find(delimiter, at)
            following = end if following < 0 else following
            fields.append(record[at:following])
        if following >= end:
            return fields
        at = following + 1


def _quoted(record: str, at: int, quote: str) -> tuple[str, int]:
    """The text up to the closing quote, and where it ends."""
    parts: list[str] = []
    while True:
        close = record.find(quote, at)
        if close < 0:
            raise OpenQuote
        parts.append(record[at:close])
        if not record.startswith(quote, close + 1):
            return "".join(parts), close + 1
        parts.append(quote)
        at = close + 2

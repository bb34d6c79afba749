"""What every field of an export must be, in whatever format the file is."""

MAX_FIELD = 1_000_000
"""Longest field, in characters."""


def problem_of(name: str, text: str) -> str:
    """Why a field cannot be read, empty if it can."""
    if len(text) > MAX_FIELD:
        return f"The field “{name}” has {len(text):,} characters. At most {MAX_FIELD:,} are read."
    if "\0" in text:
        return f"The field “{name}” holds a NUL character at position {text.index(chr(0)) + 1:,}."
    return ""

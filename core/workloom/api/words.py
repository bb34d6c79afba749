"""How functions that know no agent say something in the agent's language: they are given `Context.translate`."""

from typing import Protocol


class Say(Protocol):
    """`Context.translate`: a text in the agent's language, with `{name}` filled in."""

    def __call__(self, text: str, **values: object) -> str: ...


def as_it_is(text: str, **values: object) -> str:
    """Says a text as it stands, for who is given no language."""
    return text.format(**values) if values else text


def say_count(say: Say, count: int, one: str, many: str, /, **values: object) -> str:
    """`one` for a single thing, `many` for any other number; both get it as `{count}`: `{count:,} items`."""
    return say(one if count == 1 else many, count=count, **values)

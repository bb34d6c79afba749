"""How functions that know no agent say something in the agent's language: they are given `Context.translate`."""

from typing import Protocol

from workloom.domain.sentences import fill


class Say(Protocol):
    """`Context.translate`: a text in the agent's language, with `{name}` filled in. `{name:within}` is a title as it
    stands within an English sentence, with a small letter; translations have `{name}` where nouns keep their capital.
    """

    def __call__(self, text: str, **values: object) -> str: ...


def as_it_is(text: str, **values: object) -> str:
    """Says a text as it stands, for who is given no language."""
    return fill(text, values)


def say_count(say: Say, count: int, one: str, many: str, /, **values: object) -> str:
    """`one` for a single thing, `many` for any other number; both get it as `{count}`: `{count:,} items`."""
    return say(one if count == 1 else many, count=count, **values)

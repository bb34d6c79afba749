"""Sentences that know what they are made of, so that a desktop can say them in the language of its agent.

`sentence("There is no queue “{queue}”.", queue=name)` is a text as any other, in English: logs, events and clients that
are no desktop take it as it stands. The text with its places is the key in the catalogue, as `say` of the shell has it.
"""

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Final

from workloom.domain.wording import within_sentence

WITHIN: Final = "within"
"""`{kind:within}`: a title in lower case, as it stands within an English sentence. Languages that write nouns with a
capital have `{kind}` in their translation."""


class Sentence(str):
    """A filled-in text, with the text and the values of which it was made. A value may be a sentence too."""

    __slots__ = ("text", "values")
    text: str
    values: Mapping[str, object]


def sentence(text: str, /, **values: object) -> Sentence:
    """A sentence in English that can be said in another language; one that is one already stays as it is."""
    if isinstance(text, Sentence):
        return text
    made = Sentence(fill(text, values))
    made.text, made.values = text, values
    return made


def fill(text: str, values: Mapping[str, object]) -> str:
    """A text with its places filled in. ValueError, LookupError, AttributeError or TypeError where it cannot be."""
    if f":{WITHIN}}}" in text:
        return _FILLING.vformat(text, (), values)
    return text.format(**values) if values else text


def said(found: str, say: Callable[..., str]) -> str:
    """What somebody has said, by `say(text, **values)`; a text that knows not what it is made of stays as it is."""
    if not isinstance(found, Sentence):
        return found
    values = {name: said(each, say) if isinstance(each, str) else each for name, each in found.values.items()}
    return say(found.text, **values)


class _Filling(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        if format_spec == WITHIN:
            return within_sentence(str(value))
        return str(super().format_field(value, format_spec))


_FILLING: Final = _Filling()

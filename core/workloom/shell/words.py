"""The shell's own words in the language in force, and the name of the product. No Qt.

`say("{count} items", count=3)` is what people read. The text itself is the key of the catalogue, as with plugins; a
language comes from a `workloom.po` in the `locale/<language>` of a plugin. `word` marks a text that is kept now and
said later. All take the text as it stands, so that a tool finds every one: `docs/shell_words.py`.

A process speaks one language: that of the agent who has logged in last. Any thread may say something.
"""

from collections.abc import Callable, Mapping
from typing import Final

from workloom.domain.errors import WorkloomError
from workloom.domain.sentences import Sentence, fill, said

CATALOGUE: Final = "workloom"
"""Under which name plugins bring the shell's words in other languages: `workloom.po`."""
PRODUCT: Final = "Workloom"


class _Voice:
    """What is in force: replaced as a whole, so that no lock is needed."""

    translate: Callable[[str], str] = staticmethod(lambda text: text)
    product = PRODUCT


def say(text: str, /, **values: object) -> str:
    """A text of the shell in the language in force, with `{name}` filled in."""
    return filled(_Voice.translate(text), text, values)


def filled(translated: str, text: str, values: Mapping[str, object]) -> str:
    """What is said for a text, filled in; the text itself where the translation asks for what a value has not."""
    try:
        return fill(translated, values)
    except (ValueError, LookupError, AttributeError, TypeError):
        return fill(text, values)


def say_count(count: int, one: str, many: str, /, **values: object) -> str:
    """`one` for a single thing, `many` for any other number; both get it as `{count}`."""
    return say(one if count == 1 else many, count=count, **values)


def say_error(error: WorkloomError) -> None:
    """What a service has refused is said in the language in force."""
    if isinstance(error.sentence, Sentence):
        error.say_as(said(error.sentence, say))


def word(text: str, /) -> str:
    """A text that is said later, by `say`; as it is."""
    return text


def speak(translate: Callable[[str], str]) -> None:
    """From now on texts are said as `translate` gives them; those on the screen stay until they are said anew."""
    _Voice.translate = staticmethod(translate)


def untranslated(_plugin: str, text: str) -> str:
    """Says the texts of everybody as they are: how a desktop speaks without plugins."""
    return text


def product() -> str:
    """The name of the product, as a plugin has it."""
    return _Voice.product


def name_product(name: str) -> None:
    """Take another name for the product; empty = the usual one."""
    _Voice.product = name or PRODUCT

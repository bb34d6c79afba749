"""Skill expressions in the notation of the field: `Billing>=3 & German>0 | Expert=1`.

`&` binds closer than `|`; parentheses group; comparisons are `>=`, `<=`, `>`, `<`, `=` with a whole number. A name
with spaces or signs stands in double quotes. A skill that somebody does not have counts as level 0.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import eq, ge, gt, le, lt
from typing import Final

from msgspec import Struct

from workloom.domain.errors import BadInput

MAXIMUM_LENGTH: Final = 1000
"""Characters of an expression; nobody reads a longer one, and it bounds the work of parsing."""

MAXIMUM_DEPTH: Final = 20
"""Parentheses within parentheses."""

_TOKEN = re.compile(r'\s*(?:(?P<quoted>"[^"]*")|(?P<compare>>=|<=|>|<|=)|(?P<sign>[&|()])|(?P<word>[\w.\-]+))')
_COMPARE: Final[Mapping[str, Callable[[int, int], bool]]] = {">=": ge, "<=": le, ">": gt, "<": lt, "=": eq}


class Comparison(Struct, frozen=True):
    """One skill compared with a level."""

    skill: str
    operator: str
    level: int

    def matches(self, skills: Mapping[str, int]) -> bool:
        """Whether somebody with these skill levels fits."""
        return _COMPARE[self.operator](skills.get(self.skill, 0), self.level)

    def names(self) -> tuple[str, ...]:
        """The skill that is named."""
        return (self.skill,)

    def __str__(self) -> str:
        return f"{quoted(self.skill)}{self.operator}{self.level}"


class Every(Struct, frozen=True):
    """All parts fit (`&`)."""

    parts: tuple["Expression", ...]

    def matches(self, skills: Mapping[str, int]) -> bool:
        """Whether somebody with these skill levels fits all parts."""
        return all(part.matches(skills) for part in self.parts)

    def names(self) -> tuple[str, ...]:
        """The skills that are named, each once."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.names()))

    def __str__(self) -> str:
        return " & ".join(f"({part})" if isinstance(part, Either) else str(part) for part in self.parts)


class Either(Struct, frozen=True):
    """At least one part fits (`|`)."""

    parts: tuple["Expression", ...]

    def matches(self, skills: Mapping[str, int]) -> bool:
        """Whether somebody with these skill levels fits a part."""
        return any(part.matches(skills) for part in self.parts)

    def names(self) -> tuple[str, ...]:
        """The skills that are named, each once."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.names()))

    def __str__(self) -> str:
        return " | ".join(str(part) for part in self.parts)


Expression = Comparison | Every | Either


def quoted(name: str) -> str:
    """The name as an expression writes it: in quotes when it needs them."""
    return name if re.fullmatch(r"[\w.\-]+", name) else f'"{name}"'


@lru_cache(maxsize=512)
def parse(text: str) -> Expression:
    """The expression that the text says. BadInput names the position (from 1) and what was expected there."""
    if len(text) > MAXIMUM_LENGTH:
        raise BadInput(f"A skill expression has at most {MAXIMUM_LENGTH} characters, this one has {len(text)}.")
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._kind = ""
        self._word = ""
        self._next_position = 0
        self._depth = 0
        self._advance()

    def whole(self) -> Expression:
        expression = self._either()
        if self._kind != "end":
            raise self._wrong("“&”, “|” or the end")
        return expression

    def _either(self) -> Expression:
        parts = [self._every()]
        while self._word == "|":
            self._advance()
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Expression:
        parts = [self._factor()]
        while self._word == "&":
            self._advance()
            parts.append(self._factor())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _factor(self) -> Expression:
        if self._word == "(":
            self._depth += 1
            if self._depth > MAXIMUM_DEPTH:
                raise BadInput(f"At most {MAXIMUM_DEPTH} parentheses may be open.", where=self._where())
            self._advance()
            inner = self._either()
            if self._word != ")":
                raise self._wrong("“)”")
            self._depth -= 1
            self._advance()
            return inner
        return self._comparison()

    def _comparison(self) -> Comparison:
        if self._kind not in {"word", "quoted"} or self._word == '""':
            raise self._wrong("the name of a skill or “(”")
        skill = self._word.strip('"')
        self._advance()
        if self._kind != "compare":
            raise self._wrong("one of >=, <=, >, <, =")
        operator = self._word
        self._advance()
        if not re.fullmatch(r"[0-9]{1,9}", self._word):
            raise self._wrong("a whole number")
        level = int(self._word)
        self._advance()
        return Comparison(skill, operator, level)

    def _advance(self) -> None:
        match = _TOKEN.match(self._text, self._next_position)
        if match is None:
            rest = self._text[self._next_position :]
            self._position = self._next_position + len(rest) - len(rest.lstrip())
            self._kind, self._word = ("sign", rest.strip()[0]) if rest.strip() else ("end", "")
            return
        self._kind = match.lastgroup or "end"
        self._word = match[self._kind]
        self._position = match.start(self._kind)
        self._next_position = match.end()

    def _where(self) -> str:
        return f"skill expression, position {self._position + 1}"

    def _wrong(self, expected: str) -> BadInput:
        found = f"“{self._word}”" if self._word else "the end"
        return BadInput(f"expected {expected}, found {found}.", where=self._where())

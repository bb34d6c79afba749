"""Which names fit what was typed, and which rows are shown when there are too many."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from workloom.domain.targets import TargetRow, TargetType

KIND_ORDER = tuple(TargetType)


def matches(typed: str, name: str) -> bool:
    """Whether each typed word begins a word of the name; case and accents do not count. Nothing typed fits all."""
    words = words_of(name)
    return all(any(word.startswith(part) for word in words) for part in words_of(typed))


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a name, folded: `Müller-Lüdenscheidt` → `muller`, `ludenscheidt`."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return tuple("".join(sign if sign.isalnum() else " " for sign in plain).split())


def in_order(rows: Sequence[TargetRow]) -> list[TargetRow]:
    """Possible ones first, of these the favourites, then by kind and name."""
    return sorted(rows, key=lambda row: (bool(row.reason), not row.favourite, *_by_kind(row)))


def cut(rows: Sequence[TargetRow], limit: int) -> tuple[TargetRow, ...]:
    """The first `limit` rows, in their order; each kind has a share, so that many people do not hide a group."""
    if len(rows) <= limit:
        return tuple(rows)
    by_kind = sorted(enumerate(rows), key=lambda pair: KIND_ORDER.index(pair[1].target.type))
    groups = [[place for place, _ in group] for _, group in groupby(by_kind, key=lambda pair: pair[1].target.type)]
    share = limit // len(groups)
    chosen = {place for group in groups for place in group[:share]}
    rest = (place for place in range(len(rows)) if place not in chosen)
    while len(chosen) < limit:
        chosen.add(next(rest))
    return tuple(rows[place] for place in sorted(chosen))


def _by_kind(row: TargetRow) -> tuple[int, str, str]:
    return KIND_ORDER.index(row.target.type), row.title.casefold(), row.target.id

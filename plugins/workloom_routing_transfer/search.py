"""The target search: what is asked, and how the answer is laid out. No Qt."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from workloom.api import OptionSet, Say, Services, TargetRow, TargetType, as_it_is


class Shelf(StrEnum):
    """Which targets are looked through."""

    ALL = "all"
    FAVOURITES = "favourites"
    RECENT = "recent"


KINDS = (TargetType.AGENT, TargetType.GROUP, TargetType.SKILL, TargetType.QUEUE)


def kinds_shown(options: OptionSet, say: Say = as_it_is) -> tuple[tuple[TargetType, str], ...]:
    """The kinds that the option lets be found, with what people call them; all where it names none."""
    words = options.words("teamcommunicator.list-filter-showing")
    titles = (say("People"), say("Groups"), say("Skills"), say("Queues"))
    kinds = tuple(zip(KINDS, titles, strict=True))
    return tuple((kind, title) for kind, title in kinds if kind.value in words) or kinds


class Query(Struct, frozen=True, kw_only=True):
    """What the agent asks for. `@lang` finds people only, `#1003` people by their employee number."""

    item: str
    text: str = ""
    shelf: Shelf = Shelf.ALL
    kinds: tuple[TargetType, ...] = KINDS

    @property
    def words(self) -> str:
        """The text without its prefix."""
        return self.text.strip().removeprefix("@").removeprefix("#").strip()

    @property
    def wanted(self) -> tuple[TargetType, ...]:
        """The kinds, which a prefix narrows to people."""
        return (TargetType.AGENT,) if self.text.strip().startswith(("@", "#")) else self.kinds


class Section(Struct, frozen=True, kw_only=True):
    """A headed part of the list."""

    title: str
    rows: tuple[TargetRow, ...]


def find(services: Services, query: Query, say: Say = as_it_is) -> tuple[Section, ...]:
    """Targets by section. Blocks."""
    directory = services.directory
    if query.shelf is Shelf.ALL:
        # No kind is chosen: nothing can be found. The service takes no kinds for all of them.
        found = directory.search(query.words, item=query.item, kinds=query.wanted) if query.wanted else ()
        return sections(found, say)
    rows = (
        directory.favourites(item=query.item) if query.shelf is Shelf.FAVOURITES else directory.recent(item=query.item)
    )
    kept = tuple(row for row in rows if row.target.type in query.wanted and matches(row.title, query.words))
    title = say("Favourites") if query.shelf is Shelf.FAVOURITES else say("Recent")
    return (Section(title=title, rows=kept),) if kept else ()


def sections(rows: Sequence[TargetRow], say: Say = as_it_is) -> tuple[Section, ...]:
    """Favourites first, then people, then the rest; each keeps the order of the service."""
    parts = (
        (say("Favourites"), tuple(row for row in rows if row.favourite)),
        (say("People"), tuple(row for row in rows if not row.favourite and row.target.type is TargetType.AGENT)),
        (
            say("Groups, skills and queues"),
            tuple(row for row in rows if not row.favourite and row.target.type is not TargetType.AGENT),
        ),
    )
    return tuple(Section(title=title, rows=found) for title, found in parts if found)


def matches(title: str, text: str) -> bool:
    """Each word of the text begins a word of the title."""
    words = title.casefold().split()
    return all(any(word.startswith(part) for word in words) for part in text.casefold().split())


def count(found: Sequence[Section]) -> int:
    """How many targets the sections hold."""
    return sum(len(section.rows) for section in found)


def hint(row: TargetRow | None, singular: str, say: Say = as_it_is) -> str:
    """What will happen to the item, said before it does."""
    if row is None:
        return ""
    if row.reason:
        return row.reason
    if row.target.type is TargetType.AGENT and not row.by_routing:
        return say("You keep the {item:within} until {target} accepts.", item=singular, target=row.title)
    if row.target.type is TargetType.QUEUE and not row.by_routing:
        return say("The {item:within} leaves you for the queue {target}.", item=singular, target=row.title)
    return say("The {item:within} leaves you now and is routed to {target}.", item=singular, target=row.title)

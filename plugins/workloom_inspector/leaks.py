"""What should be gone and is still there: when it is looked for, and how it is said. No Qt."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from workloom.api import Leak, PluginInfo, Plugins, Say, as_it_is

SETTLES: Final = 2
"""Looks of the view after a plugin was started or stopped: until then something may be on its way."""
LONGEST: Final = 64
"""Looks of the view between two searches, at most; a search takes a moment where something is there."""
NAMED: Final = 8
"""Holders of one thing that are named."""


class Search:
    """Searches as the view looks, ever more rarely while something is there, and anew when a plugin starts or stops."""

    def __init__(self, plugins: Plugins) -> None:
        self._plugins = plugins
        self._states: tuple[object, ...] = ()
        self._found: tuple[Leak, ...] = ()
        self._rest, self._pause = 0, 1

    def look(self, infos: Iterable[PluginInfo]) -> tuple[Leak, ...]:
        """What was found last; now and then it is searched for."""
        states = tuple((info.id, info.state) for info in infos)
        if states != self._states:
            self._states, self._rest, self._pause = states, SETTLES, 1
        elif self._rest:
            self._rest -= 1
        if not self._rest:
            self._found = tuple(self._plugins.inspector.leaks())
            self._rest = self._pause if self._found else 0
            self._pause = min(2 * self._pause, LONGEST) if self._found else 1
        return self._found

    def again(self) -> None:
        """Search at the next look."""
        self._rest, self._pause = 0, 1


def nobody(say: Say) -> str:
    """What is said where no holder is known."""
    return say("Nothing of Python’s refers to it: perhaps a connection of Qt, or a call that is still running.")


def told(leaks: Sequence[Leak], say: Say = as_it_is) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each kind of thing that is still there, with how often, and those who hold it: `The context of an agent, 3×`."""
    found = Counter((leak.what, leak.holders) for leak in leaks)
    words = {
        "the context of an agent": say("The context of an agent"),
        "the object of the plugin": say("The object of the plugin"),
    }
    return tuple(
        (
            f"{words.get(what) or f'{what[:1].upper()}{what[1:]}'}{f', {count:,}×' if count > 1 else ''}",
            _named(holders, say),
        )
        for (what, holders), count in found.items()
    )


def report(leaks: Sequence[Leak]) -> str:
    """What is still there as it can be sent to the author: names of code, no words of customers."""
    return "\n".join(line for what, holders in told(leaks) for line in (what, *(f"    {one}" for one in holders)))


def end_first(name: str, say: Say = as_it_is) -> str:
    """A name of code with what tells most at its begin, which a narrow place shows: `KEPT in acme.panel`."""
    module, _dot, own = name.rpartition(".")
    return say("{name} in {module}", name=own, module=module) if module else name


def _named(holders: Sequence[str], say: Say) -> tuple[str, ...]:
    if not holders:
        return (nobody(say),)
    more = len(holders) - NAMED
    return (*holders[:NAMED], say("and {count:,} more", count=more)) if more > 0 else tuple(holders)

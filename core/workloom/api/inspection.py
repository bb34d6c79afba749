"""What can be seen of plugins at work: how long their calls take, what is wired to what, a report for support.

The inspector of the desktop and `workloom plugin` draw from this Protocol; the plugin manager implements it.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from workloom.domain.options import OptionSet


class CallTiming(Struct, frozen=True, kw_only=True):
    """How one place of a plugin has fared since the start of the process. All times in milliseconds.

    `where`: what was called, such as `hook actions` or `action transfer`; the same words as in `Fault.where`.
    `percentile`: what 95 of 100 of the last calls did not exceed. `budget`: what the place may take on the UI thread;
    0 = it has none. `faults`: how many of the calls failed.
    """

    plugin: str
    where: str
    calls: int
    mean: float
    percentile: float
    longest: float
    budget: float = 0.0
    faults: int = 0


class TracedCall(Struct, frozen=True, kw_only=True):
    """One call into a plugin, once it has ended. `number` rises with each; `took` is in milliseconds."""

    number: int
    at: datetime
    plugin: str
    where: str
    took: float
    failed: bool = False


class Wire(Struct, frozen=True, kw_only=True):
    """One token: who provides it, whom that replaced (the first in the beginning), and who asks for it.

    A plugin that is ready counts as one that provides; `users` may name one that is off. `provider` empty: nobody
    provides it.
    """

    token: str
    provider: str
    replaced: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


class Leak(Struct, frozen=True, kw_only=True):
    """Something of a plugin that should be gone, since it was stopped or its agent has left, and is still there.

    `what`: `the context of an agent` or `the object of the plugin`. `holders`: what refers to it, by name: functions,
    kinds of objects, variables of modules such as `acme.panel.KEPT`. Empty: nothing of Python's does, but Qt may, or a
    call that is running.
    """

    plugin: str
    what: str
    holders: tuple[str, ...] = ()


class Inspector(Protocol):
    """Looks into the plugins of this process. Any thread, but for `leaks`, `start_plugin` and `stop_plugin`."""

    def timings(self) -> Sequence[CallTiming]:
        """Each place of each plugin that has been called, by plugin and place."""
        ...

    def trace(self, after: int = 0) -> Sequence[TracedCall]:
        """The last calls with a number above `after`, oldest first; some hundred are kept."""
        ...

    def wires(self) -> Sequence[Wire]:
        """All tokens, by name."""
        ...

    def leaks(self) -> Sequence[Leak]:
        """What should be gone and is still there, oldest first. UI thread. Right after a stop it may be on its way.

        Where something is to go, garbage is collected, which takes some dozens of milliseconds; where it is still
        there, all objects are looked through for who holds it, some hundred. Else it costs nothing.
        """
        ...

    def start_plugin(self, plugin: str) -> None:
        """Start a plugin now and at every start from now on. UI thread. BadInput with the reason if it cannot be."""
        ...

    def stop_plugin(self, plugin: str) -> None:
        """Stop a plugin now and keep it off from now on. UI thread. BadInput if there is none of that id."""
        ...

    def write_bundle(self, file: Path, options: OptionSet | None = None) -> None:
        """Write a zip file for support: versions, manifests, faults, timings, trace, and who set which option.

        It holds no data of customers: no message of an error, and no text that somebody has put into an option. Blocks;
        OSError if the file cannot be written.
        """
        ...

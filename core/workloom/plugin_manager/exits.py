"""`sys.exit` in a plugin ends the call of the plugin, not the desktop."""

import builtins
import sys
from collections.abc import Callable, Collection
from types import FrameType
from typing import NoReturn


class PluginExit(BaseException):
    """A plugin has called `sys.exit`. No Exception, so that a plugin's own `except Exception` does not hide it."""


def hold_exit(packages: Callable[[], Collection[str]]) -> Callable[[], None]:
    """Have `sys.exit`, `exit` and `quit` raise PluginExit when code of one of the packages calls them, on any thread.

    Returns the undo. In a slot, which no guard surrounds, Qt would end the process on SystemExit; PluginExit goes to
    `sys.excepthook`. What no program can stop from within is a literal `raise SystemExit` in a slot, and `os._exit`.
    """
    undos = [_hold(sys, "exit", packages)]
    # A Python without `site` has no such functions.
    undos += [_hold(builtins, name, packages) for name in ("exit", "quit") if hasattr(builtins, name)]

    def undo() -> None:
        for one in undos:
            one()

    return undo


def _hold(holder: object, name: str, packages: Callable[[], Collection[str]]) -> Callable[[], None]:
    real: Callable[[object], NoReturn] = getattr(holder, name)
    held = True

    def leave(status: object = None, /) -> NoReturn:
        if held:
            caller = _caller_in(packages(), sys._getframe(1))  # noqa: SLF001  # documented; the only way to the caller
            if caller:
                raise PluginExit(f"{name} was called by {caller}")
        real(status)

    setattr(holder, name, leave)

    def undo() -> None:
        nonlocal held
        held = False  # somebody may have wrapped it since
        if getattr(holder, name) is leave:
            setattr(holder, name, real)

    return undo


def _caller_in(packages: Collection[str], frame: FrameType | None) -> str:
    """The package among these that is nearest on the way to a frame; empty if none is."""
    while frame is not None:
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if package in packages:
            return package
        frame = frame.f_back
    return ""

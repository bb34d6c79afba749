"""`sys.exit` in a plugin ends the call of the plugin, not the desktop; who calls `os._exit` is written down."""

import builtins
import os
import sys
from collections.abc import Callable, Collection
from types import FrameType
from typing import NoReturn


class PluginExit(BaseException):
    """A plugin has called `sys.exit`. No Exception, so that a plugin's own `except Exception` does not hide it."""


Leaving = Callable[[str, str], None]
"""Told that code of a package ends the process now: the package, and what it has called."""


def hold_exit(packages: Callable[[], Collection[str]], leaving: Leaving | None = None) -> Callable[[], None]:
    """Have `sys.exit`, `exit` and `quit` raise PluginExit when code of one of the packages calls them, on any thread.

    Returns the undo. In a slot, which no guard surrounds, Qt would end the process on SystemExit; PluginExit goes to
    `sys.excepthook`. What no program can stop from within is a literal `raise SystemExit` in a slot. `os._exit` is let
    through, after `leaving` was told: a process that a plugin has forked ends in no other way.
    """
    undos = [_hold(sys, "exit", packages)]
    # A Python without `site` has no such functions.
    undos += [_hold(builtins, name, packages) for name in ("exit", "quit") if hasattr(builtins, name)]

    if leaving is not None:
        undos.append(_hear(leaving, packages))

    def undo() -> None:
        for one in undos:
            one()

    return undo


def _hear(leaving: Leaving, packages: Callable[[], Collection[str]]) -> Callable[[], None]:
    """Have `leaving` told before `os._exit` ends this process."""
    real, process = os._exit, os.getpid()
    held = True

    def leave(status: int) -> NoReturn:
        if held and os.getpid() == process:
            caller = _caller_in(packages(), sys._getframe(1))  # noqa: SLF001  # as below
            if caller:
                leaving(caller, "os._exit")
        real(status)

    setattr(os, "_exit", leave)  # noqa: B010  # it is nobody's to assign, says mypy

    def undo() -> None:
        nonlocal held
        held = False
        if getattr(os, "_exit") is leave:  # noqa: B009
            setattr(os, "_exit", real)  # noqa: B010

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

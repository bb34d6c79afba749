"""`sys.exit` in a plugin ends the call of the plugin, not the desktop."""

import sys
from collections.abc import Callable, Collection
from types import FrameType
from typing import NoReturn


class PluginExit(BaseException):
    """A plugin has called `sys.exit`. No Exception, so that a plugin's own `except Exception` does not hide it."""


def hold_exit(packages: Collection[str]) -> Callable[[], None]:
    """Have `sys.exit` raise PluginExit when code of one of the packages calls it, on any thread; returns its undo.

    In a slot, which no guard surrounds, Qt would end the process on SystemExit; PluginExit goes to `sys.excepthook`.
    What no program can stop from within is a literal `raise SystemExit` in a slot, and `os._exit`.
    """
    real = sys.exit

    def leave(status: object = None, /) -> NoReturn:
        caller: FrameType | None = sys._getframe(1)  # noqa: SLF001  # documented; the only way to the caller
        while caller is not None:
            package = str(caller.f_globals.get("__name__", "")).partition(".")[0]
            if package in packages:
                raise PluginExit(f"sys.exit was called by {package}")
            caller = caller.f_back
        real(status)  # type: ignore[arg-type]  # what it takes is its own matter

    sys.exit = leave

    def undo() -> None:
        if sys.exit is leave:
            sys.exit = real

    return undo

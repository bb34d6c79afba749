"""Imports dependency-injector without asyncio, which it needs for providers that await something (decision 33).

asyncio brings ssl and OpenSSL's libraries with it: together a twentieth of the start of a desktop that has no use for
them. The library takes three functions of asyncio by name when it is imported, and calls them much later, if at all.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from threading import get_ident
from types import ModuleType
from typing import Any, Final

ASYNCIO: Final = "asyncio"
OPTIONAL: Final = ("fast_depends", "fastapi", "pydantic", "pydantic_settings", "starlette", "werkzeug")
"""What dependency-injector imports wherever it is installed; it may use asyncio in its own way, at once."""
PARTS: Final = ("dependency_injector.providers", "dependency_injector.containers")


def _late(name: str) -> Callable[..., Any]:
    def call(*arguments: object, **named: object) -> object:
        return getattr(import_module(ASYNCIO), name)(*arguments, **named)

    return call


_TAKEN: Final[Mapping[str, Callable[..., Any]]] = {name: _late(name) for name in ("Future", "ensure_future", "gather")}


class _StandIn(ModuleType):
    """Is found as asyncio while dependency-injector is imported; for all but that one thread it is the real one."""

    def __init__(self) -> None:
        super().__init__(ASYNCIO)
        self._thread = get_ident()

    def __getattr__(self, name: str) -> object:
        if get_ident() == self._thread:
            if name in _TAKEN:
                return _TAKEN[name]
            if name == "__path__":  # no package, so the library does without what is in asyncio.coroutines
                raise AttributeError(name)
        self.leave()
        return getattr(import_module(ASYNCIO), name)

    def leave(self) -> None:
        """Let the real one be found."""
        if sys.modules.get(ASYNCIO) is self:
            del sys.modules[ASYNCIO]


def import_injector() -> None:
    """Import dependency-injector, without asyncio where nothing needs it yet. Any thread; once is enough."""
    if PARTS[-1] in sys.modules or ASYNCIO in sys.modules or any(map(find_spec, OPTIONAL)):
        return  # whoever imports the library next gets it as it is
    stand_in = sys.modules[ASYNCIO] = _StandIn()
    try:
        for part in PARTS:
            import_module(part)
    finally:
        stand_in.leave()

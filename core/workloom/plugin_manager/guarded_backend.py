"""A plugin's backend under guard: what it raises or answers wrongly is its fault, and an error that desktops know."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from inspect import isfunction, signature
from typing import Any, Final, cast, get_type_hints

from workloom.api.later import is_later, refusing
from workloom.api.services import Backend, LinkState
from workloom.domain.errors import NotAllowed, ServiceFailed, WorkloomError
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.fits import fits, said, words
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hook_checks import place_of

INSTEAD: Final[Mapping[str, Callable[[], object]]] = {
    "link.state": LinkState,
    "link.try_now": lambda: None,
    "now": lambda: datetime.now(UTC),
    "on_wake": lambda: lambda: None,
    "close": lambda: None,
}
"""What holds where a function fails that must not raise; the desktop calls these where nobody could tell an agent."""


def guarded(backend: object, plugin: str, name: str, offer: str, guard: PluginGuard) -> Backend:
    """The backend of a plugin, which people call `name`, with every function of the Protocols under guard.

    `WorkloomError` kinds come through, as answers; for anything else there is ServiceFailed. A function that came later
    than the plugin is refused with NotAllowed, and no fault. BadPlugin if it is no backend at all.
    """
    needed = {name for name in _functions(Backend) if not is_later(vars(Backend)[name])} | _parts(Backend).keys()
    missing = sorted(one for one in needed if not hasattr(backend, one))
    if missing:
        raise BadPlugin(f"expected a Backend, found {said(backend)} without {', '.join(missing)}")
    return cast("Backend", _Part(backend, Backend, "", _Caller(plugin, name, offer, guard)))


class _Caller:
    """Calls one function of a backend."""

    def __init__(self, plugin: str, name: str, offer: str, guard: PluginGuard) -> None:
        self._plugin, self._name, self._offer, self._guard = plugin, name, offer, guard

    def call(self, where: str, real: object, name: str, annotation: Any, args: Any, named: Any) -> object:
        """Its answer, of the type that the Protocol says."""

        def work() -> tuple[object]:
            function = getattr(real, name)  # a part that lacks the function is a fault as well
            try:
                answer = function(*args, **named)
            except TypeError:
                _check_parameters(real, function, args, named)
                raise
            if not _is_protocol(annotation) and not fits(answer, annotation):
                raise BadPlugin(f"expected {words(annotation)}, found {said(answer)}")
            return (answer,)

        answered = self._guard.call(self._plugin, f"backend {self._offer}: {where}", work, passing=WorkloomError)
        if answered is not None:
            return answered[0]
        if where in INSTEAD:
            return INSTEAD[where]()
        text = f"{self._name}, the plugin that connects to your system, has failed in “{where}”. Try again."
        raise ServiceFailed(text)

    def refusal(self, where: str) -> Callable[..., object]:
        """What stands in the place of a function that came later than the plugin."""

        def refuse(*_args: Any, **_named: Any) -> object:
            raise NotAllowed(
                f"{self._name}, the plugin that connects to your system, does not offer “{where}”: it was written for"
                " an older desktop. Do it in the system itself, or install a newer version of the plugin."
            )

        return refusing(refuse)


class _Part:
    """An object of a Protocol, and what hangs on it; what the Protocol does not say is the object's own."""

    def __init__(self, real: object, protocol: type, path: str, caller: _Caller) -> None:
        self._real, self._protocol, self._path, self._caller = real, protocol, path, caller

    def __getattr__(self, name: str) -> Any:
        where = f"{self._path}.{name}" if self._path else name
        part = _parts(self._protocol).get(name)
        if part is not None:
            return _Part(getattr(self._real, name, None), part, where, self._caller)
        if name not in _functions(self._protocol):
            return getattr(self._real, name)
        if _came_after(self._real, vars(self._protocol)[name]):
            return self._caller.refusal(where)
        answer = _answer_of(self._protocol, name)

        def ask(*args: Any, **named: Any) -> object:
            found = self._caller.call(where, self._real, name, answer, args, named)
            return _Part(found, answer, "", self._caller) if _is_protocol(answer) else found

        return ask


def _check_parameters(real: object, function: Any, args: Any, named: Any) -> None:
    """BadPlugin, with file and line, for a function that cannot be called as the Protocol has it."""
    try:
        signature(function).bind(*args, **named)
    except TypeError as error:
        where = f"{place_of(real, function.__name__)}: {type(real).__qualname__}.{function.__name__}"
        raise BadPlugin(
            f"{where}: {error}. Give it the parameters that the Protocol of the services in workloom.api has"
        ) from None


def _came_after(real: object, function: Any) -> bool:
    """Whether an object lacks a function that came later, or has it of the Protocol, where it does nothing."""
    found = getattr(real, function.__name__, None) if is_later(function) else function
    return found is None or getattr(found, "__func__", None) is function


def _is_protocol(annotation: object) -> bool:
    return isinstance(annotation, type) and bool(getattr(annotation, "_is_protocol", False))


@lru_cache
def _functions(protocol: type) -> frozenset[str]:
    return frozenset(name for name, member in vars(protocol).items() if isfunction(member) and name[0] != "_")


@lru_cache
def _parts(protocol: type) -> Mapping[str, type]:
    """The properties of a Protocol, each with the Protocol that it is of."""
    found = {name: member for name, member in vars(protocol).items() if isinstance(member, property)}
    return {name: get_type_hints(member.fget)["return"] for name, member in found.items()}


@lru_cache
def _answer_of(protocol: type, name: str) -> Any:
    return get_type_hints(getattr(protocol, name))["return"]

"""Whether the hooks of a plugin exist and can be called: what pluggy would take in silence is said with its file."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

import pluggy

from workloom.api.hooks import PROJECT
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest import Manifest

HOOKS_OF: Final[Mapping[str, str]] = {
    "action": "actions",
    "channel": "channels",
    "gate": "gates",
    "interaction-view": "interaction_views",
    "view": "views",
}
"""The hook that brings the other half of each table of the manifest."""

UNFIT_OPTIONS: Final = ("wrapper", "hookwrapper", "tryfirst", "trylast")
"""What pluggy offers and we do not: a wrapper could swallow the answers of others; the manifest gives the order."""


def check_hooks(manager: pluggy.PluginManager, instance: object) -> None:
    """BadPlugin, with file and line, if the object implements a hook that does not exist or cannot be called."""
    for name in dir(instance):
        options = manager.parse_hookimpl_opts(instance, name)
        if options is None:
            continue
        hook = options.get("specname") or name
        where = f"{place_of(instance, name)}: {type(instance).__qualname__}.{name}"
        if getattr(manager.hook, hook, None) is None:
            if options.get("optionalhook"):  # of a plugin that need not be there
                continue
            raise BadPlugin(f"{where}: there is no hook “{hook}”; {_hint(hook, known_hooks(manager))}")
        unfit = [option for option in UNFIT_OPTIONS if options.get(option)]
        if unfit:
            raise BadPlugin(f"{where}: @hook takes no “{unfit[0]}”. The manifest says the order of plugins.")
        _check_arguments(manager, hook, where, getattr(instance, name))
        if inspect.iscoroutinefunction(getattr(instance, name)):
            raise BadPlugin(f"{where}: a hook is a plain function, not async. Use context.read for what takes time.")


def _check_arguments(manager: pluggy.PluginManager, hook: str, where: str, method: Callable[..., object]) -> None:
    spec = getattr(manager.hook, hook).spec
    known = spec.argnames if spec else ()
    parameters = inspect.signature(method).parameters.values()
    needed = [one.name for one in parameters if one.default is one.empty and one.kind is not one.VAR_KEYWORD]
    unknown = [argument for argument in needed if argument not in known]
    if unknown:
        there = f"it has {', '.join(known)}" if known else "it has none"
        raise BadPlugin(f"{where}: the hook “{hook}” gives no argument “{unknown[0]}”; {there}. Take it out.")


def unbrought(manifest: Manifest, kind: type | None) -> Iterator[str]:
    """What the manifest declares and no hook of the class can bring, a sentence for each table.

    A hook that is there may leave out what is not for the agent: that is no mistake.
    """
    for table, name in HOOKS_OF.items():
        declared = [one.id for one in getattr(manifest, table.replace("-", "_"))]
        ids = ", ".join(f"“{id_}”" for id_ in declared)
        if declared and kind is None:
            yield f"[[{table}]] {ids}: there is no “desktop”, the class with the hook “{name}”. Name it."
        elif declared and kind is not None and not is_hook(kind, name):
            yield f"[[{table}]] {ids}: {lacks(kind, name)}"


def is_hook(kind: type, name: str) -> bool:
    """Whether a class implements a hook of that name."""
    return hasattr(kind, name) and pluggy.PluginManager(PROJECT).parse_hookimpl_opts(kind, name) is not None


def lacks(kind: type, name: str) -> str:
    """What to do about a class that lacks a hook, as a sentence."""
    return f"the class {kind.__qualname__} has no hook “{name}”. Write the method, with @hook above it."


def known_hooks(manager: pluggy.PluginManager) -> list[str]:
    """The names of all hooks that are specified."""
    callers = vars(manager.hook).items()
    return [name for name, caller in callers if isinstance(caller, pluggy.HookCaller) and caller.spec]


def _hint(hook: str, known: list[str]) -> str:
    near = get_close_matches(hook, known, n=1)
    return f"did you mean “{near[0]}”?" if near else f"there is {', '.join(known)}."


def place_of(instance: object, name: str) -> str:
    """Where a method is: file and line, or the module of its class."""
    code = getattr(getattr(instance, name), "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code is not None else type(instance).__module__

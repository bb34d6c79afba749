"""A plugin author finds every type that the api speaks of in `workloom.api`."""

import importlib
import inspect
import typing
from collections.abc import Iterator
from types import ModuleType

import workloom.api
from tests.architecture.sources import modules

OURS = ("workloom.api", "workloom.domain")


def api_modules() -> list[ModuleType]:
    """The modules of the api, but for the one that knows Qt."""
    names = [name for name in modules() if name.startswith("workloom.api.") and name != "workloom.api.ui"]
    return [importlib.import_module(name) for name in sorted(names)]


def signatures(module: ModuleType) -> Iterator[object]:
    """What has annotations in a module: its functions, its classes, their methods and properties."""
    for member in vars(module).values():
        if getattr(member, "__module__", "") != module.__name__:
            continue
        if inspect.isfunction(member):
            yield member
        elif inspect.isclass(member):
            yield member
            for part in vars(member).values():
                function = part.fget if isinstance(part, property) else part
                if inspect.isfunction(function):
                    yield function


def types_in(annotation: object) -> Iterator[type]:
    """The classes of ours within an annotation."""
    if isinstance(annotation, type) and annotation.__module__.startswith(OURS):
        yield annotation
    if isinstance(annotation, list):  # the arguments of a Callable
        for inner in annotation:
            yield from types_in(inner)
    for inner in typing.get_args(annotation):
        yield from types_in(inner)


def test_the_api_exports_every_type_that_its_signatures_mention() -> None:
    mentioned = {
        found.__name__
        for module in api_modules()
        for member in signatures(module)
        for annotation in typing.get_type_hints(member).values()
        for found in types_in(annotation)
        if not found.__name__.startswith("_")
    }
    assert len(mentioned) > 20
    assert mentioned - set(workloom.api.__all__) == set()


def test_the_api_exports_every_type_that_its_values_hold() -> None:
    exported = [getattr(workloom.api, name) for name in workloom.api.__all__]
    held = {
        found.__name__
        for value in exported
        if isinstance(value, type)
        for annotation in typing.get_type_hints(value).values()
        for found in types_in(annotation)
    }
    assert len(held) > 10
    assert held - set(workloom.api.__all__) == set()

"""A plugin author finds every type that the api speaks of in `workloom.api`."""

import importlib
import inspect
import typing
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType

import workloom.api
from tests.architecture.sources import modules
from workloom.domain.interaction import Interaction, Note, State
from workloom.domain.site import Queue

KIT = "workloom.api.ui"
OURS = ("workloom.api", "workloom.domain")


def api_modules() -> list[ModuleType]:
    """The modules of the api, but for those that know Qt."""
    names = [name for name in modules() if name.startswith("workloom.api.") and not name.startswith(KIT)]
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


def mentioned(members: Iterable[object]) -> set[str]:
    """Names of our types in the annotations of functions and classes."""
    return {
        found.__name__
        for member in members
        for annotation in typing.get_type_hints(member).values()
        for found in types_in(annotation)
        if not found.__name__.startswith("_")
    }


def test_the_api_exports_every_type_that_its_signatures_mention() -> None:
    found = mentioned(member for module in api_modules() for member in signatures(module))
    assert len(found) > 20
    assert found - set(workloom.api.__all__) == set()


def test_the_api_exports_every_type_that_its_values_hold() -> None:
    exported = [getattr(workloom.api, name) for name in workloom.api.__all__]
    found = mentioned(value for value in exported if isinstance(value, type))
    assert len(found) > 10
    assert found - set(workloom.api.__all__) == set()


def test_the_widget_kit_mentions_only_types_that_it_or_the_api_exports() -> None:
    kit = importlib.import_module(KIT)
    parts = [importlib.import_module(name) for name in sorted(modules()) if name.startswith(f"{KIT}.")]
    found = mentioned(member for part in parts for member in signatures(part))
    assert "ItemDetails" in found
    assert found - {*workloom.api.__all__, *kit.__all__} == set()


def test_a_type_of_the_domain_in_a_signature_is_noticed_wherever_it_stands() -> None:
    class Service:
        """Mentions four types."""

        kept: dict[str, State]

        def find(self, then: Callable[[Interaction | None], None]) -> tuple[Note, ...]:
            """Two of them."""
            raise KeyError

        @property
        def plan(self) -> "Queue":
            """The last."""
            raise KeyError

    member = Service.__dict__["plan"].fget
    assert mentioned([Service, Service.find, member]) == {"State", "Interaction", "Note", "Queue"}

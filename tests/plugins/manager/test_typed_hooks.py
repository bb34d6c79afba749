"""Hooks are named by their specifications: the type checker refuses what would fail, for authors and for callers.

Each `type: ignore` below stands for an error that mypy must find: it complains of one that is not needed.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

import pytest

from workloom.api import Context, DesktopHooks, Event, View, hook
from workloom.domain.events import EventKind
from workloom.plugin_manager.faults import BadPlugin, Faults, Strikes
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.manifest import Manifest

CONTEXT = cast("Context", object())
EVENT = Event(sequence=1, at=datetime(2026, 3, 2, tzinfo=UTC), kind=EventKind.ACCEPTED, item="i1")


class Typed(DesktopHooks):
    """A plugin that derives from the hooks, so that an editor completes them; what is not overridden is not called."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """A good one."""
        return ()

    @hook
    def interaction_changed(self, context: Context, event: Event) -> None:
        """Another."""
        self.heard.append(event)


class Mistaken(DesktopHooks):
    """Errors of the type checker, each of which is also found when the plugin is started or called."""

    @hook
    def actions(self, context: Context) -> Sequence[View]:  # type: ignore[override]
        """Another kind of answer."""
        return ()

    @hook
    def session_started(self, context: Context, event: Event) -> None:  # type: ignore[override]
        """An argument that nobody gives."""


class Brief:
    """Takes fewer arguments, in another order."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    @hook
    def interaction_changed(self, event: Event) -> None:
        """Only the event."""
        self.heard.append(event)

    @hook
    def session_started(self) -> None:
        """Nothing at all."""
        self.heard.append("started")


def hooks_with(*plugins: object) -> Hooks:
    """Hooks of plugins that are called p0, p1 …"""
    hooks = Hooks(PluginGuard(Faults(lambda: datetime.now(UTC), Strikes()), lambda _fault: None))
    for number, plugin in enumerate(plugins):
        hooks.add(Manifest(id=f"p{number}", name="P", version="1", api_level=1), plugin)
    return hooks


def test_a_plugin_that_derives_from_the_hooks_is_called_where_it_overrides_them() -> None:
    typed, brief = Typed(), Brief()
    hooks = hooks_with(typed, brief)
    contexts = {"p0": CONTEXT, "p1": CONTEXT}
    hooks.observe(DesktopHooks.interaction_changed, contexts, EVENT)
    hooks.observe(DesktopHooks.session_started, contexts)
    assert typed.heard == [EVENT]
    assert brief.heard == [EVENT, "started"]


def test_what_each_plugin_answers_is_typed_as_the_specification_says() -> None:
    answers: list[tuple[str, Sequence[View]]] = hooks_with(Typed()).ask(DesktopHooks.views, {"p0": CONTEXT})
    assert answers == [("p0", ())]


def test_a_wrong_argument_and_a_wrong_name_are_errors_for_the_caller_too() -> None:
    hooks = hooks_with(Typed())
    hooks.observe(DesktopHooks.interaction_changed, {}, "accepted")  # type: ignore[arg-type]
    hooks.observe(DesktopHooks.interaction_changed, {})  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        hooks.observe(DesktopHooks.interaction_change, {}, EVENT)  # type: ignore[attr-defined]


def test_what_the_type_checker_finds_is_found_at_the_start_as_well() -> None:
    with pytest.raises(BadPlugin, match="session_started"):
        hooks_with(Mistaken())


def test_a_misspelled_hook_is_named_with_its_file_and_line() -> None:
    class Misspelled:
        @hook
        def viewz(self, context: Context) -> Sequence[View]:
            return ()

    with pytest.raises(
        BadPlugin,
        match=r"test_typed_hooks\.py:\d+: .*Misspelled\.viewz: there is no hook “viewz”; did you mean “views”",
    ):
        hooks_with(Misspelled())

"""A plugin that stops leaves nothing behind."""

import gc
import sys
from functools import partial

import pytest

from tests.objects import count_objects, grown
from tests.plugins.manager.making import ONE_ACTION, Yard, declare
from workloom.api.plugins import Undo
from workloom.domain.errors import BadInput
from workloom.plugin_manager.scope import PluginScope

BUSY = """
class Plugin:
    def __init__(self):
        self.kept = []

    @hook
    def channels(self, context):
        return [Channel(id=context.plugin, media_types=("claim",), present=lambda row: self.kept)]

    @hook
    def interaction_views(self, context):
        return [InteractionView(id=context.plugin, make=lambda item: (self, context))]

    @hook
    def views(self, context):
        return [View(id=context.plugin, make=lambda: (self, context))]

    @hook
    def actions(self, context):
        self.kept.append(context)
        return [Action(id=context.plugin, run=lambda s, a: self.kept)]

    @hook
    def session_started(self, context):
        context.on_stop(lambda: self.kept.clear())
"""


def busy(id_: str) -> str:
    """The manifest of a busy plugin."""
    return "".join(declare(kind, id_) for kind in ("channel", "interaction-view", "view", "action"))


def test_logging_in_and_off_some_hundred_times_leaves_no_object_behind(yard: Yard) -> None:
    yard.add("acme", BUSY, busy("acme"))
    manager = yard.manager()

    def rounds(count: int) -> None:
        for _ in range(count):
            yard.open(manager).close()

    rounds(50)
    for _attempt in range(3):  # threads that other tests have left may make something once; a round makes it each time
        before = count_objects()
        rounds(300)
        left = grown(before)
        if not left:
            break
    assert left == {}
    assert len(yard.registries.all_views) == 0


def test_nothing_is_left_of_a_plugin_in_any_session_when_it_is_switched_off(yard: Yard) -> None:
    yard.add("acme", BUSY, busy("acme"))
    manager = yard.manager()
    first = yard.open(manager)
    manager.disable("acme")
    second = yard.open(manager)
    for registry in (yard.registries.all_channels, yard.registries.all_interaction_views, yard.registries.all_views):
        assert len(registry) == 0
    assert first.contexts() == second.contexts() == {}
    assert [info.state for info in manager.infos()] == ["off"]


def test_a_plugin_that_is_switched_on_joins_the_sessions_that_are_open(yard: Yard) -> None:
    yard.add("acme", manifest="order = 1\n")
    yard.add("other")
    manager = yard.manager("acme")
    session = yard.open(manager)
    assert [info.id for info in manager.infos()] == ["other", "acme"]
    manager.enable("acme")
    assert yard.actions() == ["acme.act", "other.act"]
    assert [info.id for info in manager.infos()] == ["acme", "other"]
    assert set(session.contexts()) == {"acme", "other"}


def test_what_requires_a_plugin_stops_before_it_and_says_why(yard: Yard) -> None:
    ending = "\n    @hook\n    def session_ending(self, context): context.marks.append(context.plugin)\n"
    yard.add("base", ONE_ACTION + ending)
    yard.add("more", ONE_ACTION + ending, 'requires = ["base"]\n')
    manager = yard.manager()
    yard.open(manager)
    manager.disable("base")
    base, more = manager.infos()
    assert yard.marks == ["more", "base"]
    assert (base.state, more.state) == ("off", "refused")
    assert more.reason == f"{more.manifest}: It needs the plugin “base”, which is off. Start that one, then this one."
    with pytest.raises(BadInput, match="“more” needs the plugin “base”, which is off"):
        manager.enable("more")
    manager.enable("base")
    manager.enable("more")
    assert yard.actions() == ["base.act", "more.act"]


def test_what_cannot_be_started_says_so_when_it_is_switched_on(yard: Yard) -> None:
    yard.write("acme", "id = 1\n")
    manager = yard.manager()
    with pytest.raises(BadInput, match=":1:6: id: expected a text, found a whole number"):
        manager.enable("acme")
    with pytest.raises(BadInput, match="There is no plugin “nobody”"):
        manager.disable("nobody")


def test_a_session_that_ends_undoes_the_last_plugin_first(yard: Yard) -> None:
    code = """
    class Plugin:
        @hook
        def session_started(self, context):
            for number in (1, 2):
                context.on_stop(lambda number=number: context.marks.append(f"{context.plugin} {number}"))
    """
    yard.add("a", code)
    yard.add("b", code)
    yard.open(yard.manager()).close()
    assert yard.marks == ["b 2", "b 1", "a 2", "a 1"]


def test_what_was_undone_early_is_not_undone_again_and_is_not_kept(yard: Yard) -> None:
    scope = PluginScope("acme", yard.manager().guard)
    done: list[int] = []
    undos: list[Undo] = [scope.add(partial(done.append, number)) for number in range(3)]
    undos[1]()
    undos[1]()
    assert len(scope) == 2
    scope.close()
    scope.close()
    assert done == [1, 2, 0]


def test_what_is_registered_after_the_end_is_undone_at_once(yard: Yard) -> None:
    scope = PluginScope("acme", yard.manager().guard)
    scope.close()
    done: list[str] = []
    scope.add(lambda: done.append("late"))
    assert done == ["late"]
    assert scope.closed


def test_what_a_plugin_keeps_of_an_agent_who_has_left_is_reported_with_who_holds_it(
    yard: Yard, caplog: pytest.LogCaptureFixture
) -> None:
    yard.add("clean", ONE_ACTION)
    yard.add(
        "acme",
        """
        KEPT = []

        class Plugin:
            @hook
            def session_started(self, context):
                def refresh():
                    return context.plugin
                KEPT.append(refresh)
        """,
    )
    manager = yard.manager()
    session = yard.open(manager)
    assert manager.leaks() == ()
    session.close()
    gc.collect()
    assert caplog.messages == []
    (leak,) = manager.leaks()
    assert caplog.messages == ["Plugin acme was stopped and still holds the context of an agent"]
    assert (leak.plugin, leak.what) == ("acme", "the context of an agent")
    assert leak.holders == ("acme_of_the_tests.plugin.Plugin.session_started.<locals>.refresh",)
    sys.modules["acme_of_the_tests.plugin"].KEPT.clear()
    assert manager.leaks() == ()
    assert len(caplog.messages) == 1


def test_who_was_there_before_the_first_plugin_and_holds_something_of_it_is_reported_too(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "kept_by_a_test", [], raising=False)
    keeps = "class Plugin:\n    @hook\n    def session_started(self, context): sys.kept_by_a_test.append(context)\n"
    yard.add("acme", keeps)
    manager = yard.manager()
    gc.freeze()  # as the program does when it has started
    yard.open(manager).close()
    (leak,) = manager.leaks()
    assert leak.holders == ("sys.kept_by_a_test",)


def test_the_object_of_a_stopped_plugin_that_is_still_held_is_reported(yard: Yard) -> None:
    yard.add("acme", "KEPT = []\nclass Plugin:\n    def __init__(self): KEPT.append(self)\n")
    manager = yard.manager()
    yard.open(manager)
    manager.disable("acme")
    assert [(leak.plugin, leak.what) for leak in manager.leaks()] == [("acme", "the object of the plugin")]


def test_nothing_is_reported_once_the_desktop_has_ended_with_all_its_plugins(
    yard: Yard, caplog: pytest.LogCaptureFixture
) -> None:
    yard.add(
        "acme", "KEPT = []\nclass Plugin:\n    @hook\n    def session_started(self, context): KEPT.append(context)\n"
    )
    manager = yard.manager()
    yard.open(manager).close()
    manager.end()
    for _ in range(3):
        gc.collect()
    assert sys.modules["acme_of_the_tests.plugin"].KEPT
    assert caplog.messages == []

"""Whatever a plugin raises is contained: it is named, and the others get their call."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.plugins.manager.making import ONE_ACTION, Yard, declare
from workloom.api.contributions import ActionPlace, Subject
from workloom.api.hooks import DesktopHooks
from workloom.api.plugins import Fault, Plugins
from workloom.domain.events import Event, EventKind
from workloom.plugin_manager.exits import hold_exit
from workloom.plugin_manager.manager import PluginManager

HOOKS = [name for name in vars(DesktopHooks) if not name.startswith("_")]
WAYS_TO_FAIL = {
    "an error": "raise ValueError('no')",
    "sys.exit": "sys.exit(3)",
    "SystemExit": "raise SystemExit",
    "exit": "exit()",
    "an error that is no Exception": "raise type('Odd', (BaseException,), {})()",
    "endless recursion": "(f := lambda: f())()",
    "an error whose text fails": "raise type('Mute', (Exception,), {'__str__': lambda self: 1 / 0})()",
    "GeneratorExit": "raise GeneratorExit",
}
failing = pytest.mark.parametrize("fails", WAYS_TO_FAIL.values(), ids=WAYS_TO_FAIL.keys())


@pytest.fixture
def exits(request: pytest.FixtureRequest) -> Callable[[PluginManager], None]:
    """Holds `sys.exit` for a manager until the test ends, as the desktop does while it runs."""

    def hold(manager: PluginManager) -> None:
        request.addfinalizer(hold_exit(manager.unguarded.plugins_by_package))

    return hold


def event() -> Event:
    """Something that happened."""
    return Event(sequence=1, at=datetime(2026, 3, 2, tzinfo=UTC), kind=EventKind.ACCEPTED, item="i1")


def run_session(yard: Yard, manager: PluginManager) -> None:
    """Everything that happens to plugins while an agent is there."""
    session = yard.open(manager)
    session.interaction_changed(event())
    session.close()


def witness(id_: str) -> str:
    """A plugin that leaves a mark in every hook."""
    lines = ["class Plugin:"]
    for hook in HOOKS:
        more = ", event" if hook == "interaction_changed" else ""
        lines += ["    @hook", f"    def {hook}(self, context{more}):", f"        context.marks.append('{id_} {hook}')"]
        lines += ["        return ()"]
    return "\n".join(lines)


@failing
@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_that_fails_is_named_and_the_plugins_before_and_behind_it_are_called(
    yard: Yard, exits: Callable[[PluginManager], None], hook: str, fails: str
) -> None:
    more = ", event" if hook == "interaction_changed" else ""
    bad = f"class Plugin:\n    @hook\n    def {hook}(self, context{more}):\n        {fails}\n"
    yard.add("first", witness("first"), "order = 1\n")
    yard.add("hostile", bad, "order = 2\n")
    yard.add("last", witness("last"), "order = 3\n")
    manager = yard.manager()
    exits(manager)
    told: list[Fault] = []
    manager.on_fault(told.append)
    run_session(yard, manager)
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("hostile", f"hook {hook}")]
    assert told == list(manager.faults())
    assert sorted(yard.marks) == sorted(f"{id_} {name}" for id_ in ("first", "last") for name in HOOKS)
    assert yard.marks.index(f"first {hook}") < yard.marks.index(f"last {hook}")


@failing
@pytest.mark.parametrize("when", ["import", "start"])
def test_a_plugin_that_fails_before_it_runs_is_refused_alone(
    yard: Yard, exits: Callable[[PluginManager], None], when: str, fails: str
) -> None:
    code = f"{fails}\nclass Plugin: ..." if when == "import" else f"class Plugin:\n    def __init__(self): {fails}"
    yard.add("good", manifest="order = 900\n")
    yard.add("hostile", code)
    yard.add("more", manifest='requires = ["hostile"]\n')
    manager = yard.manager()
    exits(manager)
    run_session(yard, manager)
    hostile, more, good = manager.infos()
    assert (hostile.state, more.state, good.state) == ("refused", "refused", "running")
    assert hostile.reason.startswith(f"It failed in its {when}: ")
    assert "needs the plugin “hostile”, which cannot be started itself" in more.reason
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("hostile", when)]


@failing
def test_a_callback_that_fails_ends_there(yard: Yard, exits: Callable[[PluginManager], None], fails: str) -> None:
    yard.add("hostile", ONE_ACTION.replace("run=print", "run=Plugin.run") + f"\n    def run(*args):\n        {fails}\n")
    manager = yard.manager()
    exits(manager)
    yard.open(manager)
    entry = yard.registries.action("hostile.act")
    assert entry is not None
    subject = Subject(place=ActionPlace.ITEM_TOOLBAR)
    plugins: Plugins = manager
    assert plugins.guard.call(entry.plugin, "action hostile.act", entry.what.run, subject, None) is None
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("hostile", "action hostile.act")]


@failing
def test_an_undo_that_fails_keeps_no_other_from_running(
    yard: Yard, exits: Callable[[PluginManager], None], fails: str
) -> None:
    yard.add(
        "hostile",
        f"""
        def bad():
            {fails}

        class Plugin:
            @hook
            def session_started(self, context):
                context.on_stop(lambda: context.marks.append("first"))
                context.on_stop(bad)
                context.on_stop(lambda: context.marks.append("last"))
        """,
    )
    manager = yard.manager()
    exits(manager)
    yard.open(manager).close()
    assert yard.marks == ["last", "first"]
    assert [fault.where for fault in manager.faults()] == ["undo of a registration"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "@hook\n    def action(self, context): ...",
            "Plugin.action: there is no hook “action”; did you mean “actions”?",
        ),
        ("@hook\n    def zzz(self): ...", "there is no hook “zzz”; there is actions, channels, "),
        ("@hook\n    def actions(self, context, more): ...", "actions"),
        ("@hook(wrapper=True)\n    def views(self, context):\n        yield", "@hook takes no “wrapper”"),
        ("@hook(tryfirst=True)\n    def views(self, context): ...", "@hook takes no “tryfirst”"),
        ("@hook\n    async def views(self, context): ...", "Plugin.views: a hook is a plain function, not async"),
    ],
)
def test_a_hook_that_does_not_exist_or_cannot_be_called_is_an_error_of_that_plugin(
    yard: Yard, body: str, said: str
) -> None:
    yard.add("good")
    yard.add("hostile", f"class Plugin:\n    {body}\n")
    manager = yard.manager()
    yard.open(manager)
    good, hostile = manager.infos()
    assert (good.state, hostile.state) == ("running", "refused")
    assert said in hostile.reason
    assert yard.actions() == ["good.act"]


@pytest.mark.parametrize(
    ("desktop", "said"),
    [
        ("{}.absent:Plugin", "No module named"),
        ("{}.plugin:Absent", "plugin.toml: desktop = “"),
        ("{}.plugin:Absent", "has no “Absent”. Name a class that is there."),
        ("{}.plugin:sys", "expected a class, found an object of type module"),
    ],
)
def test_a_manifest_that_names_no_class_is_refused_alone(yard: Yard, desktop: str, said: str) -> None:
    yard.add("good")
    yard.add("hostile", manifest=f'desktop = "{desktop.format(yard.package("hostile"))}"\n')
    manager = yard.manager()
    yard.open(manager)
    good, hostile = manager.infos()
    assert (good.state, hostile.state) == ("running", "refused")
    assert said in hostile.reason


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("None", "expected a sequence of Action, found None. An empty one is ()."),
        ("good", "expected a sequence of Action, found an object of type Action"),
        ("'text'", "expected a sequence of Action, found an object of type str"),
        (
            "[good, type('Mine', (Action,), {})(id='hostile.bad', run=print)]",
            "expected Action itself, found Mine, which is derived from it. Keep what it has more in the functions",
        ),
        ("[good, 5]", "expected Action, found an object of type int"),
        ("[good, View(id='v')]", "expected Action, found an object of type View"),
        ("[good, act(id=7)]", "Action(id=7): “id” is an object of type int, expected str"),
        ("[good, act(id='')]", "the id is empty"),
        ("[good, act(run=None)]", "“run” is None, expected a function"),
        ("[good, act(order='1')]", "“order” is an object of type str, expected int"),
        ("[good, act(order=True)]", "“order” is an object of type bool, expected int"),
        (
            "[good, act(places=['item.toolbar'])]",
            "“places” is an object of type list, expected a tuple of a ActionPlace",
        ),
        ("[good, act(id='hostile.new')]", 'not in the manifest. Add to plugin.toml: [[action]] id = "hostile.new"'),
        ("[good, act(title='Other')]", "“title” is not what the manifest says, 'Act'. Say it there only"),
        ("[good, good]", "The action “hostile.good” is there already, from the plugin “hostile”. Give"),
    ],
)
def test_an_answer_of_a_wrong_type_is_a_fault_and_the_good_part_is_used(yard: Yard, answer: str, said: str) -> None:
    yard.add(
        "hostile",
        f"""
        def act(**fields):
            usual = dict(id="hostile.bad", run=print)
            return Action(**(usual | fields))

        good = act(id="hostile.good")

        class Plugin:
            @hook
            def actions(self, context):
                return {answer}
        """,
        declare("action", "hostile.good", "hostile.bad"),
    )
    manager = yard.manager()
    yard.open(manager)
    (fault,) = manager.faults()
    assert said in fault.said
    assert said in fault.trace
    assert yard.actions() == (["hostile.good"] if answer.startswith("[") else [])


@pytest.mark.parametrize(("region", "made"), [("main", "make_for"), ("item.context", "make"), ("row.details", "make")])
def test_a_view_without_the_factory_that_its_region_calls_is_a_fault(yard: Yard, region: str, made: str) -> None:
    code = f"class Plugin:\n    @hook\n    def views(self, context):\n        return [View(id='x', {made}=print)]\n"
    yard.add("hostile", code, declare("view", "x").replace("main", region))
    manager = yard.manager()
    yard.open(manager)
    assert [fault.where for fault in manager.faults()] == ["hook views"]
    assert len(yard.registries.all_views) == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("class Plugin: ...", "the class Plugin has no hook “views”. Write the method, with @hook above it."),
        ("class Plugin:\n    def views(self, context): ...", "the class Plugin has no hook “views”"),
        ("", "there is no “desktop”, the class with the hook “views”. Name it."),
    ],
)
def test_what_is_declared_and_no_hook_can_bring_is_one_fault_with_its_file_and_the_rest_works(
    yard: Yard, code: str, said: str
) -> None:
    yard.add("half", code, declare("view", "half.one", "half.two") + declare("channel", "half.three"))
    yard.add("good")
    manager = yard.manager()
    yard.open(manager)
    (fault,) = manager.faults()
    assert (fault.plugin, fault.where) == ("half", "start")
    assert f"[[view]] “half.one”, “half.two”: {said}" in fault.said
    assert "[[channel]] “half.three”:" in fault.said
    assert "half_of_the_tests/plugin.toml: " in fault.said
    assert {info.state for info in manager.infos()} == {"running"}
    assert yard.actions() == ["good.act"]


def test_a_hook_that_leaves_out_what_is_not_for_this_agent_is_no_fault(yard: Yard) -> None:
    yard.add(
        "shy", "class Plugin:\n    @hook\n    def views(self, context):\n        return ()\n", declare("view", "shy.v")
    )
    manager = yard.manager()
    yard.open(manager)
    assert manager.faults() == ()


def test_what_the_manifest_says_of_a_contribution_holds_and_the_code_says_the_rest(yard: Yard) -> None:
    action = "Action(id='acme.act', run=print, title='Act', icon='x', many=True)"
    yard.add(
        "acme",
        f"class Plugin:\n    @hook\n    def actions(self, context):\n        return [{action}]\n",
    )
    manager = yard.manager()
    yard.open(manager)
    assert manager.faults() == ()
    entry = yard.registries.action("acme.act")
    assert entry is not None
    said = entry.what
    assert (said.title, said.places, said.icon, said.many) == ("Act", (ActionPlace.ITEM_TOOLBAR,), "x", True)


def test_an_answer_may_come_piece_by_piece_and_fail_on_the_way(yard: Yard) -> None:
    yard.add("hostile", "class Plugin:\n    @hook\n    def actions(self, context):\n        yield 1 / 0\n")
    yard.add("good")
    manager = yard.manager()
    yard.open(manager)
    assert [fault.error for fault in manager.faults()] == ["ZeroDivisionError"]
    assert yard.actions() == ["good.act"]


def test_an_id_that_another_plugin_has_taken_stays_with_the_first(yard: Yard) -> None:
    code = ONE_ACTION.replace('context.plugin + ".act"', '"same"')
    yard.add("first", code, declare("action", "same"))
    yard.add("second", code, declare("action", "same"))
    manager = yard.manager()
    yard.open(manager)
    entry = yard.registries.action("same")
    assert entry is not None
    assert entry.plugin == "first"
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("second", "action same")]


def test_a_plugin_may_only_declare(yard: Yard) -> None:
    yard.add("quiet", code="")
    manager = yard.manager()
    yard.open(manager)
    assert [info.state for info in manager.infos()] == ["running"]
    assert manager.faults() == ()

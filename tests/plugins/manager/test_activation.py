"""Plugins that wait until they are used, or that an agent's privileges do not allow, are not imported."""

import sys
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from tests.bench.programs.many import write_plugins
from tests.plugins.manager.making import DECLARED, ONE_ACTION, Yard, declare
from workloom.api.contributions import ActionPlace, Subject
from workloom.domain.errors import Refused
from workloom.plugin_manager.index import FILE, read_installed
from workloom.plugin_manager.manager import PluginManager
from workloom.plugin_manager.sessions import OpenSession

USE = 'activation = "use"\n'
SUBJECT = Subject(place=ActionPlace.ITEM_TOOLBAR)
ACTING = """
class Plugin:
    @hook
    def actions(self, context):
        def run(subject, anchor):
            context.marks.append("ran")
        return [Action(id=context.plugin + ".act", run=run)]

    @hook
    def session_started(self, context):
        context.marks.append(context.plugin + " started")
"""
VIEWS = """
class Plugin:
    @hook
    def views(self, context):
        main = View(id="acme.main", make=lambda: "page", badge=lambda: "3")
        return [main, View(id="acme.tab", make_for=lambda item: item)]

    @hook
    def interaction_views(self, context):
        return [InteractionView(id="acme.pane", make=lambda item: "pane of " + item)]

    @hook
    def channels(self, context):
        return [Channel(id="acme.channel", present=lambda row: "toast")]
"""
VIEW_TABLES = (
    declare("view", "acme.main")
    + declare("view", "acme.tab").replace('"main"', '"item.context"')
    + declare("interaction-view", "acme.pane")
    + declare("channel", "acme.channel")
    + 'media-types = ["claim"]\n'
)


def open_for(
    yard: Yard, manager: PluginManager, privileges: Collection[str] = (), media_types: Collection[str] = ()
) -> OpenSession:
    """Log an agent in who holds these privileges, on the channels of these media types."""
    return manager.open_session(
        yard.context, yard.registries, may=lambda privilege: privilege in privileges, media_types=media_types
    )


def press(yard: Yard, manager: PluginManager, action: str) -> None:
    """Press the button of an action."""
    entry = yard.registries.action(action)
    assert entry is not None
    manager.guard.call(entry.plugin, f"action {action}", entry.what.run, SUBJECT, None)


def test_of_a_hundred_idle_plugins_none_is_imported_and_all_are_shown(yard: Yard) -> None:
    packages = write_plugins(yard.folder, 100, activation="use")
    sys.path_importer_cache.clear()
    found = read_installed()
    many = [one.candidate for one in found if one.candidate.package in packages]
    assert len(many) == 100
    manager = PluginManager(many)
    manager.load()
    yard.open(manager)
    assert not set(packages) & set(sys.modules)
    assert len(yard.actions()) == 100
    assert {info.state for info in manager.infos()} == {"ready"}


def test_a_plugin_starts_when_its_action_is_pressed_and_the_action_is_done(yard: Yard) -> None:
    yard.add("acme", ACTING, USE)
    yard.add("other", ACTING, USE)
    manager = yard.manager()
    manager.load()
    session = yard.open(manager)
    assert yard.imported() == set()
    entry = yard.registries.action("acme.act")
    assert entry is not None
    assert (entry.what.title, entry.what.state(SUBJECT).enabled) == ("Act", True)
    press(yard, manager, "acme.act")
    assert yard.marks == ["acme started", "ran"]
    assert yard.imported() == {yard.package("acme")}
    assert yard.registries.action("acme.act") is entry
    press(yard, manager, "acme.act")
    assert yard.marks == ["acme started", "ran", "ran"]
    session.close()
    assert yard.actions() == []
    assert manager.faults() == ()
    assert manager.leaks() == ()


def test_views_panes_and_channels_stand_in_until_they_are_used(yard: Yard) -> None:
    yard.add("acme", VIEWS, USE + VIEW_TABLES)
    manager = yard.manager()
    open_for(yard, manager, media_types=["fax"])
    main, tab = yard.registries.all_views.get("acme.main"), yard.registries.all_views.get("acme.tab")
    pane = yard.registries.all_interaction_views.get("acme.pane")
    channel = yard.registries.channel("claim")
    assert main is not None
    assert tab is not None
    assert pane is not None
    assert channel is not None
    assert main.what.badge is not None
    assert main.what.make is not None
    assert tab.what.make_for is not None
    assert main.what.badge() == ""
    assert yard.imported() == set()
    assert pane.what.make("i1") == "pane of i1"
    assert yard.imported() == {yard.package("acme")}
    assert (main.what.make(), main.what.badge(), tab.what.make_for("i2")) == ("page", "3", "i2")
    assert manager.faults() == ()


def test_an_agent_on_a_channel_has_its_plugin_from_the_login_on(yard: Yard) -> None:
    yard.add("acme", VIEWS, USE + VIEW_TABLES)
    manager = yard.manager()
    open_for(yard, manager, media_types=["claim"])
    assert [info.state for info in manager.infos()] == ["running"]


def test_the_first_offer_of_a_channel_that_waits_is_shown_plainly_and_starts_its_plugin(yard: Yard) -> None:
    yard.add("acme", VIEWS, USE + VIEW_TABLES)
    manager = yard.manager()
    open_for(yard, manager)
    channel = yard.registries.channel("claim")
    assert channel is not None
    present: Callable[[object], object] = channel.what.present  # type: ignore[assignment]  # any row will do
    with pytest.raises(Refused, match="is being started"):
        present(None)
    assert present(None) == "toast"


@pytest.mark.parametrize(
    "manifest",
    [
        declare("view", "acme.bar").replace('"main"', '"status-bar"'),
        declare("channel", "acme.channel"),
        '[[gate]]\nid = "acme.gate"\ncommands = ["MarkDone"]\n',
    ],
)
def test_what_is_needed_from_the_first_moment_is_started_at_login_all_the_same(yard: Yard, manifest: str) -> None:
    yard.add("acme", ONE_ACTION, USE + manifest)
    manager = yard.manager()
    yard.open(manager)
    assert [info.state for info in manager.infos()] == ["running"]


def test_what_a_plugin_that_starts_requires_starts_before_it_although_it_could_wait(yard: Yard) -> None:
    yard.add("base", ACTING, USE)
    yard.add("more", ACTING, 'requires = ["base"]\n')
    manager = yard.manager()
    yard.open(manager)
    assert yard.marks == ["base started", "more started"]


def test_a_plugin_that_cannot_be_started_when_it_is_used_goes_with_what_stood_for_it(yard: Yard) -> None:
    yard.add("acme", "1 / 0\n", DECLARED + USE)
    yard.add("other")
    manager = yard.manager()
    yard.open(manager)
    assert yard.actions() == ["acme.act", "other.act"]
    press(yard, manager, "acme.act")
    assert yard.actions() == ["other.act"]
    assert {info.id: info.state for info in manager.infos()} == {"acme": "refused", "other": "running"}
    assert manager.faults()[0].where == "import"


def test_what_the_code_says_beyond_the_manifest_takes_the_place_of_the_stand_in(yard: Yard) -> None:
    yard.add("acme", ACTING.replace("run=run", 'run=run, icon="phone"'), USE)
    manager = yard.manager()
    yard.open(manager)
    press(yard, manager, "acme.act")
    entry = yard.registries.action("acme.act")
    assert entry is not None
    assert entry.what.icon == "phone"
    manager.disable("acme")
    assert yard.actions() == []


def test_an_idle_plugin_can_be_switched_off_and_on(yard: Yard) -> None:
    yard.add("acme", ACTING, USE)
    manager = yard.manager()
    yard.open(manager)
    manager.disable("acme")
    assert yard.actions() == []
    manager.enable("acme")
    assert yard.actions() == ["acme.act"]
    press(yard, manager, "acme.act")
    manager.disable("acme")
    manager.enable("acme")
    assert yard.actions() == ["acme.act"]
    assert yard.marks == ["acme started", "ran"]


def test_an_agent_without_the_privilege_has_nothing_of_a_plugin_and_it_is_not_imported(yard: Yard) -> None:
    privilege = 'only-with-privilege = "Can Use Acme"\n'
    table = '[[privilege]]\nname = "Can Use Acme"\nmeaning = "Use it."\n'
    yard.add("acme", ACTING, privilege + table)
    yard.add("more", ACTING, 'requires = ["acme"]\n')
    yard.add("free", ACTING)
    manager = yard.manager()
    manager.load()
    counts = {}
    for role, privileges in (("agent", ()), ("supervisor", ("Can Use Acme",))):
        session = open_for(yard, manager, privileges)
        counts[role] = (len(yard.imported()), yard.actions())
        session.close()
    assert counts == {"agent": (1, ["free.act"]), "supervisor": (3, ["acme.act", "free.act", "more.act"])}
    session = open_for(yard, manager)
    assert yard.actions() == ["free.act"]
    session.close()


def test_two_agents_start_a_plugin_each_for_himself(yard: Yard) -> None:
    yard.add("acme", ACTING, USE)
    manager = yard.manager()
    first, second = yard.open(manager), Yard(yard.folder)
    other = manager.open_session(second.context, second.registries)
    press(yard, manager, "acme.act")
    assert (set(first.contexts()), set(other.contexts())) == ({"acme"}, set())
    press(second, manager, "acme.act")
    assert set(other.contexts()) == {"acme"}
    assert second.marks == ["acme started", "ran"]


def test_a_wrong_word_for_the_activation_is_named(yard: Yard) -> None:
    yard.add("acme", ACTING, 'activation = "later"\n')
    (acme,) = yard.manager().infos()
    assert "activation: expected one of login, use, found “later”" in acme.reason


def test_the_index_holds_until_a_wheel_or_a_manifest_changes(
    yard: Yard, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", [str(yard.folder)])  # in the working folder somebody may be writing
    data = tmp_path_factory.mktemp("data")
    write_plugins(yard.folder, 2, activation="use")

    def names() -> set[str]:
        sys.path_importer_cache.clear()
        return {one.candidate.name for one in read_installed(data) if one.candidate.name.startswith("many")}

    assert names() == {"many_0", "many_1"}
    index = (data / FILE).read_bytes()
    stamp = (data / FILE).stat().st_mtime_ns
    assert names() == {"many_0", "many_1"}
    assert (data / FILE).stat().st_mtime_ns == stamp
    manifest = yard.folder / "many_0" / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("Plugin 0", "Another 0", 1), "utf-8")
    named = {one.manifest.name for one in read_installed(data) if one.manifest}
    assert "Another 0" in named
    assert (data / FILE).read_bytes() != index
    information = yard.folder / "many_1-1.0.dist-info"
    (information / "entry_points.txt").unlink()
    (information / "METADATA").unlink()
    information.rmdir()
    assert names() == {"many_0"}
    (data / FILE).write_bytes(b"damaged")
    assert names() == {"many_0"}


def test_an_index_that_cannot_be_kept_is_done_without(yard: Yard, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    assert read_installed(file)


@pytest.mark.parametrize("idle", ["first", "second"])
def test_an_id_that_two_plugins_declare_belongs_to_the_first_in_order_whoever_waits(yard: Yard, idle: str) -> None:
    for place, plugin in enumerate(("first", "second")):
        code = ONE_ACTION.replace('context.plugin + ".act"', '"shared.act"')
        waits = USE if plugin == idle else ""
        yard.add(plugin, "", f'desktop = "{yard.package(plugin)}.plugin:Plugin"\norder = {place}\n{waits}')
        folder = yard.folder / yard.package(plugin)
        (folder / "plugin.py").write_text(f"from workloom.api import *\n{code}", "utf-8")
        with (folder / "plugin.toml").open("a", encoding="utf-8") as manifest:
            manifest.write(declare("action", "shared.act"))
    manager = yard.manager()
    open_for(yard, manager)
    assert [(entry.plugin, entry.what.id) for entry in yard.registries.all_actions] == [("first", "shared.act")]
    (fault,) = manager.faults()
    assert (fault.plugin, fault.where) == ("second", "action shared.act")
    assert "it belongs to the plugin “first”, which declares the same id and comes first" in fault.said
    assert "Give the one of “second” another id" in fault.said


def test_an_id_is_free_while_the_first_plugin_that_declares_it_is_off(yard: Yard) -> None:
    yard.add("first", manifest="order = 0\n")
    yard.add("second", ONE_ACTION.replace('context.plugin + ".act"', '"first.act"'), "order = 1\n")
    file = yard.folder / yard.package("second") / "plugin.toml"
    file.write_text(file.read_text("utf-8").replace("second.act", "first.act"), "utf-8")
    open_for(yard, yard.manager("first"))
    assert [entry.plugin for entry in yard.registries.all_actions] == ["second"]

"""Plugins hide, disable and replace actions, and have entries in the menus of the window."""

import pytest
from msgspec.structs import replace
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QPushButton

from tests.shell.driving import Driver
from tests.shell.test_desk import accept, ready
from workloom.api import Action, ActionFilter, ActionPlace, Presence, Region, Subject, View
from workloom.plugin_manager.scope import PluginScope
from workloom.shell.action_bar import ActionBar
from workloom.shell.desk import AgentDesk
from workloom.shell.plugin_desktop import PluginDesktop
from workloom.shell.region_tabs import RegionTabs


class Marks:
    """Actions that note that they ran."""

    def __init__(self, driver: Driver, desk: AgentDesk) -> None:
        self.guard = driver.desktop.connection.there.plugins.guard
        self.desk, self.ran = desk, list[tuple[str, Subject]]()

    def add(self, id_: str, *places: ActionPlace, key: str = "", **more: object) -> None:
        """An action of the plugin `acme`."""

        def run(subject: Subject, _anchor: object) -> None:
            self.ran.append((id_, subject))

        action = Action(id=id_, title=f"Does {id_}", run=run, places=places, key=key, **more)  # type: ignore[arg-type]
        self.desk.registries.add_action("acme", action)

    def hide(self, action: str, **more: object) -> None:
        """A filter of the plugin `rules`."""
        one = ActionFilter(id=f"rules.{action}", action=action, **more)  # type: ignore[arg-type]
        self.desk.registries.add_action_filter("rules", one)


@pytest.fixture
def marks(driver: Driver) -> Marks:
    """A desk with an open item."""
    desk = ready(driver)
    accept(driver, desk)
    return Marks(driver, desk)


def parts(marks: Marks) -> PluginDesktop:
    """The parts of the window, as a plugin has them."""
    desk, scope = marks.desk, PluginScope("acme", marks.guard)
    return PluginDesktop("acme", scope, desk.kit, desk.registries, marks.guard, desk.actions, desk)


def toolbar(marks: Marks) -> ActionBar:
    """The toolbar of the open item, as a plugin's pane has it."""
    desk = marks.desk
    bar = parts(marks).toolbar(ActionPlace.ITEM_TOOLBAR, desk.items.subject)
    assert isinstance(bar, ActionBar)
    return bar


def words(bar: ActionBar) -> dict[str, bool]:
    """Words of the buttons, and whether each can be pressed."""
    bar.refresh()
    return {button.text(): button.isEnabled() for button in bar.findChildren(QPushButton) if not button.isHidden()}


def test_an_action_is_hidden_disabled_with_a_reason_or_replaced_for_the_items_that_a_filter_names(
    marks: Marks,
) -> None:
    kind = marks.desk.session.known.open_rows[0].item.media_type
    for name in ("a", "b", "c", "d", "e"):
        marks.add(name, ActionPlace.ITEM_TOOLBAR)
    marks.add("other", ActionPlace.ITEM_TOOLBAR)
    marks.hide("a")
    marks.hide("b", reason="Not on Sundays.")
    marks.hide("c", instead="other", media_types=(kind,))
    marks.hide("d", media_types=("something else",))
    bar = toolbar(marks)
    assert words(bar) == {"Does b": False, "Does other": True, "Does d": True, "Does e": True}
    marks.desk.actions.run("c", marks.desk.items.subject())
    marks.desk.actions.run("a", marks.desk.items.subject())
    assert [name for name, _subject in marks.ran] == ["other"]


def test_a_replaced_action_lends_its_key(driver: Driver, marks: Marks) -> None:
    marks.add("a", ActionPlace.ITEM_TOOLBAR, key="Ctrl+Shift+A")
    marks.add("b", ActionPlace.ITEM_TOOLBAR)
    marks.hide("a", instead="b")
    driver.wait(lambda: any(row.id == "a" for row in marks.desk.keys.rows()))
    driver.activate()
    driver.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [name for name, _subject in marks.ran] == ["b"]


def test_the_menu_of_not_ready_reasons_is_replaced_in_the_menu_and_on_its_key(driver: Driver, marks: Marks) -> None:
    desk = marks.desk
    marks.add("acme.reasons", ActionPlace.STATUS_MENU)
    marks.hide("status.not-ready", instead="acme.reasons")
    marks.hide("status.dnd")
    menu = desk.menu.build(desk.session.known, desk.session.now())
    said = [action.objectName() for action in menu.actions()]
    assert "status-acme.reasons" in said
    assert not {"status-not-ready-all", "status-not-ready", "status-dnd"} & set(said)
    next(action for action in menu.actions() if action.objectName() == "status-acme.reasons").trigger()
    driver.activate()
    driver.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert [(name, subject.place, subject.rows) for name, subject in marks.ran] == [
        ("acme.reasons", ActionPlace.STATUS_MENU, ())
    ] * 2
    assert desk.session.known.session.channels[0].state is Presence.READY


def test_a_plugin_has_an_entry_in_the_menu_of_settings_with_a_key(driver: Driver, marks: Marks) -> None:
    marks.add("acme.board", ActionPlace.MAIN_MENU, key="Ctrl+Shift+M")
    driver.wait(lambda: any(row.id == "acme.board" for row in marks.desk.keys.rows()))
    driver.activate()
    driver.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [name for name, _subject in marks.ran] == ["acme.board"]


def test_views_and_actions_of_agent_groups_are_for_their_members(driver: Driver, marks: Marks) -> None:
    registries, group = marks.desk.registries, marks.desk.session.known.me.groups[0]
    for name, groups in (("mine", (group, "Nobody")), ("others", ("Nobody",)), ("all", ())):
        marks.add(f"a.{name}", ActionPlace.ITEM_TOOLBAR, agent_groups=groups)
        view = View(id=f"v.{name}", title=name, region=Region.ITEM_CONTEXT, make_for=str)
        registries.add_view("acme", replace(view, agent_groups=groups))
    assert [entry.what.id for entry in registries.actions(ActionPlace.ITEM_TOOLBAR)] == ["a.all", "a.mine"]
    assert [entry.what.id for entry in registries.views(Region.ITEM_CONTEXT)] == ["v.all", "v.mine"]


def test_a_view_beside_an_item_is_for_the_kinds_that_it_names(driver: Driver, marks: Marks) -> None:
    desk = marks.desk
    item = desk.session.known.open_rows[0].item
    for name, kind in (("fits", item.media_type), ("other", "something else"), ("any", "")):
        kinds = (kind,) if kind else ()
        view = View(id=f"v.{name}", title=name, region=Region.ITEM_CONTEXT, make_for=QLabel, media_types=kinds)
        desk.registries.add_view("acme", view)
    tabs = parts(marks).tabs(Region.ITEM_CONTEXT)
    assert isinstance(tabs, RegionTabs)
    tabs.show_item(item.id)

    def titles() -> list[str]:
        return [button.text() for button in tabs.findChildren(QPushButton) if button.property("kind") == "tab"]

    driver.wait(lambda: titles() == ["any", "fits"])

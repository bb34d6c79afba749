"""A plugin hears of every notice and can show it in its own way."""

import sys

from tests.plugins.manager.making import Yard
from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from workloom.api import Notice
from workloom.plugin_manager.manager import PluginManager


def test_a_notice_that_a_plugin_takes_stays_under_the_bell_only(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("tomasz")
    heard: list[str] = []

    def take(notice: Notice) -> bool:
        heard.append(notice.title)
        return notice.title == "Mine"

    undo = desk.workspace.board.on_notice(take)
    for title in ("Mine", "Yours"):
        desk.workspace.board.show(Notice(title=title))
    assert heard == ["Mine", "Yours"]
    assert [card.notice.title for card in desk.workspace.board.cards] == ["Yours"]
    assert driver.notices(desk)[:2] == ["Yours", "Mine"]
    undo()
    desk.workspace.board.show(Notice(title="Mine"))
    assert heard == ["Mine", "Yours"]
    assert "Mine" in [card.notice.title for card in desk.workspace.board.cards]


KEEPER = """
KEPT = []

class Plugin:
    @hook
    def session_started(self, context):
        context.on_notice(lambda notice: KEPT.append(notice) is not None)
"""
TELLER = """
class Plugin:
    @hook
    def session_started(self, context):
        context.notify(Notice(title="From the teller", action="Look", run=lambda: context.notify(Notice(title="No"))))
"""


def test_a_notice_that_is_kept_holds_nothing_of_its_plugin(make_desktop: MakeDesktop, yard: Yard) -> None:
    more = [yard.add("keeper", KEEPER, "order = 1\n"), yard.add("teller", TELLER)]
    driver = make_desktop(plugins=True, more=more)
    driver.opened()
    driver.log_in("tomasz")
    manager = driver.desktop.connection.there.plugins
    assert isinstance(manager, PluginManager)

    def told() -> list[Notice]:
        return [one for one in sys.modules[f"{yard.package('keeper')}.plugin"].KEPT if one.title == "From the teller"]

    driver.wait(told)
    manager.disable("teller")
    (kept,) = told()
    assert kept.run is not None
    kept.run()  # the plugin has gone: nothing happens
    assert [leak.plugin for leak in manager.leaks()] == []

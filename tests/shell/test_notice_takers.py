"""A plugin hears of every notice and can show it in its own way."""

from tests.shell.driving import Driver
from workloom.api import Notice


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

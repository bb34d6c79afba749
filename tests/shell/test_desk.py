"""The main window of an agent: offers, open items, status, notices, log-off, without any plugin."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.shell.driving import Driver
from workloom.api import Fault, Notice, Presence, State, Tone
from workloom.shell.desk import AgentDesk
from workloom.shell.offers.toast import Toast
from workloom.shell.window.plain_pane import PlainPane


def ready(driver: Driver, user: str = "tomasz") -> AgentDesk:
    """An agent who has an offer."""
    driver.opened()
    desk = driver.log_in(user)
    driver.wait(lambda: desk.session.known.offers)
    return desk


def accept(driver: Driver, desk: AgentDesk) -> str:
    """Accept the oldest offer by its key; the item's id."""
    driver.toast(desk)
    item = desk.session.known.offers[0].row.item.id
    driver.activate()
    driver.press(Qt.Key.Key_F8)
    driver.wait(lambda: desk.session.known.open_row(item))
    driver.wait(lambda: desk.workspace.main.current == item)
    return item


def test_a_toast_takes_no_focus_and_counts_down(driver: Driver) -> None:
    desk = ready(driver)
    toast = driver.toast(desk)
    assert toast.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not toast.isActiveWindow()
    assert "answer within" in toast.accessibleName()
    assert toast.accept_button.isEnabled()


def test_an_accepted_item_is_open_in_the_sidebar_and_in_front(driver: Driver) -> None:
    desk = ready(driver)
    item = accept(driver, desk)
    assert item in desk.workspace.sidebar.items
    assert desk.workspace.sidebar.items[item].isChecked()
    assert isinstance(desk.workspace.main.page(item), PlainPane)


def test_a_rejected_offer_goes_back_to_its_queue(driver: Driver) -> None:
    desk = ready(driver)
    toast = driver.toast(desk)
    item = desk.session.known.offers[0].row.item.id
    assert toast.reject_button is not None
    toast.reject_button.click()
    driver.wait(lambda: item not in [offer.row.item.id for offer in desk.session.known.offers])
    assert desk.session.services.items.get(item).item.assigned_to == ""


def test_at_most_three_toasts_are_shown_the_oldest_lowest(driver: Driver) -> None:
    desk = ready(driver)
    driver.wait(lambda: len(desk.offers.stack.toasts) > 3)
    shown = [toast for toast in desk.offers.stack.toasts if toast.isVisible()]
    assert len(shown) == 3
    assert [toast.y() for toast in shown] == sorted((toast.y() for toast in shown), reverse=True)


def test_logging_off_is_refused_with_the_list_of_open_items(driver: Driver) -> None:
    desk = ready(driver)
    item = accept(driver, desk)
    desk.set_state(Presence.NOT_READY)
    driver.wait(lambda: not desk.session.known.offers or len(desk.session.known.open_rows) == 1)
    desk.log_off()
    driver.wait(lambda: desk.workspace.board.cards)
    notice = next(c.notice for c in desk.workspace.board.cards if "open" in c.notice.title)
    assert notice.text.startswith("Finish it")
    row = desk.session.known.open_row(item)
    assert row is not None
    assert ("Incident", row.item.subject) in notice.facts


def test_an_item_no_plugin_shows_can_be_put_away(driver: Driver) -> None:
    desk = ready(driver)
    item = accept(driver, desk)
    driver.click("plain-put-away")
    driver.wait(lambda: desk.session.known.open_row(item) is None)
    assert desk.workspace.main.page(item) is None
    assert desk.session.services.items.get(item).item.state in (State.QUEUED, State.IN_WORKBIN)


def test_what_is_said_again_stands_in_sight_once(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("lena")
    for text in ("Choose a disposition.", "Another.", "Choose a disposition."):
        desk.notify(Notice(title="Not done yet", text=text, tone=Tone.WARNING))
    driver.wait(lambda: driver.notices(desk).count("Not done yet") == 3)
    assert [card.notice.text for card in desk.workspace.board.cards] == ["Another.", "Choose a disposition."]


def test_a_notice_takes_the_place_of_an_older_one_about_the_same(driver: Driver) -> None:
    desk = ready(driver)
    for title, about in (
        ("Not done yet", "a"),
        ("Moved", "b"),
        ("Done", "a"),
        ("Said of nothing", ""),
        ("So is this", ""),
    ):
        desk.workspace.board.show(Notice(title=title, about=about, tone=Tone.WARNING))
    assert [card.notice.title for card in desk.workspace.board.cards] == [
        "Moved",
        "Done",
        "Said of nothing",
        "So is this",
    ]
    assert "Not done yet" in driver.notices(desk)


def test_the_status_menu_changes_all_channels_and_one(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("lena")
    desk.set_state(Presence.NOT_READY, reason="Lunch")
    driver.wait(lambda: {c.state for c in desk.session.known.session.channels} == {Presence.NOT_READY})
    menu = desk.menu.build(desk.session.known, desk.session.now())
    claims = menu.findChild(QMenu, "status-channel-claim")
    assert claims is not None
    assert claims.title().endswith("Not ready · Lunch")
    next(action for action in claims.actions() if action.objectName() == "status-ready").trigger()
    driver.wait(lambda: desk.session.known.session.channel("claim").state is Presence.READY)  # type: ignore[union-attr]  # it is on
    assert desk.session.known.session.channel("invoice").state is Presence.NOT_READY  # type: ignore[union-attr]  # it is on


def test_the_status_menu_logs_off_a_channel_and_in_on_one_that_was_left_out_at_the_login(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("lena")

    def choose(media_type: str, words: str) -> None:
        menu = desk.menu.build(desk.session.known, desk.session.now())
        own = menu.findChild(QMenu, f"status-channel-{media_type}")
        assert own is not None
        next(action for action in own.actions() if action.text() == words).trigger()

    def state(media_type: str) -> Presence | None:
        channel = desk.session.known.session.channel(media_type)
        return channel.state if channel else None

    choose("claim", "Log off this channel")
    driver.wait(lambda: state("claim") is Presence.LOGGED_OFF)
    choose("claim", "Log in on this channel")
    driver.wait(lambda: state("claim") is Presence.READY)
    menu = desk.menu.build(desk.session.known, desk.session.now())
    locked = menu.findChild(QMenu, "status-channel-fax")
    assert locked is not None
    assert "Log off this channel" not in [action.text() for action in locked.actions()]


def test_the_empty_state_says_why_nothing_comes(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("lena")
    desk.set_state(Presence.NOT_READY)
    driver.wait(lambda: desk.standing.idle.findChild(QPushButton, "idle-ready"))
    words = [label.text() for label in desk.standing.idle.findChildren(QLabel)]
    assert any(text.startswith("You are not ready on any channel.") for text in words)


def test_a_notice_of_a_customer_text_is_never_read_as_markup(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("lena")
    desk.notify(Notice(title="<b>bold</b>", text="<img src=x>", tone=Tone.WARNING))
    driver.wait(lambda: desk.workspace.board.cards)
    label = desk.workspace.board.cards[0].findChild(QLabel, "notice-title")
    assert label is not None
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_closing_the_window_logs_the_agent_off(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("lena")
    session = desk.session
    driver.window.close()
    driver.wait(lambda: not driver.desktop.windows.windows)
    assert not session.alive


def test_two_agents_work_in_one_process_each_in_a_window(driver: Driver) -> None:
    driver.opened()
    first = driver.log_in("lena")
    driver.another_window()
    second = driver.log_in("jonas")
    assert [window.agent for window in driver.desktop.windows.windows] == ["lena", "jonas"]
    second.log_off()
    driver.wait(lambda: driver.window.desk is None)
    assert first.session.alive
    assert first.workspace.isVisible()


def test_a_login_elsewhere_sends_the_first_window_back_to_the_login_page(driver: Driver) -> None:
    driver.opened()
    driver.log_in("lena")
    first = driver.window
    driver.another_window()
    driver.log_in("lena")
    driver.wait(lambda: first.desk is None)
    assert first.login is not None


def test_an_exception_in_a_slot_is_contained_and_told(driver: Driver, qtbot: QtBot) -> None:
    driver.opened()
    desk = driver.log_in("lena")
    driver.desktop.windows.contain(ZeroDivisionError, ZeroDivisionError(), None)
    driver.wait(lambda: driver.notices(desk)[:1] == ["Something failed that was not foreseen"])


def test_a_fault_of_a_plugin_is_told_by_its_name(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("lena")
    fault = Fault(plugin="acme", where="action x", error="ValueError", at=desk.session.now(), trace="", paused=True)
    driver.window.show_fault(fault)
    assert driver.notices(desk)[0] == "acme was paused"


def test_a_click_in_the_main_window_does_not_answer_an_offer(driver: Driver) -> None:
    desk = ready(driver)
    toast: Toast = driver.toast(desk)
    driver.click_on(desk.workspace)
    assert toast.accept_button.isEnabled()

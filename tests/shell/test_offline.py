"""Without a connection nothing that an agent does is lost, and nothing is shown as theirs that may not be."""

from PyQt6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from tests.shell.severed import SeverableLink, sever
from tests.shell.test_desk import accept, ready
from workloom.api import AddNote, EventKind, MarkDone, Presence, SetDisposition
from workloom.shell.desk import AgentDesk
from workloom.shell.letting_go import LetGo


def severable(driver: Driver, user: str = "tomasz") -> tuple[AgentDesk, SeverableLink]:
    driver.opened()
    link = sever(driver.desktop.windows)
    return ready(driver, user), link


def cut(driver: Driver, link: SeverableLink) -> None:
    link.cut = True
    driver.wait(lambda: "No connection" in banner(driver))


def banner(driver: Driver) -> str:
    """What the banner says, empty while it is hidden."""
    frame = driver.child("banner")
    return frame.accessibleName() if frame.isVisible() else ""


def kinds(desk: AgentDesk, item: str) -> list[EventKind]:
    return [event.kind for event in desk.session.services.items.path(item)]


def test_actions_wait_in_their_order_and_are_carried_out_once_after_reconnecting(driver: Driver) -> None:
    desk, link = severable(driver)
    item = accept(driver, desk)
    cut(driver, link)
    assert "attempt 3." in banner(driver)
    assert "What you do now waits here" in banner(driver)
    for command in (AddNote(item=item, text="first"), AddNote(item=item, text="second")):
        desk.session.execute(command)
    driver.wait(lambda: driver.child("banner-more").isVisible())
    assert driver.child("banner-more", QPushButton).accessibleName() == "2 waiting"
    assert "2 actions wait here" in banner(driver)
    assert [change.what for change in desk.session.waiting()] == ["Add a note", "Add a note"]
    link.cut = False
    driver.click("banner-action")
    assert link.asked == 1
    driver.wait(lambda: "No connection" not in banner(driver) and not desk.session.waiting())
    driver.wait(lambda: len(desk.session.services.items.notes(item)) == 2)
    assert [note.text for note in desk.session.services.items.notes(item)] == ["first", "second"]


def test_what_may_have_arrived_is_asked_again_under_its_key_and_done_once(driver: Driver) -> None:
    desk, link = severable(driver)
    item = accept(driver, desk)
    link.lose_answers = 1
    desk.session.execute(AddNote(item=item, text="once"))
    driver.wait(desk.session.waiting)
    driver.wait(lambda: "No connection" in banner(driver))
    change = desk.session.waiting()[0]
    assert change.sent
    assert not desk.session.withdraw(change), "what may have arrived cannot be taken back"
    link.cut = False
    driver.wait(lambda: not desk.session.waiting())
    assert kinds(desk, item).count(EventKind.NOTE_ADDED) == 1


def test_a_waiting_action_can_be_withdrawn_in_the_list(driver: Driver) -> None:
    desk, link = severable(driver)
    item = accept(driver, desk)
    cut(driver, link)
    failed: list[str] = []
    desk.session.execute(SetDisposition(item=item, value="Solved"), failed=lambda error: failed.append(str(error)))
    desk.session.execute(AddNote(item=item, text="stays"))
    driver.wait(lambda: len(desk.session.waiting()) == 2)
    menu = desk.standing.offline.open_menu()
    rows = [action for action in menu.actions() if "Withdraw" in action.text()]
    assert rows[0].text().startswith("Disposition Solved · ")
    rows[0].trigger()
    menu.close()
    driver.wait(lambda: failed)
    link.cut = False
    driver.wait(lambda: EventKind.NOTE_ADDED in kinds(desk, item))
    assert EventKind.DISPOSITION_SET not in kinds(desk, item)


def test_a_waiting_action_that_the_service_refuses_is_told(driver: Driver) -> None:
    desk, link = severable(driver)
    item = accept(driver, desk)
    cut(driver, link)
    desk.session.execute(MarkDone(item=item, fence=99))
    driver.wait(desk.session.waiting)
    link.cut = False
    driver.wait(lambda: "Not possible now" in driver.notices(desk))
    driver.wait(lambda: "The service is back" in driver.notices(desk))  # the lane may have tried before it is known


def test_leaving_is_refused_while_actions_wait_and_possible_otherwise(driver: Driver) -> None:
    desk, link = severable(driver)
    cut(driver, link)
    desk.set_state(Presence.NOT_READY)
    driver.wait(desk.session.waiting)
    desk.log_off()
    driver.wait(lambda: "1 action waits for the connection" in driver.notices(desk))
    desk.session.withdraw(desk.session.waiting()[0])
    desk.log_off()
    driver.wait(lambda: driver.window.login is not None)
    assert "You are out" in driver.text("login-fault")


def test_an_offer_goes_by_the_desktops_own_clock_before_its_time_is_over(driver: Driver) -> None:
    desk, link = severable(driver)
    driver.toast(desk)
    cut(driver, link)
    entries = [desk.offers.toast_of(offer.offer.ticket) for offer in desk.session.known.offers]
    ends = [entry.lease for entry in entries if entry]
    assert ends
    now = desk.session.now()
    for offer, lease in zip(desk.session.known.offers, ends, strict=True):
        left = (offer.offer.deadline - now).total_seconds()
        assert left - 1.6 <= lease.left() < left


def test_an_open_item_is_let_go_before_the_service_gives_it_away(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    desk, link = severable(driver)
    item = accept(driver, desk)
    pane = desk.workspace.main.page(item)
    assert pane is not None
    driver.wait(lambda: [note for note in pane.findChildren(QPlainTextEdit) if note.isVisible()])
    note = next(note for note in pane.findChildren(QPlainTextEdit) if note.isVisible())
    note.setPlainText("Typed before the connection went.")
    driver.wait(lambda: desk.session.drafts.of(item))
    cut(driver, link)
    assert "1 draft is kept on this computer" in banner(driver)
    assert not isinstance(desk.workspace.main.page(item), LetGo)
    desk.session.heard_at -= desk.session.known.timers.lost_agent - 2.5
    driver.wait(lambda: isinstance(desk.workspace.main.page(item), LetGo))
    assert note.isReadOnly()
    assert any(label.text() == "You have let go of this item." for label in driver.window.findChildren(QLabel))
    desk.run_key("workitem.done")
    driver.wait(lambda: any("not possible now" in title for title in driver.notices(desk)))
    assert not desk.session.waiting()
    link.cut = False
    driver.wait(lambda: not isinstance(desk.workspace.main.page(item), LetGo))
    again = desk.workspace.main.page(item)
    assert again is not None
    driver.wait(lambda: [n for n in again.findChildren(QPlainTextEdit) if "Typed before" in n.toPlainText()])


def test_what_happened_meanwhile_is_known_after_reconnecting(driver: Driver) -> None:
    desk, link = severable(driver)
    item = accept(driver, desk)
    service = driver.desktop.connection.there.backend
    other = service.services(desk.session.known.session.id)
    cut(driver, link)
    link.cut = False
    other.presence.set_state(Presence.NOT_READY)
    driver.wait(lambda: "No connection" not in banner(driver))
    driver.wait(lambda: all(c.state is Presence.NOT_READY for c in desk.session.known.session.channels if c.is_on))
    assert desk.session.known.open_row(item) is not None

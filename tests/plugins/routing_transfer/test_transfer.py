"""Transfer on a real desktop: the target search, direct and by routing, and what the sender hears."""

from msgspec.structs import replace
from PyQt6 import sip
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton

from tests.plugins.routing_transfer.test_search import row
from tests.plugins.workbin.desks import without
from tests.plugins.workitem.panes import ITEM, SUBJECT, Kind, OpenPane, Pane, options, transaction
from workloom.api import Accept, Presence, Reject, Site, State, TargetType, privileges
from workloom_routing_transfer.views.target_list import TargetList, has_star


class Search:
    """The target search of an open item."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        pane.press(Qt.Key.Key_T)
        window = pane.desk.driver.window
        pane.wait(lambda: window.findChild(QLineEdit, "targets.search"))
        self.field = self._named(QLineEdit, "targets.search")
        self.list = self._named(TargetList, "targets.list")
        pane.wait(self.titles)

    def _named(self, kind: type[Kind], name: str) -> Kind:
        found = self.pane.desk.driver.window.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    @property
    def hint(self) -> str:
        """What is said beside the buttons."""
        return self._named(QLabel, "targets.hint").text()

    @property
    def button(self) -> QPushButton:
        """The Transfer button."""
        return self._named(QPushButton, "targets.transfer")

    def gone(self) -> None:
        """Wait until it has closed."""
        self.pane.wait(lambda: sip.isdeleted(self.list))

    def titles(self) -> list[str]:
        """The rows and headings, from above."""
        model = self.list.model()
        assert model is not None
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    @property
    def current(self) -> str:
        """Title of the current row."""
        row = self.list.current()
        return row.title if row else ""

    def find(self, text: str, first: str) -> None:
        """Type, and wait until this row is current."""
        self.pane.desk.write(self.field, text)
        self.pane.wait(lambda: self.current == first)

    def press(self, key: Qt.Key, *, control: bool = False) -> None:
        """Press a key in the field."""
        self.pane.desk.press(self.field, key, control=control)


def hurried(site: Site) -> Site:
    """Offers run out after a second."""
    return replace(site, timers=replace(site.timers, delivery=1.0))


def offer_to_tamara(pane: Pane) -> None:
    pane.desk.colleague("tamara")
    search = Search(pane)
    search.find("tamara", "Tamara Lang")
    assert search.hint == "You keep the claim until Tamara Lang accepts."
    search.press(Qt.Key.Key_Return)
    pane.notice("Offered to Tamara Lang")


def test_in_large_text_the_search_is_within_the_screen_with_its_buttons(open_pane: OpenPane) -> None:
    pane = open_pane(width=1024)
    pane.desk.driver.desktop.process.appearance.larger(10)
    search = Search(pane)
    popup, screen = search.list.window(), search.list.screen()
    assert popup is not None
    assert screen is not None
    room = screen.availableGeometry()
    pane.wait(lambda: room.contains(popup.geometry()))
    pane.wait(lambda: popup.rect().bottom() > search.button.geometry().bottom())
    assert search.list.height() >= search.list.sizeHintForIndex(search.list.currentIndex()).height()
    popup.close()
    search.gone()


def test_a_direct_transfer_leaves_the_item_with_the_sender_until_it_is_accepted(open_pane: OpenPane) -> None:
    pane = open_pane()
    offer_to_tamara(pane)
    assert (pane.record.state, pane.record.assigned_to) == (State.HANDLING, "lena")
    pane.wait(lambda: "Withdraw transfer" in pane.buttons())
    pane.wait(lambda: not pane.child(QPushButton, "action:routing-transfer.transfer").isEnabled())
    transfer = pane.child(QPushButton, "action:routing-transfer.transfer")
    assert "waiting for an answer" in transfer.accessibleDescription()
    tamara = pane.desk.colleague("tamara").items
    offer = tamara.offers()[0].item.offer
    assert offer is not None
    tamara.execute(Accept(item=ITEM, ticket=offer.ticket))
    assert pane.notice("Tamara Lang accepted").text == SUBJECT
    pane.wait(lambda: pane.desk.desk.workspace.main.page(ITEM) is None)


def test_the_sender_is_told_that_a_transfer_was_declined_and_keeps_the_item(open_pane: OpenPane) -> None:
    pane = open_pane()
    offer_to_tamara(pane)
    tamara = pane.desk.colleague("tamara").items
    offer = tamara.offers()[0].item.offer
    assert offer is not None
    tamara.execute(Reject(item=ITEM, ticket=offer.ticket))
    told = pane.notice("Transfer not taken")
    assert told.text == "Tamara Lang did not accept. The claim is still yours."
    assert pane.record.assigned_to == "lena"
    pane.wait(lambda: "Withdraw transfer" not in pane.buttons())


def test_the_sender_is_told_that_nobody_answered(open_pane: OpenPane) -> None:
    pane = open_pane(None, hurried)
    offer_to_tamara(pane)
    assert pane.notice("Transfer not taken").text == "Tamara Lang did not answer. The claim is still yours."


def test_a_transfer_that_waits_can_be_withdrawn(open_pane: OpenPane) -> None:
    pane = open_pane()
    offer_to_tamara(pane)
    withdraw = pane.notice("Offered to Tamara Lang").run
    assert withdraw is not None
    withdraw()
    assert pane.notice("Transfer withdrawn").text == "The claim is still yours."
    assert not pane.desk.colleague("tamara").items.offers()


def test_a_group_is_reached_by_routing_with_the_four_attached_keys_and_the_note(open_pane: OpenPane) -> None:
    pane = open_pane(None, without(privileges.DECLINE))
    pane.desk.desk.set_state(pane.desk.desk.session.known.session.channels[0].state.NOT_READY)
    search = Search(pane)
    search.find("claims exp", "Claims experts")
    assert search.hint == "The claim leaves you now and is routed to Claims experts."
    note = pane.desk.driver.window.findChild(QLineEdit, "targets.note")
    assert note is not None
    pane.desk.write(note, "Please look at the roof.")
    pane.desk.press(note, Qt.Key.Key_Return)
    pane.notice("Transferred to Claims experts")
    row = pane.services.items.get(ITEM).item
    assert (row.state, row.queue, row.assigned_to) == (State.QUEUED, "hand-over", "")
    keys = {key: value for key, value in row.attached.items() if key.startswith("IW_RoutingBased")}
    assert keys == {
        "IW_RoutingBasedOriginalEmployeeId": "E-1001",
        "IW_RoutingBasedTargetType": "AgentGroup",
        "IW_RoutingBasedTargetId": "Claims experts",
        "IW_RoutingBasedActionType": "OneStepTransfer",
    }
    assert [note.text for note in pane.services.items.notes(ITEM)] == ["Please look at the roof."]
    pane.wait(lambda: pane.desk.desk.workspace.main.page(ITEM) is None)


def test_without_a_routing_queue_groups_and_skills_are_not_possible_and_it_says_why(open_pane: OpenPane) -> None:
    pane = open_pane(None, options({"intercommunication.claim.queue": ""}))
    search = Search(pane)
    pane.desk.write(search.field, "household team")
    pane.wait(lambda: search.titles() == ["Groups, skills and queues", "Household team"])
    assert search.current == ""
    assert not search.button.isEnabled()
    rows = [search.list.row_at(search.list.model().index(place, 0)) for place in range(len(search.titles()))]  # type: ignore[union-attr]
    reasons = {row.reason for row in rows if row is not None and row.target.type is TargetType.GROUP}
    assert reasons == {"No routing queue is set for claims. Ask your administrator."}
    search.press(Qt.Key.Key_Down)
    assert search.current == "Household team"
    assert search.hint == "No routing queue is set for claims. Ask your administrator."
    search.press(Qt.Key.Key_Return)
    assert pane.record.assigned_to == "lena"


def test_the_routing_queue_of_a_strategy_goes_above_that_of_the_site(open_pane: OpenPane) -> None:
    pane = open_pane(
        {"IW_OverrideOptions": "NoRouting"}, transaction("NoRouting", {"intercommunication.claim.queue": ""})
    )
    search = Search(pane)
    pane.desk.write(search.field, "large losses")
    pane.wait(
        lambda: search.titles() == ["Favourites", "Large losses", "Groups, skills and queues", "Claims – Large losses"]
    )
    search.press(Qt.Key.Key_Up)
    assert "No routing queue is set" in search.hint


def test_arrows_go_over_headings_and_escape_closes(open_pane: OpenPane) -> None:
    pane = open_pane()
    pane.desk.colleague("tamara")
    search = Search(pane)
    pane.wait(lambda: search.current)
    first = search.current
    search.press(Qt.Key.Key_Down)
    assert search.current not in ("", first)
    search.press(Qt.Key.Key_Up)
    assert search.current == first
    search.press(Qt.Key.Key_Escape)
    pane.wait(lambda: pane.desk.driver.window.findChild(QLineEdit, "targets.search") is None)
    assert pane.record.offer is None


def test_at_finds_people_and_a_number_sign_finds_them_by_employee_number(open_pane: OpenPane) -> None:
    pane = open_pane()
    search = Search(pane)
    pane.desk.write(search.field, "@la")
    pane.wait(lambda: search.titles() == ["People", "Klara Lauterbach", "Laila Amrani", "Lars Andersen", "Tamara Lang"])
    search.field.clear()
    pane.desk.write(search.field, "#1003")
    pane.wait(lambda: search.titles() == ["People", "Tamara Lang"])


def test_a_click_keeps_what_can_be_chosen_and_drops_any_favourite() -> None:
    away, kept = row("Laila Amrani", reason="Logged off, cannot take an offer"), row("Lars Andersen", favourite=True)
    assert [has_star(each) for each in (row("Tamara Lang"), away, kept, replace(kept, reason="Logged off"))] == [
        True,
        False,
        True,
        True,
    ]


def test_control_d_keeps_and_drops_a_favourite(open_pane: OpenPane) -> None:
    pane = open_pane()
    pane.desk.colleague("tamara")
    search = Search(pane)
    search.find("tamara", "Tamara Lang")
    search.press(Qt.Key.Key_D, control=True)
    pane.wait(lambda: search.titles() == ["Favourites", "Tamara Lang"])
    search.press(Qt.Key.Key_D, control=True)
    pane.wait(lambda: search.titles() == ["People", "Tamara Lang"])


def test_tab_reaches_what_else_there_is_for_the_target_that_was_found(open_pane: OpenPane) -> None:
    # Offscreen, a menu that closes gives the keys to the main window, which closes the search as well: one for each.
    pane = open_pane()
    undisturbed(pane)
    pane.desk.colleague("tamara")
    search = Search(pane)
    search.find("tamara", "Tamara Lang")
    assert more(search) == ["Transfer", "Write a note first", "Keep as favourite", "Narrow the search"]
    choose(search, "Keep as favourite")
    pane.wait(lambda: "Tamara Lang" in [row.title for row in pane.services.directory.favourites(item=ITEM)])
    search.gone()
    search = Search(pane)
    search.find("tamara", "Tamara Lang")
    pane.wait(lambda: search.titles() == ["Favourites", "Tamara Lang"])
    assert "Drop from favourites" in more(search)
    popup = search.field.window()
    assert popup is not None
    choose(search, "Write a note first")
    note = popup.focusWidget()
    assert note is not None
    assert note.objectName() == "targets.note"
    search.gone()
    search = Search(pane)
    search.find("tamara", "Tamara Lang")
    more(search)
    choose(search, "Transfer")
    pane.notice("Offered to Tamara Lang")


def test_tab_goes_on_where_nothing_was_found_and_what_is_not_possible_is_not_offered(open_pane: OpenPane) -> None:
    pane = open_pane(None, without(privileges.TARGETS_FAVOURITES))
    search = Search(pane)
    pane.desk.write(search.field, "tamara")
    pane.wait(lambda: search.titles() == ["People", "Tamara Lang"])
    search.press(Qt.Key.Key_Down)
    assert more(search) == ["Narrow the search"]
    pane.desk.write(search.field, " nobody")
    pane.wait(lambda: not search.current)
    search.press(Qt.Key.Key_Tab)
    pane.wait(lambda: not search.field.hasFocus())


def undisturbed(pane: Pane) -> None:
    """No toast comes any more: offscreen it takes the keys, which closes what is open."""
    pane.desk.desk.set_state(Presence.DND)
    session = pane.desk.desk.session
    pane.wait(lambda: {channel.state for channel in session.known.session.channels if channel.is_on} == {Presence.DND})
    pane.wait(lambda: not pane.desk.desk.offers.stack.toasts)
    pane.take_keys()


def more(search: Search) -> list[str]:
    """What Tab shows: its rows."""
    search.press(Qt.Key.Key_Tab)
    search.pane.wait(lambda: menu_of(search) is not None)
    menu = menu_of(search)
    assert menu is not None
    return [action.text() for action in menu.actions()[1:]]


def menu_of(search: Search) -> QMenu | None:
    """The one that is open: an earlier one may be there still."""
    menus = search.pane.desk.driver.window.findChildren(QMenu, "targets.more")
    return next((menu for menu in menus if menu.isVisible()), None)


def choose(search: Search, entry: str) -> None:
    """Choose a row of the menu by the keys."""
    menu = menu_of(search)
    assert menu is not None
    for _row in menu.actions():
        search.pane.desk.press(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text() == entry:
            break
    search.pane.desk.press(menu, Qt.Key.Key_Return)


def test_without_the_privilege_for_favourites_there_are_no_stars(open_pane: OpenPane) -> None:
    pane = open_pane(None, without(privileges.TARGETS_FAVOURITES))
    pane.desk.colleague("tamara")
    search = Search(pane)
    assert not search.list.has_stars
    search.find("tamara", "Tamara Lang")
    search.press(Qt.Key.Key_D, control=True)
    favourites = [row.title for row in pane.services.directory.favourites(item=ITEM)]
    assert "Tamara Lang" not in favourites


def test_without_its_privileges_there_is_no_transfer(open_pane: OpenPane) -> None:
    pane = open_pane(None, without(privileges.ONE_STEP_TRANSFER))
    assert "Transfer" not in pane.buttons()
    pane.press(Qt.Key.Key_T)
    assert pane.desk.driver.window.findChild(QLineEdit, "targets.search") is None


def test_without_the_target_search_there_is_no_transfer(open_pane: OpenPane) -> None:
    assert "Transfer" not in open_pane(None, without(privileges.TARGETS_USE)).buttons()


def test_kinds_that_the_option_leaves_out_have_no_filter_and_are_not_found(open_pane: OpenPane) -> None:
    pane = open_pane(None, options({"teamcommunicator.list-filter-showing": ["Agent", "AgentGroup"]}))
    search = Search(pane)
    popup = search.field.window()
    assert popup is not None
    chips = [button.text() for button in popup.findChildren(QPushButton) if button.isCheckable() and button.isChecked()]
    assert [text for text in chips if text in ("People", "Groups", "Skills", "Queues")] == ["People", "Groups"]
    pane.desk.write(search.field, "claims")
    pane.wait(lambda: search.titles() == ["Favourites", "Claims experts"])


def test_a_kind_can_be_left_out_by_its_chip(open_pane: OpenPane) -> None:
    pane = open_pane()
    search = Search(pane)
    popup = search.field.window()
    assert popup is not None
    next(button for button in popup.findChildren(QPushButton) if button.text() == "Queues").click()
    pane.desk.write(search.field, "claims")
    pane.wait(lambda: search.titles() == ["Favourites", "Claims experts"])


def test_recent_targets_are_those_used_last(open_pane: OpenPane) -> None:
    pane = open_pane()
    offer_to_tamara(pane)
    withdraw = pane.notice("Offered to Tamara Lang").run
    assert withdraw is not None
    withdraw()
    pane.notice("Transfer withdrawn")
    pane.wait(lambda: pane.record.offer is None)
    pane.wait(lambda: pane.child(QPushButton, "action:routing-transfer.transfer").isEnabled())
    search = Search(pane)
    popup = search.field.window()
    assert popup is not None
    next(button for button in popup.findChildren(QPushButton) if button.text() == "Recent").click()
    pane.wait(lambda: search.titles() == ["Recent", "Tamara Lang"])


def test_targets_have_room_for_larger_text(open_pane: OpenPane) -> None:
    pane = open_pane()
    larger = pane.desk.desk.ways.larger
    for _step in range(10):
        larger(1)
    targets = Search(pane).list
    two_lines = pane.desk.desk.kit.scale.px(16) + pane.desk.desk.kit.scale.px(20)
    pane.wait(lambda: targets.visualRect(targets.currentIndex()).height() > two_lines)
    larger(0)

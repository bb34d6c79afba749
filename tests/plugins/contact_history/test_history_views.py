"""The history on a real desktop: of the agent, of a contact, and over all items."""

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from tests.plugins.contact_history.viewing import EVERY, MINE, choose, open_history, shown
from tests.plugins.workbin.desks import Desk, OpenDesk, with_options, without
from workloom.api import AssignContact, Pull, State, privileges
from workloom.shell.kit.table import Table
from workloom_contact_history.views.contact import ContactPanel
from workloom_contact_history.views.entry import Entry
from workloom_contact_history.views.main import HistoryView

WATER = "Water damage, kitchen and cellar"


def open_water(desk: Desk) -> ContactPanel:
    """Open the item about Marta Lindqvist; its contact panel, filled."""
    desk.desk.session.execute(Pull(item=desk.items[WATER]), lambda item: desk.desk.open_item(item.id))
    desk.wait(lambda: desk.driver.window.findChild(ContactPanel))
    panel = desk.driver.window.findChild(ContactPanel)
    assert panel is not None
    desk.wait(lambda: panel.findChildren(QLabel, "contact.name"))
    return panel


def entries(panel: ContactPanel) -> list[str]:
    return [entry.accessibleName() for entry in panel.findChildren(Entry) if entry.isVisibleTo(panel)]


def test_my_history_shows_what_the_agent_has_handled_with_counts(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    assert "Change of address" not in shown(view)
    desk.wait(lambda: desk.text("history.shown", view) == "12 of 12 shown")
    desk.click("Done 1", view)
    desk.wait(lambda: list(shown(view)) == ["Bicycle theft, S-Bahn station"])
    assert desk.text("history.shown", view) == "1 of 12 shown"


def test_quick_search_finds_beginnings_of_words_and_says_when_nothing_matches(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    desk.write(view.head.search.widget, "bicy th")
    desk.wait(lambda: list(shown(view)) == ["Bicycle theft, cellar", "Bicycle theft, S-Bahn station"])
    desk.write(view.head.search.widget, "x")
    desk.wait(lambda: desk.is_empty(view, "No item matches"))
    desk.click("Clear filters", view)
    desk.wait(lambda: len(shown(view)) == 12)


def test_control_f_goes_to_the_quick_search(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    desk.driver.window.activateWindow()
    desk.wait(desk.driver.window.isActiveWindow)
    desk.press(desk.driver.window, Qt.Key.Key_F, control=True)
    desk.wait(view.head.search.widget.hasFocus)


def test_a_search_begins_in_its_field_and_a_history_in_its_list(open_desk: OpenDesk) -> None:
    desk = open_desk()
    window = desk.driver.window
    search = desk.view(EVERY, HistoryView)
    desk.wait(lambda: window.focusWidget() is search.head.search.widget)
    mine = desk.view(MINE, HistoryView)
    desk.wait(lambda: window.focusWidget() is mine.table.widget)


def test_my_history_is_that_of_the_agent_who_is_logged_in(open_desk: OpenDesk) -> None:
    desk = open_desk(user="jonas")
    view = open_history(desk, expected=1)
    assert shown(view) == {"Change of address": ""}


def test_locked_rows_carry_the_reason_of_the_service(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    said = shown(view)
    assert said["Broken shop window"] == "Open"
    assert said["Sick-pay form, 2 pages missing"] == "Locked"
    choose(desk, view, "Sick-pay form, 2 pages missing")
    desk.wait(lambda: "switched off" in desk.text("history.reason", view))
    assert desk.text("history.reason", view) == "Locked. Opening from the history is switched off for forms."
    button = view.findChild(QPushButton, "history.open")
    assert button is not None
    assert not button.isVisible()


def test_switching_the_option_off_locks_items_of_the_media_type(open_desk: OpenDesk) -> None:
    desk = open_desk(change=with_options(claim__pull_from_history_isenabled=False))
    view = open_history(desk)
    assert shown(view)["Broken shop window"] == "Locked"
    assert shown(view)["Locksmith invoice 88-204"] == "Open"


def test_the_button_in_a_row_opens_the_item(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    table = view.table
    assert isinstance(table, Table)
    model = table.model()
    assert model is not None
    place = list(shown(view)).index("Broken shop window")
    rect = table.visualRect(model.index(place, model.columnCount() - 1))
    at = QPoint(rect.right() - 40, rect.center().y())
    desk.click_at(table.viewport(), at)
    desk.wait(lambda: desk.shown_item() == desk.items["Broken shop window"])
    assert desk.desk.session.services.items.get(desk.shown_item()).item.state is State.HANDLING


def test_an_item_that_is_open_already_is_gone_to(open_desk: OpenDesk) -> None:
    desk = open_desk()
    open_water(desk)
    view = open_history(desk)
    desk.wait(lambda: shown(view).get(WATER) == "Go to")
    button = view.findChild(QPushButton, "history.open")
    assert button is not None
    desk.wait(lambda: button.text() == "Open")
    opens = button.icon().pixmap(16).toImage()
    choose(desk, view, WATER)
    desk.wait(lambda: button.text() == "Go to")
    assert button.icon().pixmap(16).toImage() != opens
    desk.press(view.table.widget, Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_item() == desk.items[WATER])


def test_a_finished_item_is_reopened_and_shown(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    choose(desk, view, "Bicycle theft, S-Bahn station")
    desk.wait(lambda: desk.text("history.state", view) == "Done")
    assert view.details.panel.facts()["Disposition"] == "Paid in full"  # type: ignore[attr-defined]
    desk.click("Reopen", view)
    desk.wait(lambda: desk.shown_item() == desk.items["Bicycle theft, S-Bahn station"])
    item = desk.desk.session.services.items.get(desk.shown_item()).item
    assert (item.state, item.assigned_to) == (State.HANDLING, "lena")


def test_a_refresh_keeps_the_current_row(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    choose(desk, view, "Glass damage, windscreen")
    desk.does("samira", Pull(item=desk.items["Locksmith invoice 88-204"]))
    desk.wait(lambda: shown(view).get("Locksmith invoice 88-204") == "Locked")
    assert view.table.current() == desk.items["Glass damage, windscreen"]


def test_the_contact_stands_beside_the_item_with_its_history(open_desk: OpenDesk) -> None:
    desk = open_desk()
    panel = open_water(desk)
    desk.wait(lambda: len(entries(panel)) == 7)
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert desk.text("contact.name", panel) == "Marta Lindqvist"
    assert {"marta.lindqvist", "Gold", "+49 89 5550 0142", "marta.lindqvist@example.org"} <= set(words)
    assert "Ahornweg 17, 81671 München" not in words
    assert desk.text("contact.count", panel) == "7"
    assert entries(panel)[0].endswith("In progress · your workbin “Waiting for documents”")
    assert entries(panel)[-1].endswith("Done · Paid in full")
    desk.click("Done", panel)
    desk.wait(lambda: len(entries(panel)) == 3)


def test_in_large_text_nothing_of_the_contact_is_cut_at_the_right(open_desk: OpenDesk) -> None:
    desk = open_desk(width=1280)
    desk.driver.desktop.process.appearance.larger(10)
    panel = open_water(desk)
    desk.wait(lambda: len(entries(panel)) == 7)
    scroll = panel.findChild(QScrollArea)
    assert scroll is not None
    viewport, inside = scroll.viewport(), scroll.widget()
    assert viewport is not None
    assert inside is not None
    desk.wait(lambda: inside.width() <= viewport.width())
    badge = next(label for label in panel.findChildren(QLabel) if label.text() == "Gold")
    name = next(iter(panel.findChildren(QLabel, "contact.name")))
    desk.wait(lambda: badge.mapTo(panel, badge.rect().topLeft()).y() > name.mapTo(panel, name.rect().bottomLeft()).y())
    assert name.text() == "Marta Lindqvist"
    mail = next(label for label in panel.findChildren(QLabel) if label.text().startswith("marta.lindqvist@"))
    assert mail.text() == "marta.lindqvist@example.org" or mail.toolTip() == "marta.lindqvist@example.org"


def test_an_entry_in_progress_opens_by_enter(open_desk: OpenDesk) -> None:
    desk = open_desk()
    panel = open_water(desk)
    desk.wait(lambda: len(entries(panel)) == 7)
    first = panel.findChildren(Entry)[0]
    desk.press(first, Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_item() == desk.items["Locksmith invoice 88-204"])


def test_attributes_follow_the_option_and_are_plain_text(open_desk: OpenDesk) -> None:
    desk = open_desk(change=with_options(contact__displayed_attributes=["Address"]))
    panel = open_water(desk)
    labels = panel.findChildren(QLabel)
    assert "Ahornweg 17, 81671 München" in [label.text() for label in labels]
    assert "+49 89 5550 0142" not in [label.text() for label in labels]
    texts = [label for label in labels if label.text()]
    assert {label.textFormat() for label in texts} == {Qt.TextFormat.PlainText}


def test_an_item_without_contact_says_so(open_desk: OpenDesk) -> None:
    desk = open_desk()
    panel = open_water(desk)
    desk.desk.session.execute(AssignContact(item=desk.items[WATER], contact=""))
    desk.wait(lambda: "Unknown contact" in [label.text() for label in panel.findChildren(QLabel)])
    assert not any(part.isVisible() for part in panel.findChildren(QWidget, "contact.full-history"))


def test_the_full_history_of_a_contact_is_shown_and_left_again(open_desk: OpenDesk) -> None:
    desk = open_desk()
    panel = open_water(desk)
    desk.wait(lambda: len(entries(panel)) == 7)
    desk.click("Open full history", panel)
    view = open_history(desk, expected=7)
    assert desk.text("history.title", view) == "History of Marta Lindqvist"
    assert shown(view)["Change of address"] == ""
    assert shown(view)["Parquet, second appraisal"] == "Open"
    desk.click("My history", view)
    desk.wait(lambda: len(shown(view)) == 12)
    assert desk.text("history.title", view) == "My history"


def test_the_search_is_over_all_items(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = desk.view(EVERY, HistoryView)
    desk.write(view.head.search.widget, "contract")
    desk.wait(lambda: list(shown(view)) == ["Contract change, Home Plus"])


def test_each_part_needs_its_privilege(open_desk: OpenDesk) -> None:
    desk = open_desk(user="klara")
    assert desk.views() == ["Workbins", "My history"]


def test_without_my_history_there_is_none_and_no_way_to_the_full_one(open_desk: OpenDesk) -> None:
    desk = open_desk(change=without(privileges.MY_HISTORY))
    assert desk.views() == ["Workbins", "Search items"]
    panel = open_water(desk)
    desk.wait(lambda: len(entries(panel)) == 7)
    assert not any(part.isVisible() for part in panel.findChildren(QWidget, "contact.full-history"))


def test_without_contact_history_the_contact_stands_alone(open_desk: OpenDesk) -> None:
    desk = open_desk(change=without(privileges.CONTACT_HISTORY))
    panel = open_water(desk)
    assert entries(panel) == []
    assert desk.text("contact.name", panel) == "Marta Lindqvist"

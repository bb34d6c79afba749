"""Opening from a history by option and place, reopening, and what else the options of histories say."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHeaderView, QLabel, QPushButton

from tests.plugins.contact_history.viewing import EVERY, MINE, choose, open_history, shown
from tests.plugins.workbin.desks import OpenDesk, with_options, without
from workloom.api import AssignContact, EventKind, PlaceInWorkbin, Pull, State, privileges
from workloom.shell.kit.table import Table
from workloom_contact_history.views.main import HistoryView

QUEUED, SHARED, OF_SAMIRA, OWN = (
    "Parquet, second appraisal",
    "Roof, part 1",
    "Bank details, payee",
    "Broken shop window",
)


def titles(view: HistoryView) -> list[str]:
    table = view.table
    assert isinstance(table, Table)
    header = table.horizontalHeader()
    assert isinstance(header, QHeaderView)
    return [table.column_at(place).title for place in range(header.count()) if not header.isSectionHidden(place)]


@pytest.mark.parametrize(
    ("missing", "locked", "reason"),
    [
        (privileges.PULL_FROM_QUEUE, QUEUED, "You may not open items from queues."),
        (privileges.PULL_SHARED, SHARED, "You may not open items from shared workbins."),
        (
            privileges.PULL_NOT_OWNED,
            OF_SAMIRA,
            "You may not open items from workbins of other people. Ask Samira Haddad to transfer it.",
        ),
    ],
)
def test_each_place_needs_its_privilege_and_the_row_says_which_place_it_is(
    open_desk: OpenDesk, missing: str, locked: str, reason: str
) -> None:
    forms_too, less = with_options(form__pull_from_history_isenabled=True), without(missing)
    desk = open_desk(change=lambda site: less(forms_too(site)))
    view = open_history(desk, EVERY, expected=len(desk.items))
    said = shown(view)
    assert {subject: said[subject] for subject in (QUEUED, SHARED, OF_SAMIRA, OWN)} == {
        subject: "Locked" if subject == locked else "Open" for subject in (QUEUED, SHARED, OF_SAMIRA, OWN)
    }
    choose(desk, view, locked)
    desk.wait(lambda: desk.text("history.reason", view) == f"Locked. {reason}")
    assert desk.text("history.rests", view).startswith("Rests in ")
    desk.press(view.table.widget, Qt.Key.Key_Return)
    desk.wait(lambda: any(reason in notice.text for notice in desk.notices()))
    assert desk.shown_item() == ""


def test_the_service_judges_at_the_pull_and_not_by_the_row_on_show(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    choose(desk, view, OWN)
    assert shown(view)[OWN] == "Open"
    desk.configure(with_options(claim__pull_from_history_isenabled=False))
    view.details.take()
    desk.wait(lambda: any("switched off for claims" in notice.text for notice in desk.notices()))
    assert desk.desk.session.services.items.get(desk.items[OWN]).item.state is State.IN_WORKBIN
    desk.wait(lambda: shown(view).get(OWN) == "Locked")


def test_a_hint_says_that_some_rows_are_locked_until_one_of_them_is_chosen(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    choose(desk, view, OWN)
    desk.wait(lambda: "Select one to read why" in desk.text("panel.foot", view))
    choose(desk, view, "Sick-pay form, 2 pages missing")
    desk.wait(lambda: desk.text("history.reason", view).startswith("Locked."))
    assert desk.text("panel.foot", view) == ""


def test_rows_in_progress_say_where_they_rest(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.does("samira", Pull(item=desk.items[OF_SAMIRA]))
    view = open_history(desk, EVERY, expected=len(desk.items))
    table = view.table
    assert isinstance(table, Table)
    rows = [row for place in range(len(desk.items)) if (row := table.row_at(place)) is not None]
    where = {row.cells["Subject"].text: row.cells["WhereItIs"].text for row in rows}
    assert where[OWN] == "Your workbin “Waiting for documents”"
    assert where[SHARED] == "Workbin “Household team”"
    assert where[OF_SAMIRA].startswith("With Samira Haddad, ")
    assert where[QUEUED].startswith("Queue “Claims – Late reports”, ")
    assert where["Change of address"] == "Done by Jonas Brandt"


def test_reopening_goes_on_with_the_same_item_and_keeps_its_first_completion(open_desk: OpenDesk) -> None:
    desk = open_desk()
    view = open_history(desk)
    subject = "Bicycle theft, S-Bahn station"
    item = desk.items[subject]
    choose(desk, view, subject)
    button = view.findChild(QPushButton, "history.reopen")
    assert button is not None
    desk.wait(button.isVisible)
    button.click()
    desk.wait(lambda: desk.shown_item() == item)
    services = desk.desk.session.services
    kinds = [event.kind for event in services.items.path(item)]
    assert kinds.index(EventKind.DONE) < kinds.index(EventKind.REOPENED)
    desk.desk.show_view(MINE)
    desk.wait(lambda: shown(view).get(subject) == "Go to")

    def words() -> set[str]:
        return {label.text() for label in view.details.panel.widget.findChildren(QLabel)}

    desk.wait(lambda: {"Done by you", "Reopened by you"} <= words())


def test_columns_are_those_of_the_options(open_desk: OpenDesk) -> None:
    desk = open_desk(
        change=with_options(
            contact__myhistory_displayed_columns=["Number", "Subject"],
            contact__history_displayed_columns=["Subject", "Age"],
        )
    )
    assert titles(open_history(desk)) == ["Number", "Subject", ""]
    assert titles(open_history(desk, EVERY, expected=len(desk.items))) == ["Subject", "Age", ""]


def test_an_item_without_contact_is_shown_opened_and_searched_like_any_other(open_desk: OpenDesk) -> None:
    desk = open_desk()
    services = desk.desk.session.services
    services.items.execute(Pull(item=desk.items[OWN]))
    services.items.execute(AssignContact(item=desk.items[OWN], contact=""))
    services.items.execute(PlaceInWorkbin(item=desk.items[OWN], workbin="waiting", owner="lena"))
    view = open_history(desk)
    choose(desk, view, OWN)
    assert desk.text("panel.contact", view) == "Unknown contact"
    desk.press(view.table.widget, Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_item() == desk.items[OWN])

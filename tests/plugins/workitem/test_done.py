"""Done, disposition and moves of an open item: what is needed, what is asked, what is absent without its privilege."""

import pytest
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QMenu, QPlainTextEdit, QPushButton

from tests.plugins.workbin.desks import without
from tests.plugins.workitem.panes import ITEM, SUBJECT, OpenPane, Pane, fields, options, transaction
from workloom.api import AttributeValue, State, privileges

FORM = fields(AttributeValue(name="Cause", required=True), AttributeValue(name="Code", pattern="[A-Z]{3}"))
FREE = options({"interaction.disposition.is-mandatory": False})


def answer(words: str, asked: list[str]) -> None:
    """Press a button of the question that opens soon, and keep what it asked."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            QTimer.singleShot(20, press)
            return
        asked.append(dialog.windowTitle())
        next(button for button in dialog.findChildren(QPushButton) if button.text() == words).click()

    QTimer.singleShot(20, press)


def is_gone(pane: Pane) -> bool:
    return pane.desk.desk.workspace.main.page(ITEM) is None


def test_done_stays_enabled_moves_to_the_first_fault_and_says_all_that_is_missing(open_pane: OpenPane) -> None:
    pane = open_pane({"Code": "AB"}, FORM)
    pane.wait(lambda: pane.child(QPushButton, "action:workitem.done").isEnabled())
    pane.child(QPushButton, "action:workitem.done").click()
    told = pane.notice("Not done yet")
    assert told.text == "Cause, Code need a value that fits. Choose a disposition before Done."
    assert pane.child(QLineEdit, "case.Cause").hasFocus()
    pane.sees("Cause is needed.")
    assert pane.record.state is State.HANDLING


def test_a_mandatory_disposition_is_asked_for_where_it_is_chosen(open_pane: OpenPane) -> None:
    pane = open_pane()
    assert pane.text("disposition.badge") == "Needed before Done"
    pane.press(Qt.Key.Key_Return)
    assert pane.notice("Not done yet").text == "Choose a disposition before Done."
    assert pane.child(QComboBox, "disposition.combo").hasFocus()
    pane.choose("disposition.combo", "paid-part")
    pane.press(Qt.Key.Key_Return)
    pane.notice("Done")
    pane.wait(lambda: is_gone(pane))
    assert (pane.record.disposition, pane.record.is_finished) == ("paid-part", True)


def test_dispositions_are_a_tree_whose_folders_cannot_be_chosen(open_pane: OpenPane) -> None:
    pane = open_pane()
    combo = pane.child(QComboBox, "disposition.combo")
    model = combo.model()
    assert model is not None
    rows = [model.index(row, 0) for row in range(combo.count())]
    folders = [str(row.data()).strip() for row in rows if not row.flags() & Qt.ItemFlag.ItemIsSelectable]
    assert folders == ["Pay", "Ask", "Close"]
    assert combo.itemData(1) == "paid-full"


def test_what_was_chosen_last_is_offered_first(open_pane: OpenPane) -> None:
    pane = open_pane()
    pane.wait(lambda: "Recent" in pane.words())
    chip = next(each for each in pane.widget.findChildren(QPushButton) if each.text() == "Paid in full")
    chip.click()
    pane.wait(lambda: pane.record.disposition == "paid-full")
    pane.wait(lambda: pane.text("disposition.badge") == "Chosen")
    chip.click()
    pane.wait(lambda: pane.record.disposition == "")


def test_another_business_attribute_can_list_the_dispositions(open_pane: OpenPane) -> None:
    pane = open_pane(None, options({"interaction.disposition.value-business-attribute": "not-ready-reasons"}))
    combo = pane.child(QComboBox, "disposition.combo")
    assert [combo.itemData(row) for row in range(combo.count())] == ["Lunch", "Training", "Meeting", "Short break"]


def test_the_disposition_goes_to_the_attached_data_at_once_where_the_option_says_so(open_pane: OpenPane) -> None:
    on = {"interaction.disposition.use-attached-data": True, "interaction.disposition.key-name": "Outcome"}
    pane = open_pane(None, options(on))
    pane.choose("disposition.combo", "solved")
    pane.wait(lambda: pane.record.attached.get("Outcome") == "solved")


def test_without_its_privilege_there_is_no_disposition_and_done_needs_none(open_pane: OpenPane) -> None:
    pane = open_pane(None, without(privileges.SET_DISPOSITION), FREE)
    assert not pane.has("disposition.combo")
    pane.press(Qt.Key.Key_Return)
    pane.wait(lambda: is_gone(pane))


def test_who_may_not_set_a_disposition_that_is_needed_is_told_so(open_pane: OpenPane) -> None:
    pane = open_pane(None, without(privileges.SET_DISPOSITION))
    pane.press(Qt.Key.Key_Return)
    assert "you may not set one" in pane.notice("Not done yet").text


def test_a_question_before_done_where_the_option_of_the_strategy_asks_for_it(open_pane: OpenPane) -> None:
    asks = transaction("Asks", {"claim.prompt-for-done": True})
    pane = open_pane({"IW_OverrideOptions": "Asks"}, asks, FREE)
    asked: list[str] = []
    answer("Cancel", asked)
    pane.press(Qt.Key.Key_Return)
    pane.wait(lambda: len(asked) == 1)
    assert asked == [f"Mark the claim “{SUBJECT}” as done?"]
    assert pane.record.state is State.HANDLING
    answer("Mark done", asked)
    pane.press(Qt.Key.Key_Return)
    pane.wait(lambda: is_gone(pane))


def test_done_saves_what_is_being_typed_and_can_be_undone(open_pane: OpenPane) -> None:
    pane = open_pane({"Cause": "Wind"}, FORM, FREE)
    pane.type("Cause", "Hail")
    pane.press(Qt.Key.Key_E)
    pane.desk.write(pane.child(QPlainTextEdit, "notes.area"), "All settled")
    pane.press(Qt.Key.Key_Return)
    told = pane.notice("Done")
    assert (told.text, told.action) == (SUBJECT, "Undo")
    assert pane.record.attached["Cause"] == "Hail"
    assert [note.text for note in pane.services.items.notes(ITEM)] == ["All settled"]
    pane.wait(lambda: is_gone(pane))
    assert told.run is not None
    told.run()
    pane.ready()
    assert pane.record.state is State.HANDLING


def test_what_is_typed_and_does_not_fit_stays_as_a_draft_when_the_item_is_put_away(open_pane: OpenPane) -> None:
    pane = open_pane({"Code": "ABC"}, FORM)
    pane.type("Code", "AB")
    pane.press(Qt.Key.Key_W)
    assert pane.notice("Kept for later").text.endswith("rests here: your workbin “In progress”.")
    pane.wait(lambda: is_gone(pane))
    assert pane.desk.desk.session.drafts.of(ITEM) == {"case:Code": "AB"}


@pytest.mark.parametrize(
    ("privilege", "button"),
    [
        (privileges.MARK_DONE, "Done"),
        (privileges.MOVE_TO_QUEUE, "Move to queue"),
        (privileges.MOVE_TO_WORKBIN, "Move to workbin"),
    ],
)
def test_a_button_without_its_privilege_is_absent(open_pane: OpenPane, privilege: str, button: str) -> None:
    pane = open_pane(None, without(privilege), FREE)
    assert button not in pane.buttons()
    pane.press(Qt.Key.Key_Return if button == "Done" else Qt.Key.Key_U)
    assert pane.record.state is State.HANDLING


def test_an_item_can_be_moved_to_a_queue_and_taken_back(open_pane: OpenPane) -> None:
    pane = open_pane()
    pane.press(Qt.Key.Key_U)
    pane.desk.choose_in_menu("queues", "Claims – Late reports")
    told = pane.notice("Moved to queue Claims – Late reports")
    assert (told.text, told.action) == (SUBJECT, "Undo")
    assert pane.record.queue == "claims-late"
    pane.wait(lambda: is_gone(pane))
    assert told.run is not None
    told.run()
    pane.ready()
    assert pane.record.assigned_to == "lena"


def test_only_queues_that_take_the_media_type_are_offered(open_pane: OpenPane) -> None:
    pane = open_pane()
    pane.press(Qt.Key.Key_U)
    window = pane.desk.driver.window
    pane.wait(lambda: window.findChild(QMenu, "queues"))
    menu = window.findChild(QMenu, "queues")
    assert menu is not None
    names = [action.text() for action in menu.actions()]
    assert "Claims – Experts" in names
    assert "AP – Freight" not in names
    menu.close()

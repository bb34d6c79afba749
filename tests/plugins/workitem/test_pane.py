"""The pane as a whole: its title, its keys, and how it follows the size of the window."""

import time
from functools import partial

from msgspec.structs import replace
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QToolButton, QWidget

from tests.plugins.workbin.desks import OpenDesk, without
from tests.plugins.workitem.panes import ITEM, SUBJECT, OpenPane, Pane, all_of, fields, options, transaction
from workloom.api import AttributeValue, Pull, Site, privileges

TITLE = "interaction.window-title"


def long_queue(site: Site) -> Site:
    """The queue has a title for which there is no room."""
    queue = replace(site.queues["claims-late"], title="Claims that were reported late, from all over the country")
    return replace(site, queues={**site.queues, "claims-late": queue})


def resize(pane: Pane, width: int, height: int = 900) -> None:
    window = pane.desk.driver.window
    window.resize(width, height)
    pane.wait(lambda: (window.width(), window.height()) == (width, height))


def test_the_title_comes_from_the_template_of_the_option(open_pane: OpenPane) -> None:
    template = {TITLE: "($Contact.FullName$|$AttachedData.Policy$): $Interaction.MediaType$, $Interaction.Queue$"}
    pane = open_pane({"Policy": "HP-1 (a|b) $5 and $6"}, options(template))
    assert pane.text("item.title") == "HP-1 (a|b) $5 and $6: Claim, Claims – Late reports"


def test_a_strategy_can_give_an_item_another_title(open_pane: OpenPane) -> None:
    named = transaction("Named", {TITLE: "Storm of $AttachedData.Day$"})
    assert open_pane({"IW_OverrideOptions": "Named", "Day": "20 Nov"}, named).text("item.title") == "Storm of 20 Nov"


def test_of_several_transactions_the_later_wins_and_an_unknown_one_is_passed_over(open_pane: OpenPane) -> None:
    one, two = transaction("One", {TITLE: "One"}), transaction("Two", {TITLE: "Two"})
    assert open_pane({"IW_OverrideOptions": "One, Nobody ,Two"}, one, two).text("item.title") == "Two"


def test_the_key_that_names_the_transactions_is_an_option_itself(open_pane: OpenPane) -> None:
    named = transaction("Named", {TITLE: "Named"})
    other = options({"interaction.override-option-key": "Settings"})
    pane = open_pane({"Settings": "Named", "IW_OverrideOptions": "None"}, named, other)
    assert pane.text("item.title") == "Named"
    pane.sees("IW_OverrideOptions")
    assert "Settings" not in pane.words()


def test_the_default_title_is_the_contact(open_desk: OpenDesk) -> None:
    default = options({TITLE: "($Contact.FullName$|$Interaction.Subject$|$Interaction.MediaType$)"})
    desk = open_desk(change=default)
    item = desk.items["Parquet, second appraisal"]
    desk.desk.session.services.items.execute(Pull(item=item))
    desk.desk.open_item(item)
    pane = Pane(desk, item)
    pane.ready()
    assert pane.text("item.title") == "Marta Lindqvist"


def test_an_agent_who_may_not_see_contacts_works_the_item_all_the_same(open_desk: OpenDesk) -> None:
    hidden = without(privileges.CONTACT_INFORMATION)
    desk = open_desk(change=lambda site: without(privileges.USE_DIRECTORY)(hidden(site)))
    item = desk.items["Parquet, second appraisal"]
    desk.desk.session.services.items.execute(Pull(item=item))
    desk.desk.open_item(item)
    pane = Pane(desk, item)
    pane.ready()
    pane.press(Qt.Key.Key_E)
    pane.wait(pane.child(QPlainTextEdit, "notes.area").hasFocus)


def test_the_context_panel_stands_beside_the_form_in_a_wide_window_and_narrows_first(open_pane: OpenPane) -> None:
    pane = open_pane(width=1600)
    context = pane.child(QWidget, "context")
    pane.wait(context.isVisible)
    assert context.width() == 344
    assert not pane.has("context.open")
    resize(pane, 1340)
    pane.wait(lambda: context.width() == 280)
    assert context.isVisible()


def test_a_button_beside_the_tabs_hides_the_context_panel_and_another_brings_it_back(open_pane: OpenPane) -> None:
    pane = open_pane(width=1440)
    context = pane.child(QWidget, "context")
    pane.wait(context.isVisible)
    hide = pane.child(QToolButton, "context.hide")
    assert hide.toolTip() == "Hide the panel (Ctrl+H)"
    hide.click()
    pane.wait(lambda: not context.isVisible() and pane.child(QPushButton, "context.open").hasFocus())
    pane.child(QPushButton, "context.open").click()
    pane.wait(context.isVisible)


def test_below_1200_a_button_and_a_key_open_the_context_panel_over_the_form(open_pane: OpenPane) -> None:
    pane = open_pane(width=1199)
    context = pane.child(QWidget, "context")
    pane.wait(lambda: pane.has("context.open"))
    assert not context.isVisible()
    form = pane.child(QScrollArea, "form")
    width = form.width()
    pane.child(QPushButton, "context.open").click()
    pane.wait(context.isVisible)
    assert form.width() == width
    assert context.geometry().right() == pane.widget.rect().right()
    assert context.geometry().top() == form.mapTo(pane.widget, form.rect().topLeft()).y()
    assert pane.widget.isAncestorOf(pane.desk.driver.window.focusWidget())
    pane.desk.press(context, Qt.Key.Key_Escape)
    assert not context.isVisible()
    assert pane.child(QPushButton, "context.open").hasFocus()
    pane.press(Qt.Key.Key_H)
    assert context.isVisible()
    resize(pane, 1440)
    pane.wait(lambda: context.geometry().left() > form.geometry().right())


def test_in_a_low_window_the_notes_shrink_and_header_and_toolbar_stay(open_pane: OpenPane) -> None:
    pane = open_pane(width=1024)
    notes, form = pane.child(QPlainTextEdit, "notes.area"), pane.child(QScrollArea, "form")
    resize(pane, 1024, 900)
    tall = notes.minimumHeight()
    resize(pane, 1024, 640)
    pane.wait(lambda: notes.minimumHeight() < tall)
    lines = (notes.minimumHeight() - 18) / notes.fontMetrics().lineSpacing()
    assert lines == 3
    header = pane.child(QPushButton, "action:workitem.done")
    before = header.mapTo(pane.widget, header.rect().topLeft())
    bar = form.verticalScrollBar()
    assert bar is not None
    bar.setValue(bar.maximum())
    assert header.mapTo(pane.widget, header.rect().topLeft()) == before
    assert not form.isAncestorOf(header)


def test_in_the_smallest_window_done_state_and_due_stay_and_the_queue_goes(open_pane: OpenPane) -> None:
    pane = open_pane(None, long_queue, width=1024)
    resize(pane, 1024, 640)
    pane.wait(lambda: not pane.has("item.queue"))
    for name in ("item.title", "item.state", "item.due", "item.number", "action:workitem.done"):
        assert pane.has(name), name
    title = pane.text("item.title")
    assert title == SUBJECT
    due = pane.child(QWidget, "item.due")
    pane.wait(lambda: due.width() >= due.sizeHint().width())


def test_larger_text_cuts_neither_number_nor_state_nor_due_date(open_pane: OpenPane) -> None:
    pane = open_pane(None, long_queue, width=1024)
    resize(pane, 1024, 640)
    appearance = pane.desk.driver.desktop.process.appearance
    facts = [pane.child(QLabel, name) for name in ("item.number", "item.state", "item.due")]
    for percent in range(110, 210, 10):
        appearance.larger(1)
        size = round(13 * percent / 100)
        pane.wait(partial(are_whole, facts, size, pane.widget))
    assert not pane.has("item.age")
    appearance.larger(0)
    pane.wait(lambda: pane.has("item.age"))


def are_whole(facts: list[QLabel], size: int, pane: QWidget) -> bool:
    """Whether labels have this size of text and the room for their words, and stand within the pane."""

    def is_whole(fact: QLabel) -> bool:
        hint, right = fact.sizeHint(), fact.mapTo(pane, fact.rect().topRight()).x()
        return fact.width() >= hint.width() and fact.height() >= hint.height() and right < pane.width()

    return all(fact.isVisible() and fact.font().pixelSize() == size and is_whole(fact) for fact in facts)


def test_an_opened_item_has_the_keyboard_and_says_what_it_is(open_pane: OpenPane) -> None:
    pane = open_pane()
    pane.wait(pane.widget.hasFocus)
    assert pane.widget.accessibleName() == f"Claim, {SUBJECT}"


def test_ctrl_d_goes_to_the_disposition_and_ctrl_e_to_the_notes(open_pane: OpenPane) -> None:
    pane = open_pane()
    pane.press(Qt.Key.Key_E)
    pane.wait(pane.child(QPlainTextEdit, "notes.area").hasFocus)
    pane.press(Qt.Key.Key_D)
    pane.wait(pane.child(QWidget, "disposition.combo").hasFocus)


def test_the_head_says_how_long_the_item_is_here_in_the_words_of_the_sidebar(open_pane: OpenPane) -> None:
    pane = open_pane()
    workspace = pane.desk.desk.workspace

    def said() -> tuple[str, str]:
        state = pane.child(QLabel, "item.state")
        row = state.parentWidget()
        assert row is not None
        held = row.findChildren(QLabel)[-1].text()
        return held, workspace.sidebar.items[ITEM].words.age

    pane.wait(lambda: said()[0] == said()[1])
    before = said()
    time.sleep(1.2)
    pane.caught_up()  # the pane has read the item anew, and the window its times with the event
    pane.wait(lambda: said()[0] == said()[1] != before[0])
    time.sleep(1.2)
    workspace.refresh()  # as its clock does
    assert said()[0] == said()[1]


def test_what_is_allowed_follows_the_site_while_the_item_is_open(open_pane: OpenPane) -> None:
    pane = open_pane({"Code": "ABC"}, fields(AttributeValue(name="Code", title="Code", type="string")))
    before: list[Site] = []

    def take(site: Site) -> Site:
        before.append(site)
        return all_of(*map(without, (privileges.SET_DISPOSITION, privileges.CASE_EDIT, privileges.USE_WORKBINS)))(site)

    def shown() -> tuple[bool, bool, bool]:
        edited = pane.widget.findChild(QLineEdit, "case.Code") is not None
        return pane.has("disposition.combo"), edited, "Move to workbin" in pane.buttons()

    pane.wait(lambda: shown() == (True, True, True))
    pane.desk.change_site(take)
    pane.wait(lambda: shown() == (False, False, False))
    pane.desk.change_site(lambda site: replace(before[0], version=site.version))
    pane.wait(lambda: shown() == (True, True, True))

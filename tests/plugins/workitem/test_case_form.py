"""The case data of an open item: how fields are shown, checked, saved, and what a change of the source does to them."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QToolButton

from tests.plugins.workbin.desks import OpenDesk, without
from tests.plugins.workitem.panes import Change, OpenPane, Pane, fields, options
from tests.plugins.workitem.source import Source, captured
from workloom.api import AttributeValue, PlaceInQueue, Pull, Site, privileges
from workloom_workitem.views.case_section import CaseSection

FORM = fields(
    AttributeValue(name="Policy", read_only=True),
    AttributeValue(name="Limit", type="float", unit="€", read_only=True),
    AttributeValue(name="Estimate", title="Estimate of damage", type="float", unit="€"),
    AttributeValue(name="Count", type="int"),
    AttributeValue(name="Lost", title="Date of loss", type="date", required=True),
    AttributeValue(name="Cause", type="enum", choices=("Wind", "Hail")),
    AttributeValue(name="Signed", type="bool", hint="Statement received"),
    AttributeValue(name="Story", type="multiline"),
    AttributeValue(name="Code", pattern="[A-Z]{3}", hint="{length} letters. A code has 3."),
)
TITLES = ("Policy", "Limit", "Estimate of damage", "Count", "Date of loss *", "Cause", "Signed", "Story", "Code")
VALUES = {"Policy": "HP-1", "Limit": "75000", "Estimate": "4850", "Lost": "2026-11-20", "Hidden": "x"}


def labels(pane: Pane) -> list[str]:
    """Captions of the fields, in order."""
    return [word for word in pane.words() if word in TITLES]


def error(pane: Pane, words: str) -> bool:
    return words in pane.words()


def test_a_format_says_which_fields_there_are_how_they_are_called_and_in_which_order(open_pane: OpenPane) -> None:
    pane = open_pane(VALUES, FORM)
    pane.wait(lambda: labels(pane) == list(TITLES))
    assert "Hidden" not in pane.words()
    assert "9 fields, * needed" in pane.words()
    read = [line for line in pane.widget.findChildren(QLineEdit) if line.isReadOnly()]
    assert [line.text() for line in read] == ["HP-1", "€75,000.00"]
    assert pane.child(QLineEdit, "case.Estimate").text() == "4,850.00"
    assert pane.child(QLineEdit, "case.Lost").text() == "20 Nov 2026"


def test_each_field_is_saved_as_it_is_left_in_the_form_of_its_type(open_pane: OpenPane) -> None:
    pane = open_pane(VALUES, FORM)
    for name, text in (("Estimate", "5,100.5"), ("Count", "1 200"), ("Lost", "21.11.2026"), ("Code", "ABC")):
        pane.type(name, text)
        pane.leave(name)
    pane.choose("case.Cause", "Hail")
    pane.child(QCheckBox, "case.Signed").click()
    story = pane.child(QPlainTextEdit, "case.Story")
    story.setFocus()
    pane.desk.write(story, "Hail at night")
    pane.leave("Story")
    pane.wait(lambda: pane.record.attached.get("Story") == "Hail at night")
    attached = pane.record.attached
    assert (attached["Estimate"], attached["Count"], attached["Lost"]) == ("5100.5", 1200, "2026-11-21")
    assert (attached["Code"], attached["Cause"], attached["Signed"]) == ("ABC", "Hail", "true")
    pane.wait(lambda: pane.text("case.status").startswith("All changes saved "))
    assert pane.child(QLineEdit, "case.Estimate").text() == "5,100.50"
    pane.wait(lambda: pane.desk.desk.session.drafts.of(pane.item) == {})


def test_a_box_that_nobody_ticked_is_not_saved_with_another_field(open_pane: OpenPane) -> None:
    pane = open_pane(VALUES, FORM)
    pane.type("Code", "ABC")
    pane.leave("Code")
    pane.wait(lambda: pane.record.attached.get("Code") == "ABC")
    pane.wait(lambda: pane.text("case.status").startswith("All changes saved "))
    pane.type("Code", "ABD")
    pane.widget.save(lambda: None)
    pane.wait(lambda: pane.record.attached.get("Code") == "ABD")
    assert "Signed" not in pane.record.attached


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Code", "ABCDE", "5 letters. A code has 3."),
        ("Count", "1.5", "“1.5” is not a whole number."),
        ("Count", "1e900000", "“1e900000” is not a whole number."),
        ("Estimate", "much", "“much” is not a number. Write it like 4850.00."),
        ("Lost", "", "Date of loss is needed."),
        ("Lost", "31 Feb 2026", "“31 Feb 2026” is not a date. Write it like 20 Nov 2026 or 2026-11-20."),
    ],
)
def test_an_error_appears_on_leaving_the_field_and_goes_while_typing(
    open_pane: OpenPane, name: str, text: str, said: str
) -> None:
    pane = open_pane(VALUES, FORM)
    field = pane.type(name, text)
    assert not error(pane, said)
    pane.leave(name)
    pane.sees(said)
    assert field.property("wrong")
    assert "not saved" in pane.text("case.status")
    before = pane.record.attached
    pane.desk.press(field, Qt.Key.Key_7)
    assert not error(pane, said)
    assert pane.record.attached == before


def test_a_refusal_of_the_service_stands_at_its_field_and_can_be_tried_again(open_pane: OpenPane) -> None:
    pane = open_pane(VALUES, FORM)
    pane.caught_up()
    pane.desk.change_site(code_of("[0-9]{3}"))
    pane.type("Code", "ABC")
    pane.leave("Code")
    pane.wait(lambda: pane.text("case.status").startswith("Not saved: Code: "))
    pane.sees("3 letters. A code has 3.")
    assert pane.desk.desk.session.drafts.of(pane.item) == {"case:Code": "ABC"}
    pane.desk.change_site(code_of("[A-Z]{3}"))
    pane.child(QPushButton, "save.retry").click()
    pane.wait(lambda: pane.record.attached.get("Code") == "ABC")


def code_of(pattern: str) -> Change:
    """The same format with another pattern for the code."""

    def change(site: Site) -> Site:
        form = site.business_attributes["Test"]
        values = tuple(replace(each, pattern=pattern) if each.name == "Code" else each for each in form.values)
        return replace(site, business_attributes={**site.business_attributes, "Test": replace(form, values=values)})

    return change


class Captured:
    """A claim of a source, open at Lena's."""

    def __init__(self, open_desk: OpenDesk, data: Path) -> None:
        form = fields(AttributeValue(name="Policy"), AttributeValue(name="Cause"), AttributeValue(name="Mine"))
        desk = open_desk(change=form)
        self.source = Source(data)
        self.source.says("open")
        services = desk.desk.session.services
        item = captured(services)
        services.items.execute(Pull(item=item))
        desk.desk.open_item(item)
        self.pane = Pane(desk, item)
        self.pane.ready()


@pytest.fixture
def claim(open_desk: OpenDesk, tmp_path: Path) -> Captured:
    """The claim."""
    return Captured(open_desk, tmp_path / "data")


def test_a_change_of_the_source_is_shown_at_its_field_with_who_made_it(claim: Captured) -> None:
    pane = claim.pane
    claim.source.says("open", cause="Hail")
    field = pane.child(QLineEdit, "case.Cause")
    pane.wait(lambda: field.text() == "Hail")
    assert field.property("flash")
    pane.sees("changed by its source")
    pane.wait(lambda: not field.property("flash"))


def test_a_field_in_which_somebody_types_keeps_what_is_typed_and_asks_which_to_keep(claim: Captured) -> None:
    pane = claim.pane
    pane.type("Cause", "Burst pipe")
    claim.source.says("open", cause="Hail", policy="HP-2")
    pane.wait(lambda: pane.has("conflict"))
    assert pane.text("conflict.words") == "Its source changed Cause to “Hail”. Keep yours or take the other?"
    assert pane.child(QLineEdit, "case.Cause").text() == "Burst pipe"
    assert pane.child(QLineEdit, "case.Policy").text() == "HP-2"
    pane.leave("Cause")
    pane.press(Qt.Key.Key_Return)
    pane.notice("Not done yet")
    assert pane.record.attached["Cause"] == "Hail"
    pane.child(QPushButton, "conflict.keep").click()
    pane.wait(lambda: pane.record.attached["Cause"] == "Burst pipe")
    assert not pane.has("conflict")


def test_the_other_value_can_be_taken(claim: Captured) -> None:
    pane = claim.pane
    pane.type("Cause", "Burst pipe")
    claim.source.says("open", cause="Hail")
    pane.wait(lambda: pane.has("conflict"))
    pane.child(QPushButton, "conflict.take").click()
    assert pane.child(QLineEdit, "case.Cause").text() == "Hail"
    pane.wait(lambda: pane.desk.desk.session.drafts.of(pane.item) == {})
    assert pane.record.attached["Cause"] == "Hail"


def test_without_the_privilege_to_edit_what_is_there_is_only_read(open_pane: OpenPane) -> None:
    pane = open_pane({"Code": "ABC"}, FORM, without(privileges.CASE_EDIT))
    assert pane.widget.findChild(QLineEdit, "case.Code") is None
    assert pane.widget.findChild(QLineEdit, "case.Count") is not None


def test_without_the_privilege_to_add_an_empty_field_is_only_read(open_pane: OpenPane) -> None:
    pane = open_pane({"Code": "ABC"}, FORM, without(privileges.CASE_ADD))
    assert pane.widget.findChild(QLineEdit, "case.Count") is None
    pane.type("Code", "ABD")
    pane.leave("Code")
    pane.wait(lambda: pane.record.attached["Code"] == "ABD")


def test_without_the_privilege_to_delete_a_value_cannot_be_emptied(open_pane: OpenPane) -> None:
    pane = open_pane({"Code": "ABC"}, FORM, without(privileges.CASE_DELETE))
    pane.type("Code", "")
    pane.leave("Code")
    pane.sees("You may not delete case data. Type another value.")
    assert pane.record.attached["Code"] == "ABC"


def test_a_value_that_is_emptied_is_deleted(open_pane: OpenPane) -> None:
    pane = open_pane({"Code": "ABC"}, FORM)
    pane.type("Code", "")
    pane.leave("Code")
    pane.wait(lambda: "Code" not in pane.record.attached)


def test_without_a_format_all_keys_are_shown_and_others_can_be_added(open_pane: OpenPane) -> None:
    pane = open_pane({"Room": "12", "IW_OverrideOptions": "Nothing"})
    pane.sees("Room")
    assert "IW_OverrideOptions" not in pane.words()
    assert "Subject" not in pane.words()
    pane.child(QPushButton, "case.add").click()
    pane.desk.write(pane.child(QLineEdit, "case.add.key"), "Floor")
    pane.desk.write(pane.child(QLineEdit, "case.add.text"), "3")
    pane.child(QPushButton, "case.add.done").click()
    pane.wait(lambda: pane.widget.findChild(QLineEdit, "case.Floor") is not None)
    assert pane.record.attached["Floor"] == "3"


def test_without_a_format_and_the_privilege_nothing_can_be_added(open_pane: OpenPane) -> None:
    assert not open_pane({"Room": "12"}, without(privileges.CASE_ADD)).has("case.add")


def test_a_format_leaves_no_room_for_other_keys(open_pane: OpenPane) -> None:
    assert not open_pane(VALUES, FORM).has("case.add")


def test_a_web_address_can_be_opened_where_the_option_says_so(
    open_pane: OpenPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def take(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    form = fields(AttributeValue(name="Photos", read_only=True), AttributeValue(name="Policy", read_only=True))
    on = {"interaction.case-data.enable-hyperlink": True, "interaction.case-data.enable-url-preview": True}
    pane = open_pane({"Photos": "https://photos.example.org/C-1", "Policy": "javascript:alert(1)"}, form, options(on))
    pane.wait(lambda: pane.has("link"))
    shown = [link for link in pane.widget.findChildren(QToolButton, "link") if link.isVisible()]
    assert [link.accessibleName() for link in shown] == ["Open Photos in the browser"]
    assert shown[0].toolTip() == "Opens photos.example.org: https://photos.example.org/C-1"
    shown[0].click()
    assert opened == ["https://photos.example.org/C-1"]


def test_without_the_options_an_address_is_a_text_like_any_other(open_pane: OpenPane) -> None:
    form = fields(AttributeValue(name="Photos", read_only=True))
    pane = open_pane({"Photos": "https://photos.example.org/C-1"}, form)
    assert not pane.has("link")


def test_an_item_can_have_a_coloured_frame(open_pane: OpenPane) -> None:
    pane = open_pane(VALUES, FORM, options({"interaction.case-data.frame-color": "#C9A227"}))
    section = pane.child(CaseSection, "case")
    image = section.grab().toImage()
    colours = {image.pixelColor(column, section.height() // 2).name() for column in range(6, 13)}
    assert "#c9a227" in colours


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (["History", "CaseData"], ["Before", "Case data"]),
        (["CaseData", "History"], ["Case data", "Before"]),
        (["CaseData"], ["Case data"]),
        (["History"], ["Before"]),
        ([], []),
    ],
)
def test_the_case_area_shows_what_the_option_says_in_its_order(
    open_pane: OpenPane, content: list[str], shown: list[str]
) -> None:
    pane = open_pane(VALUES, FORM, options({"interaction.case-data.content": content}))
    pane.services.items.execute(PlaceInQueue(item=pane.item, queue="claims-late"))
    pane.wait(lambda: pane.desk.desk.workspace.main.page(pane.item) is None)
    pane.services.items.execute(Pull(item=pane.item))
    pane.desk.desk.open_item(pane.item)
    pane.ready()
    heads = [label for label in pane.widget.findChildren(QLabel) if label.text() in ("Before", "Case data")]
    visible = sorted(
        (label for label in heads if label.isVisible()), key=lambda label: label.mapToGlobal(label.pos()).y()
    )
    assert [label.text() for label in visible] == shown
    if "Before" in shown:
        pane.sees("You moved it to queue Claims – Late reports")

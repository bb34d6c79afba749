"""The toast of an offer on a real desktop: what options and privileges make of it."""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QLabel

from tests.plugins.workbin.desks import Desk, OpenDesk, without
from tests.plugins.workitem.panes import ITEM, SUBJECT, Change, all_of, options, put_item, transaction
from workloom.api import AttributeValue, BusinessAttribute, Site, State, Value, privileges
from workloom.shell.offers.bell import Bells, Sound
from workloom.shell.offers.toast import Toast

CLAIMS: Mapping[str, object] = {
    "interaction.case-data.frame-color": "#C9A227",
    "claim.toast-information-key": "Policy",
    "toast.case-data.format-business-attribute": "Seen",
}


def offered(
    open_desk: OpenDesk, *changes: Change, attached: Mapping[str, Value] | None = None, override: str = "Ours"
) -> Desk:
    """Lena, who is offered a claim. The strategy of its queue lays one transaction of ours on top."""
    named = {"IW_OverrideOptions": override, **(attached or {})}
    return open_desk(
        change=all_of(no_overrides, *changes),
        prepare=lambda engine: put_item(engine, named, queue="claims-household", priority=2400, segment="Gold"),
    )


def no_overrides(site: Site) -> Site:
    """The strategies of the demo keep their hands off."""
    plain = {name: replace(strategy, overrides=()) for name, strategy in site.strategies.items()}
    return replace(site, strategies=plain)


def seen(site: Site) -> Site:
    """A format for toasts."""
    values = (
        AttributeValue(name="Estimate", title="Damage", type="float", unit="€"),
        AttributeValue(name="Nothing"),
        AttributeValue(name="Signed", type="bool"),
    )
    attributes = {**site.business_attributes, "Seen": BusinessAttribute(name="Seen", values=values)}
    return replace(site, business_attributes=attributes)


def toast_of(desk: Desk) -> Toast:
    return desk.driver.toast(desk.desk)


def words(toast: Toast) -> list[str]:
    found = [label for label in toast.findChildren(QLabel) if label.text()]
    return [str(getattr(label, "whole_text", label.text)()) for label in found]


def accepted(desk: Desk) -> bool:
    return desk.desk.session.services.items.get(ITEM).item.state is State.HANDLING


def test_a_toast_says_what_its_options_name(open_desk: OpenDesk) -> None:
    desk = offered(
        open_desk,
        seen,
        transaction("Ours", CLAIMS),
        attached={"Policy": "HP-7730", "Estimate": "4850", "Signed": "true", "Hidden": "secret"},
    )
    toast = toast_of(desk)
    said = words(toast)
    for text in ("Claim offered", "Unknown contact", "HP-7730", "Claims – Household", "High priority", "Gold"):
        assert text in said, text
    assert [said[said.index("Damage") + 1], said[said.index("Signed") + 1]] == ["€4,850.00", "Yes"]
    assert "Nothing" not in said
    assert "secret" not in said
    edge = toast.grab().toImage()
    assert QColor("#C9A227").name() in {edge.pixelColor(column, edge.height() // 2).name() for column in range(3)}


def test_the_subject_is_the_line_and_no_case_data_is_shown_by_default(open_desk: OpenDesk) -> None:
    desk = offered(open_desk, attached={"Estimate": "4850"})
    said = words(toast_of(desk))
    assert SUBJECT in said
    assert "4850" not in said


def test_case_data_can_be_left_out_of_the_toast(open_desk: OpenDesk) -> None:
    ours = {**CLAIMS, "toast.case-data.content": ["History"]}
    desk = offered(open_desk, seen, transaction("Ours", ours), attached={"Estimate": "4850"})
    assert "Damage" not in words(toast_of(desk))


def test_who_had_the_item_before_is_said_where_the_content_names_it(open_desk: OpenDesk) -> None:
    from workloom.api import PlaceInQueue, Pull

    desk = open_desk(prepare=lambda engine: put_item(engine, {}, queue="claims-late"))
    desk.does("samira", Pull(item=ITEM), PlaceInQueue(item=ITEM, queue="claims-household"))
    said = words(toast_of(desk))
    assert said[said.index("Before") + 1].startswith("Samira Haddad moved it to queue Claims – Household, ")


def test_without_the_privilege_to_decline_there_is_no_reject(open_desk: OpenDesk) -> None:
    desk = offered(open_desk, without(privileges.DECLINE))
    toast = toast_of(desk)
    assert toast.reject_button is None
    desk.press(desk.driver.window, Qt.Key.Key_F8, shift=True)
    desk.driver.qtbot.wait(100)
    assert desk.desk.session.known.offers


def test_auto_answer_opens_the_item_at_once(open_desk: OpenDesk) -> None:
    desk = offered(open_desk, transaction("Ours", {"claim.auto-answer": True}))
    desk.wait(lambda: accepted(desk))
    desk.wait(lambda: desk.desk.workspace.main.current == ITEM)
    assert not desk.desk.offers.stack.toasts


@pytest.mark.parametrize(("reject", "there"), [(True, True), (False, False)])
def test_auto_answer_with_a_timer_shows_the_item_first(open_desk: OpenDesk, reject: bool, there: bool) -> None:
    ours = {"claim.auto-answer": True, "claim.auto-answer.timer": 2, "claim.auto-answer.enable-reject": reject}
    desk = offered(open_desk, transaction("Ours", ours))
    toast = toast_of(desk)
    assert "Opens in 2 s" in words(toast)
    assert (toast.reject_button is not None) is there
    assert not accepted(desk)
    desk.wait(lambda: accepted(desk))
    desk.wait(lambda: desk.desk.workspace.main.current == ITEM)


def test_a_timer_longer_than_the_offer_still_accepts_in_time(open_desk: OpenDesk) -> None:
    def short(site: Site) -> Site:
        return replace(site, timers=replace(site.timers, delivery=4.0))

    ours = {"claim.auto-answer": True, "claim.auto-answer.timer": 60}
    desk = offered(open_desk, short, transaction("Ours", ours))
    desk.wait(lambda: accepted(desk))


def test_an_item_that_is_declined_while_the_timer_runs_is_not_opened(open_desk: OpenDesk) -> None:
    ours = {"claim.auto-answer": True, "claim.auto-answer.timer": 60, "claim.auto-answer.enable-reject": True}
    desk = offered(open_desk, transaction("Ours", ours))
    toast = toast_of(desk)
    assert toast.reject_button is not None
    toast.reject_button.click()
    desk.wait(lambda: not desk.desk.session.known.offers)
    assert not accepted(desk)


@pytest.mark.parametrize(("focus", "front"), [(True, ITEM), (False, "")])
def test_an_accepted_item_comes_to_the_front_unless_its_strategy_says_no(
    open_desk: OpenDesk, focus: bool, front: str
) -> None:
    ours = {"claim.auto-answer": True, "claim.auto-answer.timer": 2, "interaction.auto-focus": focus}
    desk = offered(open_desk, transaction("Ours", ours))
    desk.desk.show_view("workbin.workbins")
    desk.wait(lambda: accepted(desk))
    desk.wait(lambda: desk.desk.session.known.open_row(ITEM))
    desk.driver.qtbot.wait(100)
    assert (ITEM if desk.desk.workspace.main.current == ITEM else "") == front


def test_a_colour_or_a_sound_that_is_none_is_named_with_its_layer_and_the_last_good_one_holds(
    open_desk: OpenDesk,
) -> None:
    def wrong(site: Site) -> Site:
        lena = site.persons["lena"]
        own = {
            **lena.options,
            "interaction.case-data.frame-color": "red; } * { color: red",
            "claim.ringing-bell": "bell.wav|loud",
        }
        return replace(site, persons={**site.persons, "lena": replace(lena, options=own)})

    desk = offered(open_desk, options({"interaction.case-data.frame-color": "#2F5BD8"}), wrong)
    session = desk.desk.session
    assert session.known.options.text("interaction.case-data.frame-color") == "#2F5BD8"
    problems = {problem.option: problem for problem in session.known.problems}
    colour = problems["interaction.case-data.frame-color"]
    assert (colour.layer, colour.expected) == ("Person lena", "a colour as #RRGGBB")
    assert colour.in_use == "#2F5BD8 (Application)"
    assert "claim.ringing-bell" in problems


class Rung:
    """Stands for a sound."""

    def __init__(self, sound: Sound) -> None:
        self.sound, self.silent = sound, False

    def stop(self) -> None:
        """Be silent."""
        self.silent = True


def test_of_several_offers_the_highest_priority_rings() -> None:
    made: list[Rung] = []

    def make(sound: Sound) -> Rung:
        made.append(Rung(sound))
        return made[-1]

    bells = Bells(make)
    bells.ring("a", "low.wav|1|-1")
    bells.ring("b", "high.wav|5|2000|60")
    bells.ring("c", "low.wav|1|-1")
    bells.ring("d", "")
    assert [(each.sound.file, each.sound.duration, each.sound.volume, each.silent) for each in made] == [
        ("low.wav", -1, 100, True),
        ("high.wav", 2000, 60, False),
    ]
    bells.stop("b")
    bells.stop("c")
    assert made[1].silent

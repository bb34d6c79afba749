"""Gates of plugins stand before commands, actions, changes of state and the log-off, on a real desk."""

from collections.abc import Callable
from threading import Event as Flag
from threading import current_thread, main_thread

import pytest
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QApplication, QPushButton

from tests.shell.driving import Driver
from tests.shell.test_desk import accept, ready
from workloom.api import (
    Action,
    ActionPlace,
    AddNote,
    Attempt,
    Changed,
    Close,
    Command,
    Ended,
    Gate,
    GatedCommand,
    MarkDone,
    PlaceInQueue,
    PlaceInWorkbin,
    Presence,
    State,
    Subject,
    Verdict,
    Vetoed,
    ask,
    attach,
    instead,
    refuse,
)
from workloom.shell.desk import AgentDesk

Before = Callable[[Attempt], Verdict | None]
DONE, CLOSE = GatedCommand.MARK_DONE, GatedCommand.CLOSE


def put(desk: AgentDesk, before: Before | None, *commands: GatedCommand, **more: object) -> None:
    """Let a gate stand, as a plugin `rules` would."""
    desk.registries.add_gate("rules", Gate(id="rules.gate", before=before, commands=commands, **more))  # type: ignore[arg-type]


def does(driver: Driver, desk: AgentDesk, *commands: Command) -> list[Changed]:
    """Carry out commands; what became of each."""
    came: list[Changed] = []
    desk.session.execute_all(commands, came.extend)
    driver.wait(lambda: came)
    return came


def item_of(desk: AgentDesk) -> str:
    """The item that is open."""
    return desk.session.known.open_rows[0].item.id


@pytest.fixture
def desk(driver: Driver) -> AgentDesk:
    """A desk with an open item."""
    desk = ready(driver)
    accept(driver, desk)
    return desk


def test_a_veto_keeps_the_item_as_it_is_and_says_the_reason_and_who_requires_it(
    driver: Driver, desk: AgentDesk
) -> None:
    seen: list[tuple[object, bool]] = []

    def before(attempt: Attempt) -> Verdict:
        seen.append((attempt.item.state, current_thread() is main_thread()))
        return refuse("Choose a disposition first.")

    put(desk, before, CLOSE)
    desk.session.execute(Close(item=item_of(desk)))
    driver.wait(lambda: desk.workspace.board.cards)
    assert desk.workspace.board.cards[-1].notice.text == "Choose a disposition first. Required by rules."
    assert desk.session.services.items.get(item_of(desk)).item.state is State.HANDLING
    assert seen == [(State.HANDLING, False)]


def test_what_is_refused_for_one_of_several_rows_is_carried_out_for_the_others(driver: Driver, desk: AgentDesk) -> None:
    item = item_of(desk)
    put(desk, lambda attempt: refuse("No.") if "a" in attempt.command.text else None, GatedCommand.ADD_NOTE)  # type: ignore[union-attr]
    answers = does(driver, desk, *(AddNote(item=item, text=text) for text in ("a", "b", "c a", "d")))
    assert [isinstance(answer.error, Vetoed) for answer in answers] == [True, False, True, False]
    assert [note.text for note in desk.session.services.items.notes(item)][-2:] == ["b", "d"]


def test_a_question_is_asked_once_about_all_rows_and_no_means_that_nothing_changes(
    driver: Driver, desk: AgentDesk
) -> None:
    item = item_of(desk)
    put(desk, lambda _attempt: ask("Write on {items}?", verb="Write"), GatedCommand.ADD_NOTE)
    asked: list[str] = []

    def answer(words: str) -> None:
        box = QApplication.activeModalWidget()
        if box is None:
            QTimer.singleShot(20, lambda: answer(words))
            return
        asked.append(box.accessibleName() or box.windowTitle())
        next(button for button in box.findChildren(QPushButton) if button.text() == words).click()

    QTimer.singleShot(20, lambda: answer("Cancel"))
    answers = does(driver, desk, AddNote(item=item, text="a"), AddNote(item=item, text="b"))
    assert [str(each.error) for each in answers] == ["You chose not to go on. Nothing was changed."] * 2
    QTimer.singleShot(20, lambda: answer("Write"))
    answers = does(driver, desk, AddNote(item=item, text="a"), AddNote(item=item, text="b"))
    assert [each.error for each in answers] == [None, None]
    assert asked == ["Write on 2 items?"] * 2


def test_data_that_a_gate_attaches_is_there_before_the_command(driver: Driver, desk: AgentDesk) -> None:
    item = item_of(desk)
    put(desk, lambda attempt: attach({"closed by": attempt.item.assigned_to}), CLOSE)
    (answer,) = does(driver, desk, Close(item=item))
    assert answer.error is None
    assert desk.session.services.items.get(item).item.attached["closed by"] == "tomasz"


def test_another_command_is_carried_out_instead_and_passes_its_own_gates(driver: Driver, desk: AgentDesk) -> None:
    item = item_of(desk)
    put(desk, lambda attempt: instead(PlaceInWorkbin(item=attempt.item.id, workbin="waiting")), CLOSE)
    second = Gate(id="rules.second", before=lambda _a: attach({"kept": 1}), commands=(GatedCommand.PLACE_IN_WORKBIN,))
    desk.registries.add_gate("rules", second)
    (answer,) = does(driver, desk, Close(item=item))
    assert isinstance(answer.command, PlaceInWorkbin)
    assert answer.item is not None
    assert (answer.item.workbin, answer.item.attached["kept"]) == ("waiting", 1)


def fails(_attempt: Attempt) -> Verdict:
    """A rule with a mistake."""
    raise KeyError("amount")


def test_a_gate_that_fails_blocks_done_and_lets_an_item_be_put_away(driver: Driver, desk: AgentDesk) -> None:
    item = item_of(desk)
    put(desk, fails, DONE, CLOSE, title="Amount")
    (done,) = does(driver, desk, MarkDone(item=item))
    assert str(done.error).startswith("The check “Amount” of rules could not be made. Nothing was changed.")
    (closed,) = does(driver, desk, Close(item=item))
    assert closed.error is None
    assert "Not checked" in driver.notices(desk)
    assert [fault.where for fault in driver.desktop.connection.there.plugins.faults()] == ["gate rules.gate"] * 2


def test_a_gate_that_does_not_answer_in_time_has_failed_for_all_rows(driver: Driver, desk: AgentDesk) -> None:
    item, let_go = item_of(desk), Flag()

    def waits(_attempt: Attempt) -> None:
        let_go.wait(20)

    put(desk, waits, DONE, GatedCommand.PLACE_IN_QUEUE, seconds=1)
    commands = (MarkDone(item=item), MarkDone(item=item), PlaceInQueue(item=item, queue="it-service-desk"))
    answers = does(driver, desk, *commands)
    let_go.set()
    assert ["within 1 seconds" in str(answer.error) for answer in answers] == [True, True, False]


def test_a_gate_stands_before_a_change_of_state_and_before_the_log_off(driver: Driver, desk: AgentDesk) -> None:
    put(
        desk,
        lambda attempt: refuse(f"Not {attempt.state or 'yet'}.") if attempt.state is not Presence.DND else None,
        GatedCommand.SET_STATE,
        GatedCommand.LOG_OFF,
        on_ui_thread=True,
    )
    desk.set_state(Presence.AFTER_WORK)
    desk.log_off()
    driver.wait(lambda: len(desk.workspace.board.cards) == 2)
    said = {card.notice.text for card in desk.workspace.board.cards}
    assert said == {"Not after-work. Required by rules.", "Not yet. Required by rules."}
    desk.set_state(Presence.DND)
    driver.wait(lambda: desk.session.known.session.channels[0].state is Presence.DND)


def test_a_gate_stands_before_an_action_wherever_it_is_started_from(driver: Driver, desk: AgentDesk) -> None:
    ran: list[Subject] = []

    def refused() -> int:
        return [entry.notice.text for entry in desk.workspace.board.log.entries].count("No. Required by rules.")

    run = lambda subject, _anchor: ran.append(subject)  # noqa: E731
    places = (ActionPlace.ITEM_TOOLBAR, ActionPlace.HISTORY_ROWS)
    desk.registries.add_action("acme", Action(id="acme.act", title="Act", run=run, places=places, key="Ctrl+Shift+A"))
    put(desk, lambda attempt: refuse("No.") if len(attempt.rows) == 1 else None, actions=("acme.act",))
    driver.wait(lambda: any(row.id == "acme.act" for row in desk.keys.rows()))
    driver.activate()
    driver.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    driver.wait(lambda: refused() == 1)
    rows = desk.session.known.open_rows[:1]
    desk.actions.run("acme.act", Subject(place=ActionPlace.HISTORY_ROWS, rows=rows))
    driver.wait(lambda: refused() == 2)
    assert ran == []


def test_what_became_of_a_command_is_told_to_the_gates_behind_it(driver: Driver, desk: AgentDesk) -> None:
    item = item_of(desk)
    told: list[tuple[str, str]] = []

    def after(attempt: Attempt, ended: Ended) -> None:
        told.append((str(attempt.what), ended.item.queue if ended.item else str(ended.error)))

    put(desk, None, CLOSE, GatedCommand.PLACE_IN_QUEUE, after=after)
    does(driver, desk, PlaceInQueue(item=item, queue="nowhere"))
    driver.wait(lambda: len(told) == 1)
    does(driver, desk, Close(item=item))
    driver.wait(lambda: len(told) == 2)
    assert "nowhere" in told[0][1]
    assert told[1][0] == "Close"


def test_a_gate_for_one_kind_of_item_is_not_asked_about_others(driver: Driver, desk: AgentDesk) -> None:
    put(desk, lambda _attempt: refuse("No."), CLOSE, media_types=("claim",), subtypes=("storm",))
    (answer,) = does(driver, desk, Close(item=item_of(desk)))
    assert answer.error is None

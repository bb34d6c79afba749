"""An item that leaves its agent unasked: what is said, where it is, and what becomes of what was being typed."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPlainTextEdit

from tests.plugins.workbin.desks import OpenDesk
from tests.plugins.workitem.panes import ITEM, OpenPane, Pane
from tests.plugins.workitem.source import Source, captured
from workloom.api import Event, EventKind, Interaction, ItemRow, Outcome, Pull, Site, State
from workloom.shell.given_back import taken_back

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)


def write_note(pane: Pane, text: str) -> None:
    pane.press(Qt.Key.Key_E)
    pane.desk.write(pane.child(QPlainTextEdit, "notes.area"), text)


def impatient(site: Site) -> Site:
    """An open item goes back two seconds after the last change."""
    return replace(site, timers=replace(site.timers, handling=2.0))


def test_an_item_that_nobody_touched_goes_back_and_its_note_waits_as_a_draft(open_pane: OpenPane) -> None:
    pane = open_pane(None, impatient)
    write_note(pane, "Called at 13:38")
    told = pane.notice("The claim was taken back")
    assert told.text == "This claim went back to Claims – Late reports. Your notes are kept as a draft."
    assert pane.desk.desk.workspace.main.page(ITEM) is None
    assert told.action == "Open again"
    assert told.run is not None
    told.run()
    pane.wait(lambda: pane.desk.desk.workspace.main.page(ITEM) is not None)
    pane.wait(lambda: pane.child(QPlainTextEdit, "notes.area").toPlainText() == "Called at 13:38")
    assert not pane.services.items.notes(ITEM)


def test_a_source_that_finishes_an_open_item_is_named_once_and_the_note_can_be_added(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk()
    source = Source(tmp_path / "data")
    source.says("open")
    services = desk.desk.session.services
    item = captured(services)
    services.items.execute(Pull(item=item))
    desk.desk.open_item(item)
    pane = Pane(desk, item)
    pane.wait(lambda: desk.desk.workspace.main.page(item) is not None)
    write_note(pane, "Plumber comes on Monday")
    source.says("closed")
    told = pane.notice("The claim is finished")
    assert told.text == (
        "This claim was finished where it came from. Nothing more to do. Your notes are kept as a draft."
    )
    assert [notice.title for notice in desk.notices()].count("The claim is finished") == 1
    assert not any("offered" in notice.text for notice in desk.notices())
    assert desk.desk.session.drafts.of(item) == {"note": "Plumber comes on Monday"}
    assert told.action == "Add the note"
    assert told.run is not None
    told.run()
    pane.notice("Note added")
    assert [note.text for note in services.items.notes(item)] == ["Plumber comes on Monday"]
    assert not desk.desk.session.drafts.of(item)
    assert services.items.get(item).item.outcome is Outcome.COMPLETED


def test_the_words_say_where_it_went_and_after_how_long() -> None:
    item = Interaction(
        id="i", tenant="t", media_type="claim", queue="c", received_at=NOW, submitted_at=NOW, placed_at=NOW
    )
    event = Event(at=NOW, kind=EventKind.REVOKED, item="i", detail={"reason": "handling-timeout", "minutes": 180})
    queued = taken_back(event, ItemRow(item=item), "claim", "Claims – Household", {"note": "x"})
    assert queued.text == (
        "This claim went back to Claims – Household after 180 minutes without a change. Your notes are kept as a draft."
    )
    resting = ItemRow(item=replace(item, state=State.IN_WORKBIN), where="Your workbin “In progress”")
    lost = replace(event, detail={"reason": "agent-lost"})
    assert taken_back(lost, resting, "claim", "", {"case:IBAN": "DE"}).text == (
        "This claim now rests here: your workbin “In progress”. What you typed is kept as a draft."
    )
    assert taken_back(lost, None, "item", "", {}).text == "This item is no longer with you."

"""What waits for the service when a desktop is killed is sent once by the next one, or told where it is too late."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from tests.shell.test_desk import accept
from tests.shell.test_offline import cut, severable
from workloom.api import AddNote, MarkDone, Presence
from workloom.shell.desk import AgentDesk
from workloom.shell.kept_changes import PLACE, SENT_WITHIN, KeptChange


def kept(data: Path) -> list[dict[str, Any]]:
    """What stands in the file, as the next desktop will read it."""
    found = list(data.rglob(f"{PLACE}.draft.json"))
    try:
        text = json.decode(found[0].read_bytes()).get("changes", "[]") if found else "[]"
    except FileNotFoundError:  # the desktop, which writes beside us, takes the file away when nothing waits any more
        text = "[]"
    changes: list[dict[str, Any]] = json.decode(text)
    return changes


def killed(driver: Driver, data: Path, desk: AgentDesk, waiting: int) -> None:
    """End the desktop where it stands: nothing more is sent, and what waits is not withdrawn."""
    driver.wait(lambda: len(desk.session.waiting()) == waiting and len(kept(data)) == waiting)
    driver.desktop.close()


def notes(desk: AgentDesk, item: str) -> list[str]:
    return [note.text for note in desk.session.services.items.notes(item)]


@pytest.mark.parametrize("arrived", [0, 1])
def test_what_waited_when_the_desktop_was_killed_is_sent_once_by_the_next(
    make_desktop: MakeDesktop, tmp_path: Path, arrived: int
) -> None:
    data = tmp_path / "data"
    first = make_desktop()
    desk, link = severable(first)
    item = accept(first, desk)
    if arrived:
        link.lose_answers = 1
    else:
        cut(first, link)
    for text in ("one", "two"):
        desk.session.execute(AddNote(item=item, text=text))
    killed(first, data, desk, 2)
    second = make_desktop(data=data)
    second.opened()
    again = second.log_in("tomasz")
    second.wait(lambda: len(notes(again, item)) == 2)
    assert notes(again, item) == ["one", "two"]
    assert "2 actions from before are sent now" in second.notices(again)
    second.wait(lambda: kept(data) == [])


def test_a_change_that_is_not_possible_any_more_is_told_and_not_tried_again(
    make_desktop: MakeDesktop, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    first = make_desktop()
    desk, link = severable(first)
    item = accept(first, desk)
    cut(first, link)
    desk.session.execute(MarkDone(item=item))  # the engine that begins anew lets the item rest
    killed(first, data, desk, 1)
    second = make_desktop(data=data)
    second.opened()
    again = second.log_in("tomasz")
    second.wait(lambda: kept(data) == [])
    titles = second.notices(again)
    assert "1 action from before is sent now" in titles
    assert len(titles) > 1


def test_what_is_too_old_is_told_and_not_sent(make_desktop: MakeDesktop, tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = make_desktop()
    desk, link = severable(first)
    item = accept(first, desk)
    cut(first, link)
    desk.session.execute(AddNote(item=item, text="late"))
    killed(first, data, desk, 1)
    (file,) = data.rglob(f"{PLACE}.draft.json")
    (change,) = json.decode(json.decode(file.read_bytes())["changes"], type=tuple[KeptChange, ...])
    old = KeptChange(what=change.what, at=change.at - SENT_WITHIN - timedelta(minutes=1), steps=change.steps)
    file.write_bytes(json.encode({"changes": json.encode([old]).decode()}))
    second = make_desktop(data=data)
    second.opened()
    again = second.log_in("tomasz")
    second.wait(lambda: "1 action from before was not sent" in second.notices(again))
    assert notes(again, item) == []
    second.wait(lambda: kept(data) == [])


def test_a_state_is_not_kept_and_what_was_sent_or_withdrawn_neither(make_desktop: MakeDesktop, tmp_path: Path) -> None:
    driver = make_desktop()
    desk, link = severable(driver)
    item = accept(driver, desk)
    cut(driver, link)
    desk.set_state(Presence.NOT_READY)
    for text in ("one", "two"):
        desk.session.execute(AddNote(item=item, text=text))
    driver.wait(lambda: len(kept(tmp_path / "data")) == 2)
    assert desk.session.withdraw(desk.session.waiting()[-1])
    driver.wait(lambda: len(kept(tmp_path / "data")) == 1)
    link.cut = False
    driver.wait(lambda: kept(tmp_path / "data") == [])
    driver.wait(lambda: notes(desk, item) == ["one"])

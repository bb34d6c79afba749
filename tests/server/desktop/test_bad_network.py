"""A desktop whose network is bad: nothing is lost, nothing is done twice, nobody works on what is somebody else's."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

import pytest
from PyQt6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.server.nodes import ServedNode
from tests.server.proxy import Proxy
from tests.server.windows import Gaps, demo_node, desktop_on
from tests.shell.driving import Driver
from tests.shell.test_desk import accept, ready
from tests.shell.test_offline import banner
from workloom.api import AddNote, Event, EventKind, Presence
from workloom.shell.desk import AgentDesk
from workloom.shell.letting_go import LetGo

STALL = 0.1 * 10
"""Seconds: the figure is 100 ms, with the ten-fold slack of a busy machine."""

GRACE = 4.0
"""Seconds after which the node gives away the items of a desktop that is silent."""


class Place:
    """A node, the network before it, and a desktop."""

    def __init__(self, node: ServedNode, proxy: Proxy, driver: Driver) -> None:
        self.node, self.proxy, self.driver = node, proxy, driver

    def assigned_to(self, item: str) -> str:
        """With whom an item is at the node."""
        with self.node.node.engine.store.reading() as reader:
            found = reader.items.get(item)
        assert found is not None
        return found.assigned_to

    def events(self, item: str) -> tuple[Event, ...]:
        """What has happened to an item, at the node."""
        with self.node.node.engine.store.reading() as reader:
            return reader.events.of_item(item)

    def is_as_at_the_node(self, desk: AgentDesk) -> bool:
        """Whether the desktop shows exactly the open items, offers and channels that the node knows."""
        name, known = desk.session.known.me.name, desk.session.known
        with self.node.node.engine.store.reading() as reader:
            mine = [item.id for item in reader.items.open_of(name)]
            offered = {item.id for item in reader.items.offered_to(name)}
            session = reader.sessions.of_person(name)
        assert session is not None
        return (
            [row.item.id for row in known.open_rows] == mine
            and {offer.row.item.id for offer in known.offers} == offered
            and known.session.channels == session.channels
        )


@pytest.fixture
def make_place(qapp: QApplication, qtbot: QtBot, demo_data: Path, tmp_path: Path) -> Iterator[Callable[..., Place]]:
    with ExitStack() as stack:

        def make(*, plugins: bool = False, **timers: float) -> Place:
            copytree(demo_data, tmp_path / "data")
            node = stack.enter_context(demo_node(tmp_path / "data", heartbeat=0.5, **timers))
            proxy = stack.enter_context(Proxy(node.url))
            driver = stack.enter_context(desktop_on((proxy.url,), tmp_path / "desk", qapp, qtbot, plugins=plugins))
            return Place(node, proxy, driver)

        yield make
    qapp.setStyleSheet("")


def away(place: Place) -> None:
    place.proxy.cut()
    place.driver.wait(lambda: "No connection" in banner(place.driver))


def test_after_a_cut_what_waited_is_done_once_and_all_is_as_at_the_node(make_place: Callable[..., Place]) -> None:
    place = make_place(lost_agent=60.0)
    driver = place.driver
    desk = ready(driver)
    item = accept(driver, desk)
    away(place)
    for text in ("first", "second"):
        desk.session.execute(AddNote(item=item, text=text))
    desk.set_state(Presence.NOT_READY)
    driver.wait(lambda: len(desk.session.waiting()) == 3)
    driver.wait(lambda: "3 actions wait here" in banner(driver))
    place.proxy.heal()
    driver.click("banner-action")
    driver.wait(lambda: "No connection" not in banner(driver) and not desk.session.waiting())
    # The change of the state was asked last, so all before it are done when it is.
    driver.wait(lambda: all(channel.state is Presence.NOT_READY for channel in desk.session.known.session.channels))
    driver.wait(lambda: place.is_as_at_the_node(desk))
    notes = [event for event in place.events(item) if event.kind is EventKind.NOTE_ADDED]
    assert len(notes) == 2
    assert "The service is back" in driver.notices(desk)


def test_an_item_is_let_go_before_the_node_gives_it_away_and_its_draft_is_kept(
    make_place: Callable[..., Place], tmp_path: Path
) -> None:
    place = make_place(plugins=True, lost_agent=GRACE)
    driver = place.driver
    desk = ready(driver)
    item = accept(driver, desk)
    pane = desk.workspace.main.page(item)
    assert pane is not None
    driver.wait(lambda: [note for note in pane.findChildren(QPlainTextEdit) if note.accessibleName() == "Note"])
    note = next(note for note in pane.findChildren(QPlainTextEdit) if note.accessibleName() == "Note")
    note.setPlainText("Typed before the network went.")
    driver.wait(lambda: desk.session.drafts.of(item))
    away(place)
    desk.session.execute(AddNote(item=item, text="too late"))
    driver.wait(desk.session.waiting)
    driver.wait(lambda: isinstance(desk.workspace.main.page(item), LetGo))
    assert place.assigned_to(item) == "tomasz", "the desktop lets go first"
    assert note.isReadOnly()
    driver.wait(lambda: place.assigned_to(item) == "", timeout=int(GRACE * 10_000))
    place.proxy.heal()
    driver.wait(lambda: driver.window.login is not None)
    said = driver.text("login-fault")
    assert "Your session has ended" in said
    assert "1 action was not carried out: Add a note · " in said
    assert not [event for event in place.events(item) if event.kind is EventKind.NOTE_ADDED]
    kept = [file.read_text("utf-8") for file in (tmp_path / "desk").rglob("*.draft.json")]
    assert any("Typed before the network went." in text for text in kept)


@pytest.mark.parametrize("how", ["silent", "slow"])
def test_the_window_never_stops_while_the_network_is_silent_or_slow(make_place: Callable[..., Place], how: str) -> None:
    place = make_place(plugins=True, lost_agent=120.0)
    driver = place.driver
    desk = ready(driver)
    accept(driver, desk)
    if how == "silent":
        place.proxy.half_open()
    else:
        place.proxy.delay = 0.7
    with Gaps() as gaps:
        for view in ("Workbins", "My history"):
            buttons = [each for each in driver.window.findChildren(QPushButton) if each.accessibleName() == view]
            for button in buttons[:1]:
                driver.click_on(button)
        desk.set_state(Presence.NOT_READY)
        end = time.monotonic() + 3.0
        driver.wait(lambda: time.monotonic() > end)
        if how == "silent":
            driver.wait(lambda: "No connection" in banner(driver))
    assert gaps.longest < STALL
    place.proxy.heal()
    driver.wait(lambda: place.is_as_at_the_node(desk))

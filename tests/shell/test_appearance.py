"""Theme and text size, switched while windows are open."""

import pytest
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QLabel

from tests.shell.driving import Driver
from workloom.api import Notice, Tone
from workloom.shell.desk import AgentDesk
from workloom.shell.kit.tokens import DARK, LIGHT


@pytest.fixture
def desk(driver: Driver) -> AgentDesk:
    """An agent with a notice in sight."""
    driver.opened()
    desk = driver.log_in("lena")
    desk.notify(Notice(title="A panel was paused", text="Your work goes on without it. " * 3, tone=Tone.ERROR))
    driver.wait(lambda: desk.workspace.board.cards)
    return desk


def label(desk: AgentDesk, name: str) -> QLabel:
    found = desk.workspace.board.cards[0].findChild(QLabel, name)
    assert found is not None
    return found


def inks(image: QImage) -> set[str]:
    """The colours of a picture that are not half transparent."""
    pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colors = (image.pixelColor(x, y) for x, y in pixels)
    return {color.name() for color in colors if color.alpha() == 255}


def test_text_that_grew_is_not_cut(driver: Driver, desk: AgentDesk) -> None:
    card, text = desk.workspace.board.cards[0], label(desk, "notice-text")
    before = card.height()
    driver.desktop.process.appearance.larger(5)
    driver.wait(lambda: card.height() > before)
    assert text.height() >= text.heightForWidth(text.width())
    driver.desktop.process.appearance.larger(0)
    driver.wait(lambda: card.height() == before)


def test_a_switch_of_the_theme_keeps_the_text_size(driver: Driver, desk: AgentDesk) -> None:
    appearance = driver.desktop.process.appearance
    appearance.larger(5)
    appearance.larger(0)
    size = label(desk, "notice-title").font().pixelSize()
    appearance.choose("dark")
    assert label(desk, "notice-title").font().pixelSize() == size
    appearance.choose("light")
    assert label(desk, "notice-title").font().pixelSize() == size


def test_icons_that_stand_in_a_window_take_the_colours_of_the_new_theme(driver: Driver, desk: AgentDesk) -> None:
    picture = next(each for each in desk.workspace.board.cards[0].findChildren(QLabel) if not each.pixmap().isNull())
    assert LIGHT["danger"].lower() in inks(picture.pixmap().toImage())
    driver.desktop.process.appearance.choose("dark")
    found = inks(picture.pixmap().toImage())
    assert DARK["danger"].lower() in found
    assert LIGHT["danger"].lower() not in found


def test_the_choice_of_theme_and_size_is_kept(driver: Driver, desk: AgentDesk) -> None:
    appearance = driver.desktop.process.appearance
    appearance.choose("dark")
    appearance.larger(2)
    kept = driver.desktop.process.preferences.values
    assert (kept.theme, kept.text_size) == ("dark", 120)
    appearance.larger(0)
    appearance.choose("light")

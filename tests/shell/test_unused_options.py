"""Settings of options that are not used: named with their layer, at the login and when a site is applied meanwhile."""

from pathlib import Path

from msgspec.structs import replace
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QAbstractButton

from tests.shell.driving import Driver
from tests.shell.test_desk import ready
from workloom.bootstrap.engine import open_engine
from workloom.shell.desk import AgentDesk

TITLE = "An option has a value that does not fit"


def set_options(folder: Path, options: dict[str, str]) -> None:
    """Apply the site with other options in the Application layer, as a command beside the desktop does."""
    engine = open_engine(folder, exclusive=False)
    try:
        site = engine.configuration.site()
        engine.configuration.apply(replace(site, application_options={**site.application_options, **options}), {})
    finally:
        engine.stop()


def said(desk: AgentDesk) -> list[dict[str, str]]:
    """The facts of all that is under the bell, the newest first."""
    return [dict(entry.notice.facts) for entry in desk.workspace.board.log.entries]


def test_a_value_that_does_not_fit_is_a_card_that_can_be_copied_and_the_rest_stands_under_the_bell(
    driver: Driver, tmp_path: Path
) -> None:
    desk = ready(driver)
    set_options(
        tmp_path / "data", {"login.prompt-place": "maybe", "nobody.knows-this": "3", "interaction.auto-focus": "often"}
    )
    board = desk.workspace.board
    driver.wait(lambda: board.cards)
    (card,) = board.cards
    facts = dict(card.notice.facts)
    assert card.notice.title == TITLE
    assert facts["Set by"] == "Application"
    assert (facts["Option"], facts["Found"]) in {
        ("login.prompt-place", "“maybe”"),
        ("interaction.auto-focus", "“often”"),
    }
    assert facts["In use"].startswith(("true", "false"))
    assert card.notice.text.startswith("2 more settings")
    assert {each["Option"] for each in said(desk)} >= {
        "login.prompt-place",
        "interaction.auto-focus",
        "nobody.knows-this",
    }
    assert all("" not in each.values() for each in said(desk))
    button = card.findChild(QAbstractButton, "notice-action")
    assert button is not None
    button.click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert "Option: nobody.knows-this\nSet by: Application\nFound: “3”" in clipboard.text()
    assert board.cards == ()


def test_what_was_told_is_not_told_again_when_the_site_changes(driver: Driver, tmp_path: Path) -> None:
    desk = ready(driver)
    set_options(tmp_path / "data", {"login.prompt-place": "maybe"})
    board = desk.workspace.board
    driver.wait(lambda: board.cards)
    board.clear()
    told = len(board.log.entries)
    set_options(tmp_path / "data", {"interaction.auto-focus": "often"})
    driver.wait(lambda: board.cards)
    assert dict(board.cards[0].notice.facts)["Option"] == "interaction.auto-focus"
    assert len(board.log.entries) == told + 1

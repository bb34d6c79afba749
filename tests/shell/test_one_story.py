"""What happened is said in one place: by the banner or by a card, and by one card for each item."""

from pathlib import Path

from msgspec.structs import replace

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from tests.shell.test_desk import ready
from tests.shell.test_offline import banner
from workloom.api import Notice, Tone
from workloom.bootstrap.demo_capture import MadeRows, demo_incidents, import_demo
from workloom.bootstrap.engine import open_engine
from workloom.shell.desk import AgentDesk
from workloom.shell.window.limits import MISSED

SHORT = 2.0
"""Seconds that an offer lasts here."""


def missing_offers(make: MakeDesktop, folder: Path, *, not_ready: bool) -> tuple[Driver, AgentDesk]:
    """An agent whose first offers were not answered in time."""
    driver = make()
    engine = open_engine(folder / "data", exclusive=False)
    site = engine.configuration.site()
    options = {**site.application_options, "incident.missed-offer-not-ready": not_ready}
    timers = replace(site.timers, delivery=SHORT)
    engine.configuration.apply(replace(site, timers=timers, application_options=options), {})
    engine.stop()
    driver.opened()
    desk = driver.log_in("tomasz")  # an offer may be over before it is seen
    driver.wait(lambda: "You missed an offered incident" in driver.notices(desk))
    return driver, desk


def cards(desk: AgentDesk) -> list[str]:
    """Titles of the cards in sight."""
    return [card.notice.title for card in desk.workspace.board.cards]


def test_the_banner_alone_says_that_an_offer_was_missed_and_the_bell_keeps_which(
    make_desktop: MakeDesktop, tmp_path: Path
) -> None:
    driver, desk = missing_offers(make_desktop, tmp_path, not_ready=True)
    driver.wait(lambda: "You are not ready on " in banner(driver))
    driver.wait(lambda: MISSED not in [card.notice.about for card in desk.workspace.board.cards])
    desk.workspace.board.show(Notice(title="You missed another one", about=MISSED))
    assert "You missed another one" not in cards(desk)
    assert driver.notices(desk)[0] == "You missed another one"


def test_without_a_banner_a_card_says_it(make_desktop: MakeDesktop, tmp_path: Path) -> None:
    driver, desk = missing_offers(make_desktop, tmp_path, not_ready=False)
    assert "not ready" not in banner(driver)
    assert cards(desk).count("You missed an offered incident") == 1


def test_a_later_notice_about_an_item_takes_the_place_of_the_earlier(driver: Driver, tmp_path: Path) -> None:
    desk = ready(driver)
    driver.toast(desk)
    item = desk.session.known.offers[0].row.item
    desk.workspace.board.show(Notice(title="Of another item", tone=Tone.WARNING, about="another"))
    desk.workspace.board.show(Notice(title="Of this item", tone=Tone.WARNING, about=item.id))
    ended = {str(rows[0].values["number"]): rows for rows in demo_incidents(waiting=0)}
    engine = open_engine(tmp_path / "data", exclusive=False)
    import_demo(engine.capture, MadeRows(list(ended[item.external_id])))
    engine.stop()
    driver.wait(lambda: "Offer gone" in driver.notices(desk))
    assert cards(desk) == ["Of another item", "Offer gone"]

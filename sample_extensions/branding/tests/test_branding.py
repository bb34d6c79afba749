"""The window looks and speaks as the house wishes."""

import pytest
from PyQt6.QtWidgets import QLabel

from workloom.api import Site
from workloom.testing import Office, site, with_options
from workloom.testing.desktop import Agent, HeadlessDesktop

ACCENT = "#8a1538"


@pytest.fixture
def office_site() -> Site:
    """A site whose people read German."""
    return with_options({"desktop.language": "de_AT"})(site())


def test_the_window_speaks_and_looks_like_the_house(office: Office, agent: Agent, desktop: HeadlessDesktop) -> None:
    agent.wait_for("Ablagen")
    office.submit()
    agent.accept()
    for words in ("Erledigt", "Offene Vorgänge", "1 von 3", "Ansichten", "Verbunden"):
        agent.wait_for(words)
    assert agent.window.windowTitle().endswith("– Acme Desk")
    assert agent.color("accent") == ACCENT
    assert desktop.faults() == ()


def test_the_login_page_names_the_product_beside_the_logo(agent: Agent) -> None:
    agent.log_off()
    assert agent.named(QLabel, "login-product").text() == "Acme Desk"
    logo = agent.window.kit.pixmap("logo:", size=64).toImage()
    assert logo.pixelColor(32, 58).name() == ACCENT


def test_built_in_plugins_speak_the_language_of_the_house(office: Office, agent: Agent) -> None:
    assert {"Ablagen", "Mein Verlauf"} <= set(agent.titles())
    agent.view("workbin.workbins")
    for words in ("Heute fällig", "0 von 0 gezeigt", "Nichts in in-progress"):
        agent.wait_for(words)
    office.submit()
    agent.accept()
    for words in ("Ergebnis", "Nur für das Team sichtbar", "Alter"):
        agent.wait_for(words)

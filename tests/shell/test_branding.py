"""A plugin changes logo, colours, product name and language of a real desktop by its manifest and `.po` files alone."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QLabel

from workloom.api import Site
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.sites import site, with_options

MANIFEST = """
id = "house"
name = "House"
version = "1.0"
api-level = 1
order = 900

[branding]
logo = "logo.png"
product = "Alpenrand Desk"
light = { accent = "#8A1538", accent-hover = "#701030" }
"""
GERMAN = """
msgid "Done"
msgstr "Erledigt"

msgid "Workbins"
msgstr "Ablagen"
"""


@pytest.fixture
def plugins_under_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Candidate, ...]]:
    """A plugin without code, in a folder of its own."""
    folder = tmp_path / "path" / "house_of_the_tests"
    (folder / "locale" / "de").mkdir(parents=True)
    (folder / "__init__.py").write_text('"""The house."""\n')
    (folder / "plugin.toml").write_text(MANIFEST)
    for name in ("workitem", "workbin"):
        (folder / "locale" / "de" / f"{name}.po").write_text(GERMAN)
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    image.fill(QColor("#00FF00"))
    image.save(str(folder / "logo.png"))
    monkeypatch.syspath_prepend(str(folder.parent))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    importlib.invalidate_caches()
    yield (Candidate("house", "house_of_the_tests"),)
    for name in [name for name in sys.modules if name.startswith("house_of_the_tests")]:
        del sys.modules[name]


@pytest.fixture
def office_site() -> Site:
    """A site in German."""
    return with_options({"desktop.language": "de_AT"})(site())


def test_logo_colours_and_product_are_those_of_the_plugin(desktop: HeadlessDesktop, agent: Agent) -> None:
    assert agent.desk.kit.tokens.color("accent").name() == "#8a1538"
    logo = agent.desk.kit.pixmap("logo:", size=24).toImage()
    assert logo.pixelColor(12, 12).name() == "#00ff00"
    agent.log_off()
    label = agent.window.findChild(QLabel, "login-product")
    assert label is not None
    assert label.text() == "Alpenrand Desk"


def test_titles_of_other_plugins_are_said_in_the_language_of_the_agent(office: Office, agent: Agent) -> None:
    found = {entry.what.id: entry.what.title for entry in agent.desk.registries.all_actions}
    assert (found["workitem.done"], found["workbin.move-to-workbin"]) == ("Erledigt", "Move to workbin")
    assert ("inbox", "Ablagen") in agent.desk.views.titles()

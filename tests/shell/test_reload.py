"""`workloom desktop --dev PATH`: a plugin that is changed under an agent brings its new options, hooks and manifest."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QLabel

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from workloom.domain.options import OptionLayer
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.plugins import plugins_of

MANIFEST = """\
id = "acme_words"
name = "Words"
version = "1.0.0"
api-level = 1
desktop = "acme_words.plugin:Words"

[[view]]
id = "acme_words.said"
title = "Said"
region = "status-bar"
"""
MORE = """
[[option]]
name = "acme_words.words"
type = "text"
default = "usual words"
meaning = "What is said."

[[view]]
id = "acme_words.page"
title = "Words page"
region = "main"
"""
CODE = """\
from PyQt6.QtWidgets import QLabel
from workloom.api import EventKind, View, hook


class Words:
    @hook
    def views(self, context):
        def said():
            label = QLabel("first words")
            label.setObjectName("acme-said")
            return label

        return (View(id="acme_words.said", make=said),)
"""
CHANGED = """\
from PyQt6.QtWidgets import QLabel
from workloom.api import View, hook


class Words:
    def __init__(self):
        self.labels = []

    @hook
    def views(self, context):
        begins_with = context.options().text("acme_words.words")

        def said():
            label = QLabel(begins_with)
            label.setObjectName("acme-said")
            context.subscribe(lambda _event: self.follow(context, label))
            return label

        return (View(id="acme_words.said", make=said), View(id="acme_words.page", make=lambda: QLabel("a page")))

    def follow(self, context, label):
        label.setText(context.options().text("acme_words.words"))

    @hook
    def session_started(self, context):
        context.log.warning("a hook that was not there before")
"""


BESIDE = """
[[view]]
id = "acme_words.beside"
title = "Words beside"
region = "item.context"
order = 900
"""
SHOWN_BESIDE = """\
from PyQt6.QtWidgets import QLabel
from workloom.api import View, hook


class Words:
    @hook
    def views(self, context):
        return (
            View(id="acme_words.said", make=lambda: QLabel("said")),
            View(id="acme_words.beside", make_for=lambda item: QLabel("words beside the item")),
        )
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The distribution of a plugin that is being worked on; what was imported of it is forgotten."""
    folder = tmp_path / "work"
    package = folder / "acme_words"
    package.mkdir(parents=True)
    entry = '[project]\nname = "acme-words"\n[project.entry-points."workloom.plugins"]\nacme_words = "acme_words"\n'
    (folder / "pyproject.toml").write_text(entry, "utf-8")
    (package / "__init__.py").write_text("", "utf-8")
    (package / "plugin.toml").write_text(MANIFEST, "utf-8")
    (package / "plugin.py").write_text(CODE, "utf-8")
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == "acme_words"]:
        del sys.modules[name]


def said(driver: Driver) -> list[str]:
    """What stands in the status bar."""
    return [label.text() for label in driver.window.findChildren(QLabel, "acme-said")]


def test_a_reload_takes_new_options_hooks_and_contributions_into_the_running_desktop(
    make_desktop: MakeDesktop, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    candidates = plugins_of(folder)
    driver = make_desktop(plugins=True, more=candidates, developed=candidates)
    desk = driver.log_in("ines")
    driver.wait(lambda: said(driver) == ["first words"])
    # The manifest last: what is half written is reloaded as well, and refused with the reason.
    (folder / "acme_words" / "plugin.py").write_text(CHANGED, "utf-8")
    (folder / "acme_words" / "plugin.toml").write_text(MANIFEST + MORE, "utf-8")
    driver.wait(lambda: said(driver) == ["usual words"])
    driver.wait(lambda: "Words page" in [title for _icon, title in desk.views.titles()])
    assert "a hook that was not there before" in caplog.text
    driver.wait(lambda: "acme_words.words" in desk.session.known.options.names())
    desk.session.services.configuration.set_option("acme_words.words", "words of the site", OptionLayer())
    driver.wait(lambda: said(driver) == ["words of the site"])
    (folder / "acme_words" / "plugin.py").write_text(CODE, "utf-8")
    (folder / "acme_words" / "plugin.toml").write_text(MANIFEST, "utf-8")
    driver.wait(lambda: said(driver) == ["first words"])
    driver.wait(lambda: "acme_words.words" not in desk.session.known.options.names())
    assert desk.views.titles()


@pytest.fixture
def plugins_under_test(folder: Path) -> tuple[Candidate, ...]:
    """With a tab beside the open item."""
    (folder / "acme_words" / "plugin.py").write_text(SHOWN_BESIDE, "utf-8")
    (folder / "acme_words" / "plugin.toml").write_text(MANIFEST + BESIDE, "utf-8")
    return tuple(plugins_of(folder))


def test_a_tab_that_was_in_front_is_there_again_after_a_reload_unless_the_agent_has_chosen_another(
    office: Office, agent: Agent, desktop: HeadlessDesktop
) -> None:
    office.submit()
    agent.accept()
    agent.tab("Words beside")
    agent.wait_for("words beside the item")
    desktop.plugins.disable("acme_words")
    agent.wait_gone("words beside the item")
    desktop.plugins.enable("acme_words")
    agent.wait_for("words beside the item")
    desktop.plugins.disable("acme_words")
    agent.tab("Contact")
    desktop.plugins.enable("acme_words")
    agent.wait_for("Words beside")
    assert not agent.sees("words beside the item")

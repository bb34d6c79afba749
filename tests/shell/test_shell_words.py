"""The shell speaks the language of the agent, with the words that a plugin brings, and under the product's name."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

from docs.shell_words import catalogues, words
from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from workloom import __version__
from workloom.domain.commands import Pull
from workloom.domain.options import LayerKind, OptionLayer
from workloom.plugin_manager.discovery import Candidate
from workloom.shell.desk import AgentDesk
from workloom.shell.words import say, say_count, speak

PACKAGE = "speech_of_the_tests"
MANIFEST = 'id = "speech"\nname = "Speech"\nversion = "1"\napi-level = 1\n[branding]\nproduct = "Acme Desk"\n'


def in_another_language(text: str) -> str:
    """Each word in marks: whatever stands without them is not translated."""
    return f"⟦{text}⟧"


def entry(text: str, said: str) -> str:
    """An entry of a language file."""
    quoted = [part.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for part in (text, said)]
    return f'msgid "{quoted[0]}"\nmsgstr "{quoted[1]}"\n\n'


@pytest.fixture
def speech(tmp_path: Path) -> Iterator[Candidate]:
    """A plugin that has shell and built-in plugins speak another language, and gives the product another name."""
    folder = tmp_path / "import" / PACKAGE
    (folder / "locale" / "de").mkdir(parents=True)
    (folder / "__init__.py").write_text("", "utf-8")
    (folder / "plugin.toml").write_text(MANIFEST, "utf-8")
    for catalogue in catalogues():
        all_words = "".join(entry(text, in_another_language(text)) for text in words(catalogue))
        (folder / "locale" / "de" / f"{catalogue}.po").write_text(all_words, "utf-8")
    sys.path.insert(0, str(folder.parent))
    yield Candidate("speech", PACKAGE)
    sys.path.remove(str(folder.parent))
    sys.modules.pop(PACKAGE, None)


def log_in(driver: Driver) -> AgentDesk:
    """As somebody who reads the other language from the next login on."""
    desk = driver.log_in("ines")
    layer = OptionLayer(kind=LayerKind.PERSON, name="ines")
    desk.session.services.configuration.set_option("desktop.language", "de_AT", layer)
    desk.log_off()
    driver.wait(lambda: driver.window.desk is None)
    return driver.log_in("ines")


def read(root: QWidget) -> set[str]:
    """Everything that can be read on the screen below a widget."""
    labels = [each.text() for each in root.findChildren(QLabel) if each.isVisible()]
    buttons = [each.text() for each in root.findChildren(QAbstractButton) if each.isVisible()]
    menus = [each for each in (root, *root.findChildren(QMenu)) if isinstance(each, QMenu) and each.isVisible()]
    return {*labels, *buttons, *(action.text() for menu in menus for action in menu.actions())}


def test_every_word_of_the_shell_on_the_screen_is_that_of_the_language_file(
    make_desktop: MakeDesktop, speech: Candidate
) -> None:
    driver = make_desktop(plugins=True, more=[speech])
    desk = log_in(driver)
    driver.wait(lambda: "⟦Open items⟧" in read(driver.window))
    driver.window.show_keys()
    desk.open_status_menu()
    seen = read(driver.window).union(*(read(each) for each in QApplication.topLevelWidgets()))
    assert {"⟦Views⟧", "⟦Connected⟧", "⟦All keys⟧", "⟦Everywhere⟧", "⟦Next open item⟧", "⟦next pane⟧"} <= seen
    assert "⟦Open item 3⟧" in seen
    assert seen & {text for text in words() if "{" not in text} == set()  # nothing is put into these
    assert desk.session.known.options.text("desktop.language") == "de_AT"
    for window in list(QApplication.topLevelWidgets()):
        if window is not driver.window:
            window.close()
    desk.log_off()
    driver.wait(lambda: driver.window.desk is None)
    assert {"⟦Log in⟧", "⟦Password⟧", "⟦Continue⟧"} <= read(driver.window)


def test_what_a_service_refuses_is_said_in_the_language_of_the_desktop(
    make_desktop: MakeDesktop, speech: Candidate
) -> None:
    driver = make_desktop(plugins=True, more=[speech])
    desk = log_in(driver)
    desk.session.execute(Pull(item="item-404"))
    told = desk.workspace.board.log
    driver.wait(lambda: "⟦There is no item item-404.⟧" in [entry.notice.text for entry in told.entries])


def test_the_name_of_the_product_stands_in_titles_sidebar_and_for_the_system(
    make_desktop: MakeDesktop, speech: Candidate
) -> None:
    driver = make_desktop(plugins=True, more=[speech])
    desk = driver.log_in("lena")
    driver.wait(lambda: driver.window.windowTitle() == "Lena Hofer – Acme Desk")
    assert QApplication.applicationDisplayName() == "Acme Desk"
    assert "Acme Desk" in read(desk.workspace.sidebar)
    assert "Workloom" not in read(driver.window)
    desk.ways.on_settings(driver.window)
    (menu,) = [each for each in QApplication.topLevelWidgets() if each.objectName() == "settings-menu"]
    assert f"Acme Desk {__version__}" in {label.text() for label in menu.findChildren(QLabel)}
    menu.close()
    driver.desktop.close()
    assert make_desktop().window.windowTitle() == "Workloom"


def test_a_translation_of_the_shell_that_lacks_a_placeholder_is_named_with_its_line(
    make_desktop: MakeDesktop, speech: Candidate, tmp_path: Path
) -> None:
    file = tmp_path / "import" / PACKAGE / "locale" / "de" / "workloom.po"
    file.write_text(entry("Views", "Ansichten") + entry("{opened} of {most}", "{opened} von vielen"), "utf-8")
    driver = make_desktop(plugins=True, more=[speech])
    desk = log_in(driver)
    driver.wait(lambda: "Ansichten" in read(desk.workspace.sidebar))
    (fault,) = driver.desktop.connection.there.plugins.faults()
    assert (fault.plugin, fault.where) == ("speech", f"translation {file}:4")
    assert "lacks “{most}”" in fault.said
    driver.wait(
        lambda: any(f"{file}:4: the translation of" in entry.notice.text for entry in desk.workspace.board.log.entries)
    )


@pytest.mark.parametrize("bad", ["{opened:zz} von {most}", "{opened!q} {most}", "{opened.none} {most}", "{0} {opened"])
def test_a_translation_that_cannot_be_filled_in_leaves_the_text_as_it_is(bad: str) -> None:
    speak(lambda _text: bad)
    try:
        assert say("{opened} of {most}", opened=1, most=3) == "1 of 3"
    finally:
        speak(lambda text: text)


def test_one_thing_and_several_have_texts_of_their_own() -> None:
    said = [say_count(number, "{count} item", "{count:,} items") for number in (0, 1, 2, 1204)]
    assert said == ["0 items", "1 item", "2 items", "1,204 items"]

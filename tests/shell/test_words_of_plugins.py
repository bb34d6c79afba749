"""The built-in plugins speak the language of the agent, wherever the person goes: nothing stands there untranslated."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from msgspec import to_builtins
from PyQt6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from tests.shell.test_desk import accept
from tests.shell.test_shell_words import log_in, speech  # noqa: F401  # a fixture, here as well
from workloom.api import Close, HistoryQuery, HistoryScope
from workloom.bootstrap import demo
from workloom.domain.core_options import core_catalogue
from workloom.plugin_manager.discovery import Candidate
from workloom.shell.desk import AgentDesk
from workloom.shell.offers.toast import Toast

MARKED: Final = re.compile("⟦.*⟧", re.DOTALL)
MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
NOT_WORDS: Final = re.compile(
    rf"((\d+( (s|min|h|d|ms|{MONTHS}))?|\W)+"  # times
    r"|((Ctrl|Shift|Alt|Return|Esc|Tab|F\d+|.)(\+|$))+"  # keys
    r"|[\w<>-]+([._][\w<>-]+)+|true|false"  # names in code
    r"|channel|interaction-view|gate"
    r"|item\.toolbar, .*…)"  # cut off
)
OF_SERVICES: Final = re.compile(
    r"(Your workbin “|Queue “|Done by the source|It is offered to you|Offered to you|With you|Workbin “).*"
    r"|Application|Person \w+|.* ≥ \d+",
    re.DOTALL,
)
"""What the services say in words of their own: where an item is, why it cannot be taken, who has set an option, which
skill is wanted.
"""


SITE_FILE: Final = "option.setting"
"""Shows lines for the file of a site."""


def texts(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Everything that can be read below a widget, in tooltips and by a screen reader too."""
    for each in (root, *root.findChildren(QWidget)):
        if not each.isVisible():
            continue
        yield each, each.toolTip()
        yield each, each.accessibleName()
        yield each, each.accessibleDescription()
        if isinstance(each, QLabel | QAbstractButton):
            yield each, each.text()
        if isinstance(each, QLineEdit | QPlainTextEdit):
            yield each, each.placeholderText()
        if isinstance(each, QComboBox):
            yield from ((each, each.itemText(place)) for place in range(each.count()))
        if isinstance(each, QMenu):
            yield from ((each, action.text()) for action in each.actions())
        if isinstance(each, QAbstractItemView) and not isinstance(each, QHeaderView):
            yield from ((each, text) for text in in_model(each.model()))


def in_model(model: QAbstractItemModel | None, parent: QModelIndex | None = None) -> Iterator[str]:
    """The cells and titles of a list or a tree."""
    parent = parent or QModelIndex()
    assert model is not None
    for column in range(model.columnCount(parent)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(parent), 60)):
            index = model.index(row, column, parent)
            yield str(index.data() or "")
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            if column == 0 and model.rowCount(index):
                yield from in_model(model, index)


def strings(value: object) -> Iterator[str]:
    """All texts within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from strings(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from strings(inner)


def of_the_site(driver: Driver, desk: AgentDesk) -> set[str]:
    """What stands there and is nobody's to translate: customers' texts, titles of the site, names within plugins."""
    rows = desk.session.services.history.search(HistoryQuery(scope=HistoryScope.ALL, limit=500)).rows
    plugins = driver.desktop.connection.there.plugins
    there = (rows, plugins.infos(), plugins.option_specs(), core_catalogue(), desk.session.known.me)
    found = {text for value in there for text in strings(to_builtins(tuple(value) if value is there[3] else value))}
    found |= set(strings(tomllib.loads((Path(demo.__file__).parent / "demo_site.toml").read_text("utf-8"))))
    return found | {row.contact for row in rows}


class Reader:
    """Goes through the desktop and collects what is said past the language, with the place where it stands."""

    def __init__(self, driver: Driver, desk: AgentDesk) -> None:
        self._driver, self._desk = driver, desk
        self._known = of_the_site(driver, desk)
        self.found: dict[str, str] = {}
        self.marked: set[str] = set()

    def read(self, where: str, until: str) -> None:
        """Read all that is on the screen, as soon as this word is there, in the other language."""
        self._driver.wait(lambda: any(f"⟦{until}" in text for _widget, text in on_the_screen()))
        self._driver.qtbot.wait(1)
        inspector = self._driver.desktop.connection.there.plugins.inspector
        self._known |= {timing.where for timing in inspector.timings()}  # names of calls in the code
        for widget, text in on_the_screen():
            if MARKED.search(text):
                self.marked.add(text)
            elif widget.objectName() != SITE_FILE and not self._is_of_the_site(text):
                self.found.setdefault(text, f"{where}: {type(widget).__name__} {widget.objectName()}")

    def _is_of_the_site(self, text: str) -> bool:
        text = text.strip()
        if text in self._known or OF_SERVICES.fullmatch(text) or NOT_WORDS.fullmatch(text):
            return True
        if text.endswith("…") and any(known.startswith(text[:-1]) for known in self._known):
            return True
        parts = [part for part in re.split(", ?| · |: |\n", text) if re.search("[A-Za-z]", part)]
        return all(part in self._known or self._is_of_two(part) or NOT_WORDS.fullmatch(part) for part in parts)

    def _is_of_two(self, text: str) -> bool:
        """A label and its value."""
        places = [place for place, letter in enumerate(text) if letter == " "]
        return any(text[:place] in self._known and text[place + 1 :] in self._known for place in places)


def close_popups(driver: Driver) -> None:
    """Close menus and pop-ups; the window stays."""
    for window in QApplication.topLevelWidgets():
        if window is not driver.window and window.isVisible() and not isinstance(window, Toast):
            window.close()


def on_the_screen() -> Iterator[tuple[QWidget, str]]:
    """Everything that can be read in all windows, menus and pop-ups."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            yield from texts(window)


@pytest.mark.timeout(170)
def test_no_text_of_a_built_in_plugin_stands_in_the_desktop_untranslated(
    make_desktop: MakeDesktop,
    speech: Candidate,  # noqa: F811
) -> None:
    driver = make_desktop(plugins=True, more=[speech])
    desk = log_in(driver)
    reader = Reader(driver, desk)
    driver.toast(desk)
    reader.read("toast", "Waiting")
    item = accept(driver, desk)
    reader.read("pane", "Only colleagues see these")
    subject = desk.items.subject()
    assert subject is not None
    for action, word in (
        ("routing-transfer.transfer", "Find a person"),
        ("workbin.move-to-workbin", "Move to workbin"),
        ("workitem.move-to-queue", "Move to queue"),
        ("workitem.done", "Not done yet"),
        ("workitem.copy-number", "Copied"),
    ):
        desk.actions.run(action, subject)
        reader.read(action, word)
        close_popups(driver)
    desk.session.execute(Close(item=item))
    driver.wait(lambda: not desk.session.known.open_rows)
    for view, word in (
        ("workbin.workbins", "All"),
        ("contact-history.mine", "In progress"),
        ("contact-history.search", "Path"),
        ("inspector.plugins", "Time per hook"),
        ("inspector.options", "Set for"),
    ):
        desk.show_view(view)
        reader.read(view, word)
    assert not reader.found, "\n".join(f"{where}: {text}" for text, where in reader.found.items())
    assert len(reader.marked) > 150

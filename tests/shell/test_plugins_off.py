"""The desktop starts, logs in and is usable with plugins off: none, each alone, all but each, all."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from PyQt6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from workloom.bootstrap.desktop import Desktop
from workloom.plugin_manager.discovery import installed
from workloom.settings import Settings
from workloom.testing.desktop.person import Person

PLUGINS = frozenset(candidate.name for candidate in installed())


def choices() -> Iterator[frozenset[str]]:
    """The sets of plugins that are switched off."""
    yield frozenset()
    for plugin in sorted(PLUGINS):
        yield frozenset({plugin})
        yield PLUGINS - {plugin}
    yield PLUGINS


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("disabled", list(choices()), ids=lambda off: "+".join(sorted(off)) or "none")
def test_an_agent_logs_in_and_opens(
    disabled: frozenset[str], demo_data: Path, tmp_path: Path, qapp: QApplication
) -> None:
    folder = tmp_path / "data"
    copytree(demo_data, folder)
    desktop = Desktop(Settings(data=folder), disabled=disabled, application=qapp)
    window = desktop.windows.open_window()
    person = Person(window)
    try:
        person.wait_for("Demo site.")
        person.write("tomasz", person.named(QLineEdit, "login-user"))
        person.write("alpenrand", person.named(QLineEdit, "login-password"))
        person.click("Continue")
        person.named(QCheckBox, "login-channel-incident")
        person.click("Log in")
        person.named(QWidget, "workspace")
        person.toast()
        person.press("F8")
        desk = window.desk
        assert desk is not None
        person.until("the open item", lambda: bool(desk.session.known.open_rows))
        item = desk.session.known.open_rows[0].item.id
        person.until("its pane", lambda: desk.workspace.main.page(item) is not None)
        assert list(desktop.connection.there.plugins.faults()) == []
    finally:
        desktop.close()

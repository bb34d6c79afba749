"""The desktop starts, logs in and is usable with plugins off: none, each alone, all but each, all."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from PyQt6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from workloom.api import Presence, State
from workloom.bootstrap.desktop import Desktop
from workloom.settings import Settings
from workloom.testing import built_in
from workloom.testing.desktop.person import Person

PLUGINS = frozenset(candidate.name for candidate in built_in())


def choices() -> Iterator[frozenset[str]]:
    """The sets of plugins that are switched off."""
    yield frozenset()
    for plugin in sorted(PLUGINS):
        yield frozenset({plugin})
        yield PLUGINS - {plugin}
    yield PLUGINS


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("off", list(choices()), ids=lambda off: "+".join(sorted(off)) or "none")
def test_an_agent_logs_in_works_an_item_and_logs_off(
    off: frozenset[str], demo_data: Path, tmp_path: Path, qapp: QApplication
) -> None:
    folder = tmp_path / "data"
    copytree(demo_data, folder)
    desktop = Desktop(Settings(data=folder), disabled=off, application=qapp, candidates=built_in())
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
        titles = {title for _icon, title in desk.views.titles()}
        assert ("Workbins" in titles, "My history" in titles) == ("workbin" not in off, "contact_history" not in off)
        assert person.sees("Done") == ("workitem" not in off)

        # Whatever is off: become not ready, put the item away, and leave.
        desk.set_state(Presence.NOT_READY)
        person.press("Ctrl+W")
        person.until("the item put away", lambda: not desk.session.known.open_rows)
        assert desk.session.services.items.get(item).item.state in (State.QUEUED, State.IN_WORKBIN)
        desk.log_off()
        person.wait_for("Demo site.")
        assert list(desktop.connection.there.plugins.faults()) == []
    finally:
        desktop.close()

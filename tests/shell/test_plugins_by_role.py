"""A role without the privilege never loads a plugin that asks for it: what is imported, by role, on a real desktop."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from workloom.api import Site
from workloom.domain.site import Role
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import HeadlessDesktop

PRIVILEGE = "Can See Salaries"
MANIFEST = f"""\
id = "salaries"
name = "Salaries"
version = "1.0.0"
api-level = 1
desktop = "salaries.plugin:Salaries"
only-with-privilege = "{PRIVILEGE}"

[[privilege]]
name = "{PRIVILEGE}"
meaning = "See what colleagues earn."

[[view]]
id = "salaries.view"
title = "Salaries"
region = "main"

[[action]]
id = "salaries.tell"
title = "Tell"
places = ["item.toolbar", "workbin.rows", "history.rows"]
"""
CODE = """\
from PyQt6.QtWidgets import QLabel
from salaries import figures
from workloom.api import Action, View, hook


class Salaries:
    @hook
    def views(self, context):
        return (View(id="salaries.view", make=lambda: QLabel(figures.TEXT)),)

    @hook
    def actions(self, context):
        return (Action(id="salaries.tell", run=print),)
"""


@pytest.fixture
def plugins_under_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Candidate, ...]]:
    """A plugin for few."""
    package = tmp_path / "salaries"
    package.mkdir()
    for name, text in (
        ("__init__.py", ""),
        ("plugin.toml", MANIFEST),
        ("plugin.py", CODE),
        ("figures.py", 'TEXT = "All alike"\n'),
    ):
        (package / name).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    yield (Candidate("salaries", "salaries"),)
    for name in loaded():
        del sys.modules[name]


def loaded() -> set[str]:
    """What is imported of the plugin."""
    return {name for name in sys.modules if name.partition(".")[0] == "salaries"}


def cid_leads(site: Site) -> Site:
    """Of all people only Cid has the privilege, by a role of his own."""
    agent = site.roles["agent"]
    without = replace(agent, privileges=tuple(one for one in agent.privileges if one != PRIVILEGE))
    roles = {**site.roles, "agent": without, "lead": Role(name="lead", privileges=(PRIVILEGE,))}
    return replace(
        site, roles=roles, persons={**site.persons, "cid": replace(site.persons["cid"], roles=("agent", "lead"))}
    )


def test_what_is_imported_is_counted_by_role(office: Office, desktop: HeadlessDesktop) -> None:
    office.change(cid_leads)
    counts = {}
    for name in ("ann", "bob", "cid"):
        agent = desktop.log_in(name)
        shown = "Salaries" in [title for _icon, title in agent.desk.views.titles()]
        counts[name] = (len(loaded()), shown, "salaries.tell" in agent.actions())
    assert counts == {"ann": (0, False, False), "bob": (0, False, False), "cid": (3, True, True)}
    assert desktop.faults() == ()

"""Plugins written to a folder by the tests, so that finding and importing them is real and needs no installation."""

import importlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import cast

from workloom.api.context import Context
from workloom.api.plugins import Scope
from workloom.api.tokens import Wires
from workloom.plugin_manager.discovery import Candidate
from workloom.plugin_manager.manager import PluginManager
from workloom.plugin_manager.sessions import OpenSession
from workloom.shell.registries.contributions import Registries

HEAD = """
import sys
from workloom.api import *

"""
ONE_ACTION = """
class Plugin:
    @hook
    def actions(self, context):
        return [Action(id=context.plugin + ".act", run=print)]
"""
"""Declared by the manifest of every plugin with actions that `Yard.add` writes."""

DECLARED = "# with an action\n"
"""In a manifest that `Yard.add` gets: one of a plugin that has no hook for the action, is declared all the same."""


def declare(kind: str, *ids: str) -> str:
    """Tables of a manifest that declare contributions of one kind."""
    more = {
        "action": 'title = "Act"\nplaces = ["item.toolbar"]',
        "view": 'title = "View"\nregion = "main"',
        "interaction-view": "",
        "channel": "",
    }[kind]
    return "".join(f'[[{kind}]]\nid = "{id_}"\n{more}\n' for id_ in ids)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **span: float) -> None:
        """Move the clock on by a timedelta's arguments."""
        self.time += timedelta(**span)


class TestContext:
    """What the tests' plugins get: their id, their scope, and a list in which they can leave marks."""

    __test__ = False

    def __init__(self, plugin: str, scope: Scope, wires: Wires, marks: list[str]) -> None:
        self.plugin = plugin
        self.scope = scope
        self.marks = marks
        self.get, self.find, self.ask = wires.get, wires.find, wires.ask

    def on_stop(self, undo: Callable[[], None]) -> None:
        """Call `undo` when the plugin stops."""
        self.scope.add(undo)


class Yard:
    """A folder on the import path with plugins in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.candidates: list[Candidate] = []
        self.clock = Clock()
        self.marks: list[str] = []
        self.registries = Registries(lambda _privilege: True)

    def package(self, id_: str) -> str:
        """The package of a plugin of this yard; no other test has one of that name."""
        return f"{id_}_of_the_tests"

    def add(self, id_: str, code: str = ONE_ACTION, manifest: str = "") -> Candidate:
        """Write a plugin with a class `Plugin`. `manifest` is appended to the keys that every manifest has."""
        package = self.package(id_)
        head = f'id = "{id_}"\nname = "The {id_}"\nversion = "1.0"\napi-level = 1\n'
        desktop = "" if not code or "desktop =" in manifest else f'desktop = "{package}.plugin:Plugin"\n'
        acts = "def actions" in code or DECLARED in manifest
        declared = declare("action", f"{id_}.act") if acts else ""
        return self.write(id_, head + desktop + dedent(manifest) + "\n" + declared, code)

    def write(self, id_: str, manifest: str, code: str = "", package: str = "") -> Candidate:
        """Write a plugin with exactly this manifest."""
        package = package or self.package(id_)
        folder = self.folder / package
        folder.mkdir()
        (folder / "__init__.py").write_text('"""A plugin of the tests."""\n', "utf-8")
        (folder / "plugin.toml").write_text(manifest, "utf-8")
        (folder / "plugin.py").write_text(HEAD + dedent(code), "utf-8")
        importlib.invalidate_caches()
        candidate = Candidate(id_, package)
        self.candidates.append(candidate)
        return candidate

    def manager(
        self,
        *disabled: str,
        soon: Callable[[Callable[[], None]], None] = lambda function: function(),
        folder: Path | None = None,
        safe: bool = False,
    ) -> PluginManager:
        """A plugin manager that finds the plugins of the yard."""
        return PluginManager(self.candidates, disabled=disabled, now=self.clock, soon=soon, folder=folder, safe=safe)

    def context(self, plugin: str, scope: Scope, wires: Wires) -> Context:
        """Makes the contexts of plugins."""
        return cast("Context", TestContext(plugin, scope, wires, self.marks))

    def open(self, manager: PluginManager) -> OpenSession:
        """Start the plugins for one agent, into the yard's registries."""
        return manager.open_session(self.context, self.registries)

    def imported(self) -> set[str]:
        """Packages of the yard that have been imported."""
        return {one.package for one in self.candidates if one.package in sys.modules}

    def forget(self) -> None:
        """Take the yard's modules out of the interpreter."""
        for name in [name for name in sys.modules if name.partition(".")[0].endswith("_of_the_tests")]:
            del sys.modules[name]

    def actions(self) -> list[str]:
        """Ids of the actions that are registered, in order."""
        return [entry.what.id for entry in self.registries.all_actions]

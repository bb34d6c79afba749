"""Writes many plugins into a folder, as an installer leaves them: a package and a distribution for each."""

from pathlib import Path

MANIFEST = """
id = "many_{number}"
name = "Plugin {number}"
version = "1.0"
api-level = 1
summary = "One of many."
activation = "{activation}"
desktop = "many_{number}.plugin:Many"

[[privilege]]
name = "Can Use Plugin {number}"
meaning = "Use it."

[[option]]
name = "many.{number}.address"
type = "text"
default = ""
meaning = "Where it is."

[[action]]
id = "many_{number}.act"
title = "Act {number}"
places = ["history.rows"]
"""
CODE = """
from workloom.api import Action, hook


class Many:
    @hook
    def actions(self, context):
        return (Action(id="many_{number}.act", run=print),)
"""


def write_plugins(folder: Path, count: int, *, activation: str, installed: bool = True) -> tuple[str, ...]:
    """Plugins with an action, an option and a privilege each; their packages.

    Not `installed`: packages and distributions like the others, which no entry point makes plugins.
    """
    packages = []
    for number in range(count):
        package = folder / f"many_{number}"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("", "utf-8")
        (package / "plugin.toml").write_text(MANIFEST.format(number=number, activation=activation), "utf-8")
        (package / "plugin.py").write_text(CODE.format(number=number), "utf-8")
        information = folder / f"many_{number}-1.0.dist-info"
        information.mkdir()
        (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: many-{number}\nVersion: 1.0\n", "utf-8")
        group = "workloom.plugins" if installed else "nobody"
        (information / "entry_points.txt").write_text(f"[{group}]\nmany_{number} = many_{number}\n", "utf-8")
        packages.append(package.name)
    return tuple(packages)

"""Plugins that fail, each in one place of the desktop where code of a plugin runs."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Final

HEAD: Final = """
import sys
from threading import Thread

from PyQt6.QtCore import QObject, QThread, QTimer
from PyQt6.QtWidgets import QLabel, QPushButton, QWidget

from workloom.api import *


KEPT = []


def fail(*given):
    {fails}


"""


@dataclass(frozen=True)
class Place:
    """A plugin's code that fails in one place; `where` is what the fault must say of it."""

    where: str
    code: str
    manifest: str = ""


def view(where: str, make: str, code: str = "", region: str = "status-bar", order: int = 900) -> Place:
    """A plugin with one view; `make` are the fields of its declaration."""
    hook = f"""
    class Plugin:
        @hook
        def views(self, context):
            return [View(id="{{id}}.view", {make})]
    """
    manifest = f'[[view]]\nid = "{{id}}.view"\ntitle = "{{id}}"\nregion = "{region}"\norder = {order}\n'
    return Place(where, dedent(code) + dedent(hook), manifest)


def widget(method: str) -> Place:
    """A plugin with one widget of which a method that Qt calls fails."""
    code = f"""
    class Odd(QWidget):
        def __init__(self):
            super().__init__()
            self.setMinimumSize(8, 8)
        def {method}: fail()
    """
    return view("slot", "make=Odd", code)


def started(where: str, does: str, code: str = "") -> Place:
    """A plugin that does something as soon as the agent has logged in."""
    hook = f"class Plugin:\n    @hook\n    def session_started(self, context):\n{indent(dedent(does), ' ' * 8)}\n"
    return Place(where, dedent(code) + hook)


def action(where: str, fields: str) -> Place:
    """A plugin with one action; `fields` are those of its declaration."""
    code = f"""
    class Plugin:
        @hook
        def actions(self, context):
            return [Action(id="{{id}}.act", {fields})]
    """
    return Place(where, dedent(code), '[[action]]\nid = "{id}.act"\ntitle = "{id}"\nplaces = ["item.toolbar"]\n')


BUTTON: Final = """
def button():
    it = QPushButton("clicked here")
    it.clicked.connect(fail)
    return it
"""
FILTER: Final = """
class Filter(QObject):
    def eventFilter(self, watched, event):
        fail()

def filtered():
    it = QLabel("filtered")
    it.filter = Filter(it)
    it.installEventFilter(it.filter)
    return it
"""
WORK: Final = """
class Work(QThread):
    def run(self): fail()

"""
PLACES: Final[dict[str, Place]] = {
    "clicked": view("slot", "make=button", BUTTON),
    "painted": widget("paintEvent(self, event)"),
    "measured": widget("sizeHint(self)"),
    "resized": widget("resizeEvent(self, event)"),
    "shown": widget("showEvent(self, event)"),
    "filtered": view("slot", "make=filtered", FILTER),
    "timed": started("slot", "QTimer.singleShot(0, fail)"),
    "threaded": started("thread crm", "Thread(target=fail, name='crm').start()"),
    "qthreaded": started("slot", "self.work = Work()\nself.work.start()\ncontext.on_stop(self.work.wait)", WORK),
    "made": view("view made.view", "make=fail"),
    "no_widget": view("view no_widget.view", "make=object"),
    "badged": view("badge of view badged.view", "make=QLabel, badge=fail", region="main"),
    "paged": view("view paged.view", "make=fail", region="main"),
    "tabbed": view("view tabbed.view", "make_for=fail", region="item.context", order=1),
    "read": started("read", "[context.read(fail, print) for _more_than_at_once in range(5)]"),
    "answered": started("then", "context.read(list, fail)"),
    "told": started("subscriber of accepted", "context.subscribe(lambda event: event.kind == 'accepted' and fail())"),
    "noticed": started("notice", "context.notify(Notice(title='From noticed', action='Look here', run=fail))"),
    "undone": started("undo of a registration", "context.on_stop(fail)"),
    "stated": action("state of action stated.act", "run=print, state=fail"),
    "acted": action("action acted.act", "run=fail"),
    "presented": Place(
        "channel present",
        "class Plugin:\n    @hook\n    def channels(self, context):\n"
        "        return [Channel(id='presented', media_types=('incident',), present=fail)]\n",
        '[[channel]]\nid = "presented"\norder = 1\n',
    ),
    "imported": Place("import", "fail()\n"),
    "constructed": Place("start", "class Plugin:\n    def __init__(self): fail()\n"),
}
"""Every place where the desktop runs code of a plugin, but for the hooks, which the plugin manager's own tests try."""


PANE: Final = Place(
    "view paned",
    "class Plugin:\n    @hook\n    def interaction_views(self, context):\n"
    "        return [InteractionView(id='paned', make=fail)]\n",
    '[[interaction-view]]\nid = "paned"\nmedia-types = ["incident"]\n',
)
"""A pane that says more about an incident than the built-in one, and fails: apart, since it takes the others' place."""


def install(folder: Path, fails: str, places: Collection[str]) -> None:
    """Write one plugin for each place, as an installer leaves them: packages, and the entry points that name them."""
    points = ["[workloom.plugins]"]
    for id_ in places:
        place = PANE if id_ == "paned" else PLACES[id_]
        package = folder / f"{id_}_hostile"
        package.mkdir()
        (package / "__init__.py").write_text("", "utf-8")
        (package / "plugin.py").write_text(HEAD.replace("{fails}", fails) + place.code.replace("{id}", id_), "utf-8")
        head = (
            f'id = "{id_}"\nname = "The {id_}"\nversion = "1"\napi-level = 1\ndesktop = "{id_}_hostile.plugin:Plugin"\n'
        )
        (package / "plugin.toml").write_text(head + place.manifest.replace("{id}", id_), "utf-8")
        points.append(f"{id_} = {id_}_hostile")
    information = folder / "hostile-1.dist-info"
    information.mkdir()
    (information / "entry_points.txt").write_text("\n".join(points), "utf-8")

"""Plugins that fail, each in one place of the desktop where code of a plugin runs."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Final

HEAD: Final = """
import sys
from threading import Thread
from weakref import ref

from PyQt6.QtCore import QObject, QThread, QTimer
from PyQt6.QtWidgets import QLabel, QPushButton, QWidget

from workloom.api import *


KEPT, CONTEXTS = [], []


def seen(context):
    CONTEXTS[:] = [ref(context)]


def fail(*given):
    {fails}


"""


@dataclass(frozen=True)
class Place:
    """A plugin's code that fails in one place; `where` is what the fault must say of it.

    `side`: the key of the manifest that names its class.
    """

    where: str
    code: str
    manifest: str = ""
    side: str = "desktop"


def hooked(name: str, arguments: str = "context", manifest: str = "", side: str = "desktop") -> Place:
    """A plugin with one hook, which fails."""
    code = f"class Plugin:\n    @hook\n    def {name}({', '.join(filter(None, ('self', arguments)))}):\n"
    remember = "        seen(context)\n" if side == "desktop" else ""
    return Place(f"hook {name}", f"{code}{remember}        fail()\n        return ()\n", manifest, side)


def declaring(where: str, name: str, what: str, manifest: str, code: str = "") -> Place:
    """A plugin with one hook, which declares one thing; some function of that fails."""
    hook = f"""
    class Plugin:
        @hook
        def {name}(self, context):
            seen(context)
            return [{what}]
    """
    return Place(where, dedent(code) + dedent(hook), manifest)


def view(where: str, make: str, code: str = "", region: str = "status-bar", order: int = 900, about: str = "") -> Place:
    """A plugin with one view; `make` are the fields of its declaration."""
    manifest = f'[[view]]\nid = "{{id}}.view"\ntitle = "{{id}}"\nregion = "{region}"\norder = {order}\n'
    manifest += f'about = "{about}"\n' if about else ""
    return declaring(where, "views", f'View(id="{{id}}.view", {make})', manifest, code)


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


def started(where: str, does: str, code: str = "", manifest: str = "", more: str = "") -> Place:
    """A plugin that does something as soon as the agent has logged in. `more`: further lines of its class."""
    hook = f"class Plugin:{more}\n    @hook\n    def session_started(self, context):\n        seen(context)\n"
    return Place(where, dedent(code) + hook + indent(dedent(does), " " * 8) + "\n", manifest)


def action(where: str, fields: str) -> Place:
    """A plugin with one action; `fields` are those of its declaration."""
    manifest = '[[action]]\nid = "{id}.act"\ntitle = "{id}"\nplaces = ["item.toolbar"]\n'
    return declaring(where, "actions", f'Action(id="{{id}}.act", {fields})', manifest)


def gate(fields: str) -> Place:
    """A plugin with a gate before or after taking an offer."""
    manifest = '[[gate]]\nid = "{id}.gate"\ncommands = ["Accept"]\n'
    return declaring("gate {id}.gate", "gates", f'Gate(id="{{id}}.gate", {fields})', manifest)


def pane(where: str, make: str, code: str = "") -> Place:
    """A plugin with a pane that says more about an incident than the built-in one."""
    manifest = '[[interaction-view]]\nid = "{id}.pane"\nmedia-types = ["incident"]\n'
    return declaring(where, "interaction_views", f'InteractionView(id="{{id}}.pane", make={make})', manifest, code)


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
LIST: Final = """
from workloom.api.ui import Column, kit

def listed(context):
    table = kit(context).table("Things", [Column(key="a", title="A")])
    table.on_fetch(fail)
    return table.widget
"""
PAGE: Final = """
class Page(QWidget):
    def reveal(self, name): fail()

"""
WORK: Final = """
class Work(QThread):
    def run(self): fail()

"""
PANE: Final = """
class Pane(QWidget):
    def __init__(self, item):
        super().__init__()
    def {method}: fail()

"""
REFUSE: Final = """
def refuse():
    raise NotFound("There is none.")

"""
PROVIDER: Final = """
THING = Token("{id}.thing")

"""
FIND: Final = """
try:
    context.find(THING)
except NotFound:
    pass
"""
OF_WORKITEM: Final = 'requires = ["workitem"]\n'
READER: Final = '[[event-reader]]\nid = "{id}.reader"\n'
BACKEND: Final = '[[backend]]\nid = "{id}.system"\nschemes = ["{scheme}"]\n'
HOOKS: Final[dict[str, Place]] = {
    f"hook_{name}": hooked(name)
    for name in ("channels", "interaction_views", "views", "actions", "gates", "session_started", "session_ending")
} | {
    "hook_changed": hooked("interaction_changed", "context, event"),
    "hook_types": hooked("work_item_types", manifest=OF_WORKITEM),
    "hook_dispositions": hooked("work_item_dispositions", "context, item", OF_WORKITEM),
    "hook_problems": hooked("work_item_problems", "context, item", OF_WORKITEM),
    "hook_readers": hooked("event_readers", manifest=READER, side="engine"),
}
"""Every hook, but for that of backends, which stands in `BACKENDS`."""

PLACES: Final[dict[str, Place]] = HOOKS | {
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
    "revealed": view("reveal of view revealed.view", "make=Page", PAGE, region="main", about="thing"),
    "barred": view(
        "subject of toolbar item.toolbar", "make=lambda: context.desktop.toolbar(ActionPlace.ITEM_TOOLBAR, fail)"
    ),
    "listing": view("page of a list", "make=lambda: listed(context)", LIST),
    "tabbed": view("view tabbed.view", "make_for=fail", region="item.context", order=1),
    "read": started("read", "[context.read(fail, print) for _more_than_at_once in range(5)]"),
    "answered": started("then", "context.read(list, fail)"),
    "refused": started("failed", "context.read(refuse, print, fail)", REFUSE),
    "told": started("subscriber of accepted", "context.subscribe(lambda event: event.kind == 'accepted' and fail())"),
    "noticed": started("notice", "context.notify(Notice(title='From noticed', action='Look here', run=fail))"),
    "hearing": started("notice taker", "context.on_notice(fail)"),
    "ticked": started("clock", "context.on_clock(fail)"),
    "undone": started("undo of a registration", "context.on_stop(fail)"),
    "provided": started(
        "provider provided.thing",
        FIND,
        PROVIDER,
        'provides = ["provided.thing"]\n',
        "\n    providers = (provide(THING, fail),)",
    ),
    "ended": started(
        "undo of a registration",
        FIND,
        PROVIDER,
        'provides = ["ended.thing"]\n',
        "\n    providers = (provide(THING, object, stop=fail),)",
    ),
    "stated": action("state of action stated.act", "run=print, state=fail"),
    "acted": action("action acted.act", "run=fail"),
    "gated": gate("before=fail"),
    "gated_here": gate("before=fail, on_ui_thread=True"),
    "gated_after": gate("after=fail"),
    "presented": declaring(
        "channel present",
        "channels",
        "Channel(id='presented', media_types=('incident',), present=fail)",
        '[[channel]]\nid = "presented"\norder = 1\n',
    ),
    "reading": Place(
        "event reader reading.reader",
        "class Plugin:\n    @hook\n    def event_readers(self, context):\n"
        "        return [EventReader(id='reading.reader', take=fail)]\n",
        READER,
        "engine",
    ),
    "imported": Place("import", "fail()\n"),
    "constructed": Place("start", "class Plugin:\n    def __init__(self): fail(self)\n"),
}
"""Every place where a desktop on its own engine runs code of a plugin."""

PANES: Final[dict[str, Place]] = {
    "paned": pane("view paned.pane", "fail"),
    "saving": pane("save of the pane", "Pane", PANE.replace("{method}", "save(self, then)")),
    "focusing": pane("first field of the pane", "Pane", PANE.replace("{method}", "focus_first(self)")),
}
"""Panes that take the place of the built-in one, and fail: apart, since they take that of others, too."""

BACKENDS: Final[dict[str, Place]] = {
    "hook_backends": hooked("backends", "", BACKEND, "backends"),
    "opening": Place(
        "open of backend opening.system",
        "class Plugin:\n    @hook\n    def backends(self):\n"
        "        return [BackendOffer(id='opening.system', open=fail)]\n",
        BACKEND,
        "backends",
    ),
    "serving": Place(
        "backend serving.system: info",
        "class System:\n    def __getattr__(self, name): return fail\n"
        "class Plugin:\n    @hook\n    def backends(self):\n"
        "        return [BackendOffer(id='serving.system', open=lambda place: System())]\n",
        BACKEND,
        "backends",
    ),
}
"""Ways to services that fail; one is asked when the desktop is to connect to its scheme, such as `opening:`."""

EVERYWHERE: Final = PLACES | PANES | BACKENDS


def install(folder: Path, fails: str, places: Collection[str]) -> None:
    """Write one plugin for each place, as an installer leaves them: packages, and the entry points that name them."""
    points = ["[workloom.plugins]"]
    for id_ in places:
        place = EVERYWHERE[id_]
        package = folder / f"{id_}_hostile"
        package.mkdir()
        (package / "__init__.py").write_text("", "utf-8")
        (package / "plugin.py").write_text(HEAD.replace("{fails}", fails) + place.code.replace("{id}", id_), "utf-8")
        head = f'id = "{id_}"\nname = "The {id_}"\nversion = "1"\napi-level = 1\n'
        names = f'{place.side} = "{package.name}.plugin:Plugin"\n'
        tables = place.manifest.replace("{id}", id_).replace("{scheme}", id_.replace("_", "-"))
        (package / "plugin.toml").write_text(head + names + tables, "utf-8")
        points.append(f"{id_} = {package.name}")
    information = folder / "hostile-1.dist-info"
    information.mkdir()
    (information / "entry_points.txt").write_text("\n".join(points), "utf-8")


def said_of(id_: str) -> str:
    """What the fault of a place must say: where it happened."""
    return EVERYWHERE[id_].where.replace("{id}", id_)

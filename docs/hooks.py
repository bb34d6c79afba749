"""Writes docs/hooks.md from the hooks themselves: `python docs/hooks.py`. A test keeps the page true."""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from workloom.api.hooks import BackendHooks, DesktopHooks, EngineHooks
from workloom.plugin_manager.meter import budget_of
from workloom_workitem.api import WorkItemHooks

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "hooks.md"
CORE = (DesktopHooks, EngineHooks, BackendHooks)
OF_PLUGINS = {"workitem": WorkItemHooks}
MODES = ("Collect", "Best match", "Gate", "Pipe", "Observe", "The first plugin")
FAULT = "An error is a fault of the plugin, and its answer is left out; the others get the call."
ASIDE = "It runs off the UI thread and has no budget; a loop is broken off after ten seconds of work."
TERMS = {
    DesktopHooks: FAULT,
    EngineHooks: f"{FAULT} {ASIDE}",
    BackendHooks: f"An error is a fault of the plugin, and the login page says that it has failed. {ASIDE}",
    WorkItemHooks: f"{FAULT} Off the UI thread it has 5 seconds, on it {budget_of('hook x'):.0f} milliseconds.",
}
"""What an error counts as in the hooks of a class, and how long they may take."""
HEAD = """# Hooks

This page is written by `python docs/hooks.py`; a test keeps it true.

A plugin is a class with methods marked `@hook`. A method takes those of the hook's arguments that it names, by name.
Each call goes through the guard: what raises is a fault with the plugin's name, the other plugins still get the call,
and four faults within 15 minutes pause the plugin. What is no declaration of the right type, or not in the manifest, is
a fault as well and is left out. On the UI thread a hook has 50 milliseconds, `interaction_changed` 5; what takes longer
is shown by the inspector, and a call that hangs is broken off. What takes time belongs into `context.read`. Off the UI
thread a hook that another plugin asks has 5 seconds; a loop without end is broken off there as well.

A mode says what becomes of the answers: *collect* takes those of all plugins, *best match* the one that says most about
an item, *gate* may stop what is about to happen, *observe* takes none.
"""
CONCEPTS = """
## From the concepts of the reference desktop to ours

| there | here |
|---|---|
| module, loaded by role | a plugin with a manifest; `privilege` and `agent-groups` of its contributions |
| region and view, by string | `View` with a `Region`, made by `make` or `make_for` |
| view with a condition | `privilege`, `agent-groups`, or an `InteractionView` for media types and subtypes |
| chain of commands, a command inserted before or after | `Gate` with `before` and `after`, and its `Verdict` |
| command removed or replaced in a chain | the verdict `instead`, or an `[[action-filter]]` for an action |
| what can be done with an object in a place | `Action` with `places` and `state`; a disabled one carries its reason |
| main menu, toolbar, menu of a workbin or history | `ActionPlace` |
| replacing a native part | `[[action-filter]]`, a token that is replaced, a pane by best match |
| a work item type in eight extension objects | one `WorkItemType`, and `work_item_problems` where rules are needed |
| disposition code from elsewhere | `work_item_dispositions` |
| request that is based on routing, by keys in attached data | `Transfer` to a `Target`; the service routes it |
| event of an interaction | `interaction_changed`, `context.subscribe`; outside of the desktop `EventReader` |
| alert, system message | `context.notify` with a `Notice` |
| option of an application | `[[option]]` with its schema, `context.options()` |
| language file, theme, logo | `locale/<language>/*.po`, `[branding]` |
| service of another module | a token: `provide`, `context.get` |
| automation from outside | the plugin *remote*: `python -m workloom_remote` |
"""


def hooks_of(kind: type) -> list[str]:
    """The hooks of a class, in its order."""
    return [name for name, member in vars(kind).items() if inspect.isfunction(member) and not name.startswith("_")]


def used_by() -> dict[str, list[str]]:
    """The plugins that implement each hook: the built-in ones, the extensions beside them, and those of recipes."""
    found: dict[str, list[str]] = {}
    for file, plugin in _sources():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(ast.unparse(one) == "hook" for one in node.decorator_list):
                found.setdefault(node.name, []).append(plugin)
    return {name: sorted(set(plugins)) for name, plugins in found.items()}


def page() -> str:
    """The page as it must be."""
    users = used_by()
    parts = [HEAD]
    for kind in CORE:
        parts.append(f"\n## {kind.__name__}\n\n{inspect.cleandoc(kind.__doc__ or '')}\n")
        parts += [_section(kind, name, users.get(name, [])) for name in hooks_of(kind)]
    for plugin, kind in OF_PLUGINS.items():
        text = f"\n## {kind.__name__}\n\n{inspect.cleandoc(kind.__doc__ or '')}"
        parts.append(f"{text} The plugin *{plugin}* asks them; `{kind.__module__}` has them.\n")
        parts += [_section(kind, name, users.get(name, [])) for name in hooks_of(kind)]
    return "".join((*parts, CONCEPTS))


def _section(kind: type, name: str, users: list[str]) -> str:
    signature = str(inspect.signature(getattr(kind, name))).replace("(self, ", "(").replace("(self)", "()")
    for module in ("workloom.api.context.", "workloom.api.contributions.", "collections.abc.", "workloom.api.gates."):
        signature = signature.replace(module, "")
    short = ".".join(part for part in signature.split("."))
    said = dedent(inspect.cleandoc(getattr(kind, name).__doc__ or ""))
    users_line = f"Used by: {', '.join(users)}" if users else "Used by: the core"
    terms = TERMS[kind]
    if kind is DesktopHooks:
        terms += f" Budget: {budget_of(f'hook {name}'):.0f} milliseconds on the UI thread."
    return f"\n### `{name}`\n\n```python\n{name}{_plain(short)}\n```\n\n{said}\n\n{terms}\n\n{users_line}\n"


def _plain(signature: str) -> str:
    """Types by their own names, without those of modules."""
    apart = signature.replace("[", " [ ").replace("]", " ] ").replace(",", " , ").replace(")", " )")
    words = [word.rpartition(".")[2] if "workloom" in word else word for word in apart.split(" ")]
    text = " ".join(words)
    for before, after in ((" [ ", "["), (" ] ", "]"), (" ]", "]"), (" , ", ", "), (" )", ")"), ("  ", " ")):
        text = text.replace(before, after)
    return text.replace("]->", "] ->")


def _sources() -> Iterator[tuple[Path, str]]:
    for file in sorted((ROOT / "plugins").glob("*/plugin.py")):
        yield file, file.parent.name.removeprefix("workloom_")
    for file in sorted((ROOT / "sample_extensions").glob("*/*/*.py")):
        if (file.parent / "plugin.toml").exists():
            yield file, file.parent.name
    for file in sorted((ROOT / "tests" / "recipes" / "plugins").glob("*/plugin.py")):
        yield file, f"recipe {file.parent.name}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.exit(0)

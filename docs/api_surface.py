"""What `workloom.api` offers to plugins, as a file for each API level: docs/api/level-N.json.

    python docs/api_surface.py            # say what has changed since the file was written
    python docs/api_surface.py --write    # write the file anew; refused where something breaks

What is only added leaves the level as it is. What is taken away or changed breaks plugins: it needs a new level, or has
to stay, deprecated, for two minor releases.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe

ROOT = Path(__file__).parents[1]
MODULES = {"api": "workloom.api", "api.values": "workloom.api", "api.ui": "workloom.api.ui"}
"""Where names are exported, and what plugins import them from."""

OURS = frozenset({"Contributions", "Guard", "PluginSession", "Plugins", "Scope"})
"""What Workloom's own parts speak among each other; plugins neither call nor implement it."""

IMPLEMENTED = frozenset(
    f"workloom.api.{name}"
    for name in (
        "Backend",
        "ConfigurationService",
        "Contacts",
        "Directory",
        "Events",
        "History",
        "Link",
        "PresenceService",
        "Services",
        "WorkItems",
        "Workbins",
    )
)
"""What backends of plugins implement: one that was written before lacks what is new there."""

Surface = dict[str, Any]


def level_file(level: int) -> Path:
    """The file of an API level."""
    return ROOT / "docs" / "api" / f"level-{level}.json"


def current_level() -> int:
    """The level that the sources name."""
    module = griffe.load("workloom.api.hooks", search_paths=[ROOT / "core"])
    return int(str(module["API_LEVEL"].value))


def surface() -> Surface:
    """All public names with what a plugin sees of them, read from the sources; nothing is imported."""
    loader = griffe.GriffeLoader(search_paths=[ROOT / "core"])
    package = loader.load("workloom")
    loader.resolve_aliases(implicit=False, external=False)
    found: Surface = {}
    for module, shown in MODULES.items():
        scope = package[module]
        names = (name for name in scope.exports or () if isinstance(name, str))
        found |= {f"{shown}.{name}": described(scope[name]) for name in names if name not in OURS}
    return dict(sorted(found.items()))


def described(given: griffe.Object | griffe.Alias) -> Surface:
    """What a plugin sees of a class, a function, a value or a module."""
    what = given.final_target if isinstance(given, griffe.Alias) else given
    if isinstance(what, griffe.Module):
        members = {name: one for name, one in what.members.items() if name[0] != "_" and not one.is_alias}
        return {"kind": "module", "members": {name: described(one) for name, one in sorted(members.items())}}
    if isinstance(what, griffe.Class):
        members = {name: one for name, one in what.members.items() if name[0] != "_" or name == "__init__"}
        bases = [str(base) for base in what.bases]
        return {"kind": "class", "bases": bases, "members": {name: described(one) for name, one in members.items()}}
    if isinstance(what, griffe.Function):
        given_ = [parameter(one) for one in what.parameters if one.name not in ("self", "cls")]
        said: Surface = {"kind": "function", "parameters": given_, "returns": str(what.returns or "")}
        later = any(str(one.value).endswith("came_later") for one in what.decorators)
        return said | ({"later": True} if later else {})
    if isinstance(what, griffe.Attribute):
        if "property" in what.labels:
            return {"kind": "property", "type": str(what.annotation or "")}
        # The value of a constant may change; that a field has a default may not go.
        return {"kind": "value", "type": str(what.annotation or ""), "default": what.value is not None}
    return {"kind": "type", "value": str(getattr(what, "value", ""))}


def parameter(one: griffe.Parameter) -> Surface:
    """A parameter of a function."""
    kind = one.kind.value if one.kind else ""
    return {"name": one.name, "kind": kind, "type": str(one.annotation or ""), "default": one.default is not None}


def breaks(before: Surface, now: Surface) -> Iterator[str]:
    """What a plugin that was written for `before` misses in `now`, a sentence each."""
    for name, old in before.items():
        if name not in now:
            yield f"{name} is gone"
        else:
            yield from _changes(name, old, now[name])
            if name in IMPLEMENTED:
                yield from _lacking(name, old["members"], now[name]["members"])


def additions(before: Surface, now: Surface) -> Iterator[str]:
    """What `now` offers beyond `before`, a sentence each: it stays for as long as the level, so it is wanted."""
    for name, new in now.items():
        if name not in before:
            yield f"{name} is new"
        else:
            yield from _added(name, before[name], new)


def _added(name: str, old: Surface, new: Surface) -> Iterator[str]:
    known = old.get("members", {})
    for member, one in new.get("members", {}).items():
        if member in known:
            yield from _added(f"{name}.{member}", known[member], one)
        else:
            yield f"{name}.{member} is new"
    parameters = {one["name"]: one for one in old.get("parameters", ())}
    for one in new.get("parameters", ()):
        if one["name"] not in parameters:
            yield f"{name}() takes {one['name']} as well"
        elif one["default"] and not parameters[one["name"]]["default"]:
            yield f"{name}(): {one['name']} has a default"
    if new.get("default") and old.get("default") is False:
        yield f"{name} has a default"


def _changes(name: str, old: Surface, new: Surface) -> Iterator[str]:
    if old["kind"] != new["kind"]:
        yield f"{name} was a {old['kind']} and is a {new['kind']}"
        return
    for key in ("bases", "returns", "type", "value"):
        if old.get(key) != new.get(key):
            yield f"{name}: {key} was {old.get(key) or 'not said'} and is {new.get(key) or 'not said'}"
    if old.get("default") and not new.get("default"):
        yield f"{name} has no default any more"
    if old["kind"] == "function":
        yield from _parameter_changes(name, old["parameters"], new["parameters"])
    for member, was in old.get("members", {}).items():
        if member not in new["members"]:
            yield f"{name}.{member} is gone"
        else:
            yield from _changes(f"{name}.{member}", was, new["members"][member])
    yield from _new_needs(name, old, new)


def _parameter_changes(name: str, old: list[Surface], new: list[Surface]) -> Iterator[str]:
    there = {one["name"]: one for one in new}
    for one in old:
        if one["name"] not in there:
            yield f"{name}() takes no {one['name']} any more"
        elif there[one["name"]] != one and there[one["name"]] != {**one, "default": True}:
            yield f"{name}(): {one['name']} has changed"
    known = {one["name"] for one in old}
    for one in new:
        if one["name"] not in known and not one["default"] and not one["kind"].startswith("variadic"):
            yield f"{name}() needs {one['name']} from now on"


def _lacking(name: str, old: Surface, new: Surface) -> Iterator[str]:
    """What a backend lacks that was written before."""
    for member, one in new.items():
        if member not in old and not one.get("later"):
            yield f"{name}.{member} is new, and backends that are there lack it: mark it came_later"
        before: Surface = old.get(member) or one
        known = {given["name"] for given in before.get("parameters", ())}
        for given in one.get("parameters", ()):
            if given["name"] not in known:
                yield f"{name}.{member}() takes {given['name']} as well, and backends that are there do not"


def _new_needs(name: str, old: Surface, new: Surface) -> Iterator[str]:
    """A struct with a new field that has no default cannot be made as before."""
    if "Struct" not in old.get("bases", ()):
        return
    for member, one in new["members"].items():
        if member not in old["members"] and one["kind"] == "value" and not one["default"]:
            yield f"{name} needs {member} from now on"


def written(found: Surface) -> str:
    """The text of the file: one name a line, so that a review shows what changes."""
    lines = [f"  {json.dumps(name)}: {json.dumps(what, ensure_ascii=False)}" for name, what in found.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(*arguments: str) -> int:
    """Compare, or write."""
    file, now = level_file(current_level()), surface()
    before = json.loads(file.read_text("utf-8")) if file.exists() else {}
    broken = list(breaks(before, now))
    for line in broken:
        print(f"breaks: {line}")
    if broken:
        print("Let it stay, deprecated, or raise API_LEVEL in core/workloom/api/hooks.py.")
        return 1
    if "--write" in arguments:
        file.write_text(written(now), "utf-8")
    elif before != now:
        for line in additions(before, now):
            print(f"added: {line}")
        print(f"{file.relative_to(ROOT)} is not up to date: python docs/api_surface.py --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

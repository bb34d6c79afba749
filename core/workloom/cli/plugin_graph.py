"""`workloom plugin graph`: which plugin needs which, and what is wired to what, as text or for Graphviz."""

from collections.abc import Iterator, Sequence

from workloom.api.inspection import Wire
from workloom.api.plugins import PluginInfo, PluginState

_GOOD = (PluginState.READY, PluginState.RUNNING)


def graph(infos: Sequence[PluginInfo], wires: Sequence[Wire]) -> str:
    """A paragraph for each plugin in their order, with what it needs, and one for each token."""
    if not infos:
        return "No plugin is installed."
    parts = [_of_plugin(info) for info in infos]
    parts += [_of_token(wire) for wire in wires]
    return "\n".join(parts)


def dot(infos: Sequence[PluginInfo], wires: Sequence[Wire]) -> str:
    """The same in the language of Graphviz: plugins are boxes, tokens ellipses; who needs points to what it needs."""
    lines = ["digraph plugins {", "  rankdir=LR;"]
    lines += [f"  {_quoted(info.id)} [shape=box{'' if info.state in _GOOD else ', style=dashed'}];" for info in infos]
    lines += [f"  {_quoted(wire.token)} [shape=ellipse];" for wire in wires]
    for info in infos:
        lines += [f"  {_quoted(info.id)} -> {_quoted(need)};" for need in info.requires]
        lines += [f"  {_quoted(info.id)} -> {_quoted(need)} [style=dashed];" for need in info.optional]
    for wire in wires:
        if wire.provider:
            lines.append(f"  {_quoted(wire.token)} -> {_quoted(wire.provider)} [style=bold];")
        lines += [f"  {_quoted(wire.token)} -> {_quoted(one)} [style=dotted];" for one in wire.replaced]
    return "\n".join([*lines, "}"])


def _of_plugin(info: PluginInfo) -> str:
    said = [info.id if info.state in _GOOD else f"{info.id} ({info.state})", *_needs(info)]
    return "\n  ".join(said)


def _needs(info: PluginInfo) -> Iterator[str]:
    for word, names in (
        ("requires", info.requires),
        ("may use", info.optional),
        ("provides", info.provides),
        ("replaces", info.replaces),
    ):
        if names:
            yield f"{word} {', '.join(names)}"


def _of_token(wire: Wire) -> str:
    said = [wire.token, f"provided by {wire.provider}" if wire.provider else "provided by nobody"]
    if wire.replaced:
        said.append(f"in place of {', '.join(reversed(wire.replaced))}")
    said.append(f"used by {', '.join(wire.users)}" if wire.users else "used by nobody")
    return "\n  ".join(said)


def _quoted(name: str) -> str:
    return f'"{name}"'

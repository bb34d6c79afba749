"""`workloom plugin`: what is installed, what is wrong with it, and a new one. Only `check` imports one."""

import argparse
from collections.abc import Callable, Sequence

from workloom.api.plugins import Declared, PluginInfo
from workloom.cli import (
    plugin_bisect,
    plugin_bundle,
    plugin_check,
    plugin_faults,
    plugin_graph,
    plugin_new,
    plugin_switch,
    plugin_trace,
)
from workloom.plugin_manager.admission import check_names
from workloom.plugin_manager.discovery import installed
from workloom.plugin_manager.manager import PluginManager
from workloom.settings import Settings

_KINDS = {"interaction-view": "pane"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the actions."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="List the installed plugins in the order in which they come.")
    plugin_new.configure(actions.add_parser(plugin_new.NAME, help=plugin_new.HELP))
    graph_ = actions.add_parser("graph", help="Show which plugin needs which, and what is wired to what.")
    graph_.add_argument("--dot", action="store_true", help="in the language of Graphviz")
    for name, said in plugin_switch.NAMES.items():
        switched = actions.add_parser(name, help=said)
        switched.add_argument("name", metavar="NAME", help="id of the plugin")
    for part in (plugin_check, plugin_trace, plugin_faults, plugin_bisect, plugin_bundle):
        part.configure(actions.add_parser(part.NAME, help=part.HELP))
    info = actions.add_parser("info", help="Show what a plugin declares.")
    info.add_argument("name", metavar="NAME", help="id of the plugin, as `workloom plugin list` shows it")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what was asked for. BadInput when there is no plugin of that name."""
    alone: dict[str, Callable[[argparse.Namespace], int]] = {
        part.NAME: part.run for part in (plugin_new, plugin_check, plugin_trace)
    }
    if arguments.action in alone:
        return alone[arguments.action](arguments)
    if arguments.action == plugin_faults.NAME:
        return plugin_faults.run(arguments, settings)
    manager = PluginManager(installed(), folder=settings.data)  # no index: to look at plugins writes nothing
    with_manager: dict[str, Callable[[argparse.Namespace, PluginManager, Settings], int]] = {
        part.NAME: part.run for part in (plugin_bisect, plugin_bundle)
    }
    if arguments.action in with_manager:
        return with_manager[arguments.action](arguments, manager, settings)
    print(_said(arguments, manager, settings))
    return 0


def _said(arguments: argparse.Namespace, manager: PluginManager, settings: Settings) -> str:
    infos = manager.infos()
    if arguments.action == "list":
        return table(infos)
    if arguments.action == "graph":
        return (plugin_graph.dot if arguments.dot else plugin_graph.graph)(infos, manager.inspector.wires())
    if arguments.action in plugin_switch.NAMES:
        return plugin_switch.switch(arguments.name, infos, settings, on=arguments.action == "enable")
    check_names([arguments.name], [info.id for info in infos])
    return "\n\n".join(sheet(info) for info in infos if info.id == arguments.name)


def table(infos: Sequence[PluginInfo]) -> str:
    """One line for each plugin, and one below it for what is wrong."""
    if not infos:
        return "No plugin is installed."
    rows = [(info.id, info.version or "?", info.state.value, info.summary or info.name) for info in infos]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = []
    for info, row in zip(infos, rows, strict=True):
        lines.append("  ".join([*(cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)), row[3]]))
        if info.reason:
            lines.append(f"    {info.reason}")
    return "\n".join(lines)


def sheet(info: PluginInfo) -> str:
    """All that is known of one plugin, a line each."""
    rows = [
        ("name", info.name),
        ("version", info.version),
        ("state", f"{info.state}: {info.reason}" if info.reason else info.state.value),
        ("summary", info.summary),
        ("package", info.package),
        ("manifest", info.manifest),
        ("API level", str(info.api_level or "")),
        ("requires", ", ".join(info.requires)),
        ("optional", ", ".join(info.optional)),
        ("provides", ", ".join(info.provides)),
        ("replaces", ", ".join(info.replaces)),
        *((_KINDS.get(one.kind, one.kind), _in_words(one)) for one in info.contributions),
        *(("privilege", f"{name}: {meaning}") for name, meaning in info.privileges),
        *(("option", name) for name in info.options),
    ]
    return "\n".join([info.id, *(f"  {title:<10}{text}" for title, text in rows if text)])


def _in_words(one: Declared) -> str:
    """A contribution by its title, or its id where it has none, with its key and where it stands."""
    said = ", ".join((one.title or one.id, *one.where))
    return f"{said} ({one.key})" if one.key else said

"""`workloom desktop`: the agent desktop, on the embedded engine or on a server."""

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workloom.domain.errors import BadInput
from workloom.settings import SERVER_VARIABLE, Settings

if TYPE_CHECKING:
    from workloom.plugin_manager.discovery import Candidate
    from workloom.shell.preferences import Theme

MADE_BEFORE_A_LOOK = 30_000
"""Objects after which Python looks for garbage, in place of 700. What a desktop makes while it starts, it keeps."""

THEMES = ("system", "light", "dark")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom desktop`."""
    parser.add_argument(
        "--disable", metavar="NAME", action="append", default=[], help="leave a plugin off (may be repeated)"
    )
    parser.add_argument(
        "--dev",
        metavar="PATH",
        action="append",
        default=[],
        help="also start the plugin in this folder, which has a pyproject.toml, and reload it when a file changes",
    )
    parser.add_argument("--trace", metavar="FILE", help="write each call into a plugin, for `workloom plugin trace`")
    parser.add_argument("--safe-mode", action="store_true", help="start only the plugins that come with Workloom")
    parser.add_argument(
        "--server",
        metavar="URL[,URL…]",
        default="",
        help=f"work on a server, any of these nodes of it (also {SERVER_VARIABLE}, or `servers` in desktop.toml)",
    )
    parser.add_argument("--as", dest="enters", metavar="USER", default="", help="log in this user of a demo site")
    parser.add_argument("--theme", choices=THEMES, help="light or dark, in place of what was chosen last")
    parser.add_argument(
        "--play",
        metavar="FOLDER",
        help="play the main job by itself, on demo data of its own, and write a picture of each step to the folder",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Open the desktop; returns when its last window is closed."""
    gc.set_threshold(MADE_BEFORE_A_LOOK)
    gc.disable()  # until the service is open: `shell.connection`
    from workloom.bootstrap.desktop import Desktop, choose_platform, quiet_offscreen

    shown = choose_platform()
    if arguments.play:
        given = (
            arguments.disable,
            arguments.server,
            arguments.enters,
            arguments.safe_mode,
            arguments.dev,
            arguments.trace,
        )
        if any(given):
            raise BadInput("The main job is played with every plugin on data of its own: leave out the other options.")
        return _play(Path(arguments.play), arguments.theme or "light")
    candidates, developed = _with_developed(arguments.dev)
    desktop = Desktop(
        settings,
        disabled=arguments.disable,
        safe=arguments.safe_mode,
        theme=arguments.theme,
        enters=arguments.enters,
        candidates=candidates,
        developed=developed,
        trace=Path(arguments.trace) if arguments.trace else None,
    )
    if shown:
        return desktop.run()
    print("There is no display: the desktop runs offscreen and nothing can be seen.", file=sys.stderr)
    desktop.connection.failed.connect(lambda error: print(f"workloom: {error}", file=sys.stderr, flush=True))
    with quiet_offscreen():
        return desktop.run()


def _with_developed(folders: list[str]) -> tuple["tuple[Candidate, ...] | None", "tuple[Candidate, ...]"]:
    """The plugins to start, None = those that are installed, and which of them come from folders."""
    if not folders:
        return None, ()
    from workloom.plugin_manager.discovery import installed
    from workloom.testing.plugins import plugins_of

    developed = tuple(candidate for folder in folders for candidate in plugins_of(Path(folder).absolute()))
    for folder in folders:
        sys.path[:0] = [str(Path(folder).absolute()), str(Path(folder).absolute() / "src")]
    names = {one.name for one in developed}
    return (*(one for one in installed() if one.name not in names), *developed), developed


def _play(pictures: Path, theme: "Theme") -> int:
    """Play the main job; 1 when a step did not come."""
    from workloom.testing.desktop.person import NotSeen
    from workloom.testing.desktop.playing import play

    try:
        play(pictures, lambda text: print(text, flush=True), theme=theme)
    except NotSeen as error:
        print(f"The play stopped: {error}", file=sys.stderr)
        return 1
    print(f"A picture of each step is in {pictures.resolve()}")
    return 0

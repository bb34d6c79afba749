"""`workloom desktop`: the agent desktop on the embedded engine."""

import argparse
import sys

from workloom.settings import Settings

THEMES = ("system", "light", "dark")


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom desktop`."""
    parser.add_argument(
        "--disable", metavar="NAME", action="append", default=[], help="leave a plugin off (may be repeated)"
    )
    parser.add_argument("--theme", choices=THEMES, help="light or dark, in place of what was chosen last")
    parser.add_argument(
        "--play", metavar="FOLDER", help="play the main job by itself and write a picture of each step to the folder"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Open the desktop; returns when its last window is closed."""
    from workloom.bootstrap.desktop import Desktop, choose_platform

    if not choose_platform():
        print("There is no display: the desktop runs offscreen and nothing can be seen.", file=sys.stderr)
    desktop = Desktop(settings, disabled=arguments.disable, theme=arguments.theme)
    return desktop.run()

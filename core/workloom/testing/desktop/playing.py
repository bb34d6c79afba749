"""Plays the main job on a data folder of its own, with a picture of each step."""

import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from workloom.bootstrap.desktop import Desktop, quiet_offscreen
from workloom.settings import Settings
from workloom.shell.preferences import Theme
from workloom.testing.desktop.main_job import MainJob
from workloom.testing.desktop.screen import use_screen

SCREEN = (1440, 900)
"""A laptop's: the window fills it, and offers stand in the corner of both."""


def play(pictures: Path, said: Callable[[str], None], *, theme: Theme, disabled: Collection[str] = ()) -> None:
    """Play; `said` hears of each step. `disabled`: plugins to leave off. NotSeen when a step does not come."""
    with tempfile.TemporaryDirectory(prefix="workloom-play-") as folder, quiet_offscreen():
        use_screen(Path(folder), *SCREEN)
        desktop = Desktop(Settings(data=Path(folder)), disabled=disabled, theme=theme)
        desktop.contain()
        desktop.hold()
        desktop.windows.open_window()
        try:
            MainJob(desktop.windows, pictures, said).play()
        finally:
            desktop.close()

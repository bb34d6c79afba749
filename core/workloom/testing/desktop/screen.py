"""The screen of a desktop that nobody sees. Qt's own offscreen one is 800 × 800: smaller than the window."""

import json
import os
from pathlib import Path
from typing import Final

PLATFORM: Final = "QT_QPA_PLATFORM"
OFFSCREEN: Final = "offscreen"


def describe_screen(folder: Path, width: int, height: int) -> str:
    """The platform of an offscreen screen of this size in px; its description is written to `folder`.

    Qt takes the parts of a platform apart at colons, so below a folder with one in its name the usual screen stays.
    """
    file = folder / "screen.json"
    if ":" in str(file):
        return OFFSCREEN
    screen = {"name": "desk", "x": 0, "y": 0, "width": width, "height": height}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file.write_text(json.dumps({"windowFrameMargins": False, "screens": [screen]}), encoding="utf-8")
    return f"{OFFSCREEN}:configfile={file}"


def use_screen(folder: Path, width: int, height: int) -> None:
    """Give what runs offscreen a screen of this size; to be called before Qt starts. Real screens stay."""
    if os.environ.get(PLATFORM) == OFFSCREEN:
        os.environ[PLATFORM] = describe_screen(folder, width, height)

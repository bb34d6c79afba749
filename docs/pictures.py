"""Makes the pictures of the README and the docs by playing the main job: `./loom pictures`."""

import os
import shutil
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"
CHOSEN = {
    "02-channels-lena": "login",
    "04-toast": "offer",
    "10-transfer": "transfer",
    "13-second-opened": "item",
    "15-workbins": "workbins",
    "18-history": "history",
}


def main() -> None:
    """Play, and keep the chosen pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from workloom.plugin_manager.discovery import installed
    from workloom.testing.desktop.playing import play

    # What a user gets: the samples, which are installed beside it for the tests, stay off.
    own = {point.name for point in distribution("workloom").entry_points}
    guests = {candidate.name for candidate in installed()} - own

    with tempfile.TemporaryDirectory() as folder:
        play(Path(folder), lambda text: print(text, flush=True), theme="light", disabled=guests)
        PICTURES.mkdir(exist_ok=True)
        for made, name in CHOSEN.items():
            shutil.copyfile(Path(folder) / f"{made}.png", PICTURES / f"{name}.png")
    print(f"{len(CHOSEN)} pictures are in {PICTURES}")


if __name__ == "__main__":
    sys.exit(main())

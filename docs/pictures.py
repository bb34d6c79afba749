"""Makes the pictures of the README and the docs by playing the main job and the demo: `./loom pictures`."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from workloom.bootstrap.desktop import Desktop

PICTURES = Path(__file__).parent / "pictures"
CHOSEN = {
    "02-channels-lena": "login",
    "04-toast": "offer",
    "10-transfer": "transfer",
    "13-second-opened": "item",
    "15-workbins": "workbins",
    "18-history": "history",
}
OF_THE_DEMO = ("demo", "inspector", "options", "offline")
SHARE, STEP = 0.72, 0.14
"""How large each of three windows is in the picture of the demo, and how far each stands from the one behind it."""


def say(text: str) -> None:
    """Tell of a step."""
    print(text, flush=True)


def play_job(folder: Path, guests: Collection[str]) -> None:
    """The main job on one desktop."""
    from workloom.testing.desktop.playing import play

    play(folder, say, theme="light", disabled=guests)


def play_demo(folder: Path, pictures: Path, guests: Collection[str]) -> None:
    """The demo until its node is gone: three desktops, the inspector, and a desktop without a connection."""
    from PyQt6.QtWidgets import QApplication

    from workloom.bootstrap.demo_feed import open_feed
    from workloom.bootstrap.desktop import Desktop, quiet_offscreen
    from workloom.cli.demo_processes import DemoProcesses
    from workloom.plugin_manager.discovery import installed
    from workloom.settings import Settings
    from workloom.testing.desktop.demo_play import NAMES

    application = QApplication.instance()
    assert isinstance(application, QApplication), "the main job comes first"
    processes, feed = DemoProcesses(folder), open_feed(folder / "data", datetime.now(UTC))
    desktops: list[Desktop] = []
    try:
        url = processes.start_node({"data": str(folder / "data"), "log_level": "warning"})
        for user in NAMES:
            data = Settings(data=folder / f"desktop-{user}", servers=(url,))
            own = [candidate for candidate in installed() if candidate.name not in guests]
            desktops.append(Desktop(data, theme="light", application=application, candidates=own))
        with quiet_offscreen():
            for desktop in desktops:
                desktop.hold()
                desktop.windows.open_window()
            take_pictures(desktops, pictures, processes.close)
    finally:
        for desktop in desktops:
            desktop.close()
        processes.close()
        feed.close()


def take_pictures(desktops: Sequence["Desktop"], pictures: Path, end_node: Callable[[], None]) -> None:
    """Play a transfer from one desktop to the next, look on in the third, then be without a connection."""
    from workloom.testing.desktop.demo_play import NAMES, DemoPlay
    from workloom.testing.desktop.main_job import ONLY

    class Shown(DemoPlay):
        def play(self) -> None:
            lena, lars, ines = (
                self._log_in(desktop.windows[0], user, name, only="" if user == "ines" else ONLY)
                for desktop, (user, name) in zip(self._desktops, NAMES.items(), strict=True)
            )
            self._accept(lena)
            self._work(lena)
            self._not_ready(lena)
            self._transfer(lena)
            self._receive(lars)
            self._look(ines)
            save_windows([person.window for person in (lena, lars, ines)], pictures / "demo.png")
            ines.click("Plugins")
            ines.wait_for("Time per hook")
            ines.picture("inspector")
            ines.click("Options")
            ines.wait_for("In the site file")
            ines.picture("options")
            lars.close_notices()
            end_node()
            lars.wait_for("No connection to the service.")
            lars.picture("offline")

    Shown([desktop.windows for desktop in desktops], pictures, say).play()


def save_windows(windows: Sequence["QWidget"], file: Path) -> None:
    """One picture of several windows, each before the one behind it."""
    from PyQt6.QtCore import QPoint, QRect, Qt
    from PyQt6.QtGui import QColor, QPainter, QPixmap

    whole = windows[0].size()
    canvas = QPixmap(whole)
    canvas.fill(QColor("#C9CED8"))
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for place, window in enumerate(windows):
        shown = window.grab().scaled(
            whole * SHARE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        corner = QPoint(round(whole.width() * STEP * place), round(whole.height() * STEP * place))
        painter.fillRect(QRect(corner, shown.size()).adjusted(-1, -1, 1, 1), QColor("#868E9C"))
        painter.drawPixmap(corner, shown)
    painter.end()
    canvas.save(str(file))


def main() -> None:
    """Play, and keep the chosen pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from workloom.plugin_manager.discovery import installed

    # What a user gets: the samples, which are installed beside it for the tests, stay off.
    own = {point.name for point in distribution("workloom").entry_points}
    guests = {candidate.name for candidate in installed()} - own
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as demo:
        job, shown = Path(made) / "job", Path(made) / "demo"
        for folder in (job, shown):
            folder.mkdir()
        play_job(job, guests)
        play_demo(Path(demo), shown, guests)
        PICTURES.mkdir(exist_ok=True)
        for name, kept in CHOSEN.items():
            shutil.copyfile(job / f"{name}.png", PICTURES / f"{kept}.png")
        for name in OF_THE_DEMO:
            shutil.copyfile(shown / f"{name}.png", PICTURES / f"{name}.png")
    print(f"{len(CHOSEN) + len(OF_THE_DEMO)} pictures are in {PICTURES}")


if __name__ == "__main__":
    sys.exit(main())

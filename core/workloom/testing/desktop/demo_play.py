"""The demo, played without anybody: three desktops on one node, and an item that goes from one to the next."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtWidgets import QLineEdit

from workloom.bootstrap.desktop import Desktop, quiet_offscreen
from workloom.settings import Settings
from workloom.shell.application import DesktopApplication
from workloom.shell.preferences import Theme
from workloom.testing.desktop.main_job import NOTE, ONLY, MainJob
from workloom.testing.desktop.person import Person
from workloom.testing.desktop.playing import SCREEN
from workloom.testing.desktop.screen import use_screen

NAMES = {"lena": "Lena Hofer", "lars": "Lars Andersen", "ines": "Ines Okafor"}


class DemoPlay(MainJob):
    """Plays on windows of desktops of their own, one for each person of `NAMES`."""

    def __init__(self, desktops: Sequence[DesktopApplication], pictures: Path, said: Callable[[str], None]) -> None:
        super().__init__(desktops[0], pictures, said)
        self._desktops = desktops

    def play(self) -> None:
        """All of it. NotSeen when something does not come."""
        lena, lars, ines = (
            self._log_in(desktop.windows[0], user, name, only="" if user == "ines" else ONLY)
            for desktop, (user, name) in zip(self._desktops, NAMES.items(), strict=True)
        )
        self._accept(lena)
        self._work(lena)
        self._not_ready(lena)
        self._transfer(lena)
        self._receive(lars)
        self._finish(lars)
        self._look(ines)

    def _look(self, person: Person) -> None:
        """Somebody who may search all items finds where it has been."""
        person.click("Search items")
        person.write(self.number, person.named(QLineEdit, "Quick search"))
        person.press("Return", person.named(QLineEdit, "Quick search"))
        person.until("the item in the list", lambda: person.sees(self.subject))
        person.wait_for(f"Transfer through routing by {NAMES['lena']}")
        self._tell(f"{NAMES['ines']} finds it in a third window, with the path that it went", person, "search")
        person.click("Notes 1")
        person.wait_for(NOTE)
        self._tell(f"She reads what {NAMES['lena']} noted", person, "notes")


def play_demo(url: str, folder: Path, pictures: Path, said: Callable[[str], None], *, theme: Theme = "light") -> None:
    """Play on the node at `url`; settings and drafts are kept in `folder`. NotSeen when a step does not come."""
    with quiet_offscreen():
        use_screen(folder, *SCREEN)
        desktops: list[Desktop] = []
        for user in NAMES:
            application = desktops[0].application if desktops else None
            data = Settings(data=folder / f"desktop-{user}", servers=(url,))
            desktops.append(Desktop(data, theme=theme, application=application))
        desktops[0].contain()
        for desktop in desktops:
            desktop.hold()
        try:
            for desktop in desktops:
                desktop.windows.open_window()
            DemoPlay([desktop.windows for desktop in desktops], pictures, said).play()
        finally:
            for desktop in desktops:
                desktop.close()

"""The main job, played on real windows by keys and by the words on them.

A person logs in and takes an offered item from an imported export; edits its case data and chooses a disposition;
transfers it by routing to a group; a colleague in a second window receives it, puts it into a workbin, opens it again,
marks it done, finds it in the history and reopens it. The tests and `workloom desktop --play` play the same.
"""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from workloom.shell.agent_window import AgentWindow
from workloom.shell.application import DesktopApplication
from workloom.testing.desktop.person import Person

PASSWORD = "alpenrand"  # noqa: S105 - the demo site's, which its login page shows
ONLY = "incident"
GROUP = "Household team"
NOTE = "Called the office at 13:38. The printer is on another floor; please send somebody."
SYMPTOM = "Printer on floor 4"
DISPOSITION = "Solved"


class MainJob:
    """Plays the job step by step; `said(text)` hears of each step."""

    def __init__(
        self,
        desktop: DesktopApplication,
        pictures: Path | None = None,
        said: Callable[[str], None] = lambda _text: None,
    ) -> None:
        self._desktop, self._pictures, self._said = desktop, pictures, said
        self._step = 0
        self.subject = ""
        self.number = ""

    def play(self) -> None:
        """All of it. NotSeen when something does not come."""
        lena = self._log_in(self._desktop.windows[0], "lena", "Lena Hofer")
        self._accept(lena)
        self._work(lena)
        lars = self._log_in(self._second_window(lena), "lars", "Lars Andersen")
        self._transfer(lena)
        self._receive(lars)
        self._put_away(lars)
        self._open_again(lars)
        self._finish(lars)
        self._find_and_reopen(lars)

    def _tell(self, what: str, person: Person, name: str, widget: QWidget | None = None) -> None:
        self._step += 1
        self._said(f"{self._step:2}. {what}")
        person.picture(f"{self._step:02}-{name}", widget)

    def _log_in(self, window: AgentWindow, user: str, full_name: str, only: str = ONLY) -> Person:
        """On one channel; on none where `only` is empty."""
        person = Person(window, self._pictures)
        person.wait_for("Demo site.")
        person.write(user, person.named(QLineEdit, "login-user"))
        person.write(PASSWORD, person.named(QLineEdit, "login-password"))
        self._tell(f"{full_name} types user name and password", person, f"login-{user}")
        person.click("Continue")
        person.named(QCheckBox, f"login-channel-{ONLY}")
        for box in window.findChildren(QCheckBox):
            kind = box.objectName().removeprefix("login-channel-")
            if box.objectName().startswith("login-channel-") and box.isEnabled():
                wanted = kind == only
                if box.isChecked() is not wanted:
                    box.click()
        self._tell(f"{full_name} chooses the channels", person, f"channels-{user}")
        person.click("Log in")
        person.named(QWidget, "workspace")
        return person

    def _accept(self, person: Person) -> None:
        toast = person.toast()
        self._tell("An item from the imported export is offered", person, "offer")
        self._tell("The offer", person, "toast", toast)
        person.press("F8")
        self._wait_for_pane(person)

    def _wait_for_pane(self, person: Person) -> None:
        number = person.named(QLabel, "item.number")
        person.until("the number of the item", lambda: bool(number.text()))
        self.number = number.text()
        title = person.named(QLabel, "item.title")
        self.subject = title.accessibleName() or title.text()
        person.wait_for("Case data")

    def _work(self, person: Person) -> None:
        self._tell("It is accepted by F8 and opens", person, "opened")
        person.write(SYMPTOM, person.named(QLineEdit, "Affected item"))
        person.press("Tab")
        person.wait_for("All changes saved")
        self._tell("A field of the case data is edited and saved as it is left", person, "case-data")
        person.choose(DISPOSITION, "Disposition")
        person.wait_for("Chosen")
        person.write(NOTE, person.named(QPlainTextEdit, "Note"))
        person.wait_for("Draft kept")
        self._tell("A disposition is chosen and a note is typed", person, "disposition")

    def _second_window(self, person: Person) -> AgentWindow:
        self._not_ready(person)
        return self._desktop.open_window()

    def _not_ready(self, person: Person) -> None:
        """What is transferred shall not come back to who had it."""
        person.press("Ctrl+Alt+2")
        status = person.named(QWidget, "status-button")
        person.until("Not ready", lambda: "Not ready" in status.accessibleName() + status.accessibleDescription())

    def _transfer(self, person: Person) -> None:
        person.press("Ctrl+T")
        popup = person.popup("Find a target")
        person.write("household team", person.named(QLineEdit, "targets.search", popup))
        person.until("the group in the target search", lambda: f"is routed to {GROUP}" in " ".join(person.texts(popup)))
        self._tell(f"The transfer is searched: group {GROUP}", person, "transfer")
        person.press("Return", person.named(QLineEdit, "targets.search", popup))
        person.wait_for(f"Transferred to {GROUP}")
        self._tell("The item goes to the group through routing", person, "transferred")

    def _receive(self, person: Person) -> None:
        number = self.number
        person.toast()
        self._tell("A second agent is offered the item in a second window", person, "second-offer")
        person.press("F8")
        self._wait_for_pane(person)
        assert self.number == number, f"Expected {number}, got {self.number}"
        person.wait_for(NOTE)
        self._tell("It is opened there, with the note of the colleague", person, "second-opened")

    def _put_away(self, person: Person) -> None:
        person.press("Ctrl+B")
        person.choose_in_menu("Waiting for documents")
        person.wait_for("Moved to workbin")
        self._tell("It is put into a workbin", person, "moved")

    def _open_again(self, person: Person) -> None:
        person.close_notices()
        person.click("Workbins")
        person.wait_for("Waiting for documents")
        person.until("the item in the list", lambda: person.sees(self.subject))
        self._tell("The workbin shows it", person, "workbins")
        person.click("Open")
        self._wait_for_pane(person)
        self._tell("It is opened again", person, "opened-again")

    def _finish(self, person: Person) -> None:
        person.press("Ctrl+Return")
        person.wait_for("Undo")
        self._tell("It is done", person, "done")

    def _find_and_reopen(self, person: Person) -> None:
        person.close_notices()
        person.click("My history")
        person.wait_for("Reopen")
        self._tell("The history finds it", person, "history")
        person.click("Reopen")
        self._wait_for_pane(person)
        self._tell("It is reopened", person, "reopened")

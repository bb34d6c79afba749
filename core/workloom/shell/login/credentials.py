"""Step 1: user and password; on a demo site its users to click."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from workloom.api.ui import Ui
from workloom.shell.offers.countdown import Countdown
from workloom.shell.words import say

DEMO_COLUMNS = 3
TICK = 200
"""Milliseconds between two looks at how long the person has to wait."""

LATE = 0.1
"""Seconds after which the service is sure to have waited as long as it said."""


def line_edit(widget: QWidget) -> QLineEdit:
    """The line that is typed into, of a field of the kit."""
    found = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)
    assert found is not None
    return found


class Credentials(QWidget):
    """`on_continue(user, password)` is called by Enter and by the button."""

    def __init__(self, kit: Ui, on_continue: Callable[[str, str], None]) -> None:
        super().__init__()
        self._kit = kit
        self._on_continue = on_continue
        self._asked = ""
        self._left = Countdown(0)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._tick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(kit.label(say("Log in"), "greeting"))
        layout.addWidget(kit.label(say("Work items come to you when you are ready."), "muted", wrap=True))
        self._said = kit.label("", "muted", wrap=True)
        self._said.setObjectName("login-said")
        self._said.hide()
        layout.addSpacing(4)
        layout.addWidget(self._said)
        layout.addSpacing(20)
        self.user = self._field(layout, say("User"), "login-user")
        layout.addSpacing(12)
        self.password = self._field(layout, say("Password"), "login-password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._fault = kit.label("", "danger", wrap=True)
        self._fault.setObjectName("login-fault")
        self._fault_line = _with_icon(kit, self._fault)
        self._fault_line.hide()
        layout.addSpacing(4)
        layout.addWidget(self._fault_line)
        layout.addSpacing(20)
        row = QHBoxLayout()
        self._waiting = kit.label("", "muted")
        self._waiting.setObjectName("login-waiting")
        row.addWidget(self._waiting, 1)
        self.go = kit.button(say("Continue"), kind="primary", key="Enter", on_click=self.submit)
        self.go.setObjectName("login-continue")
        row.addWidget(self.go)
        layout.addLayout(row)
        self._demo = QVBoxLayout()
        layout.addLayout(self._demo)
        layout.addStretch(1)
        self.user.returnPressed.connect(self._user_entered)
        self.password.returnPressed.connect(self.submit)
        self.user.textEdited.connect(lambda _text: self._another())
        self.password.textEdited.connect(lambda _text: self.say(""))

    def focus(self) -> None:
        """Put the cursor where something is missing."""
        field = self.password if self.user.text() else self.user
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def submit(self) -> None:
        """Go on with what is typed, or to the field that is empty."""
        if not self.go.isEnabled():
            return
        if not self.user.text().strip() or not self.password.text():
            self.say(say("Enter your user name and password."))
            self.focus()
            return
        self._asked = self.user.text().strip()
        self._on_continue(self._asked, self.password.text())

    def busy(self, what: str) -> None:
        """Show that something is being waited for; empty = nothing."""
        self._waiting.setText(what)
        self.go.setEnabled(not what and self._left.over)

    def say(self, fault: str) -> None:
        """Say what is wrong; empty takes it away."""
        self._fault.setText(fault)
        self._fault_line.setVisible(bool(fault))

    def inform(self, text: str) -> None:
        """Say something that the agent should know before logging in."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def refuse(self, message: str, wait_seconds: float) -> None:
        """The password was wrong: one message, and how long to wait before the next try. Who has come to the page
        meanwhile does not hear of it.
        """
        if self.user.text().strip() != self._asked:
            self.busy("")
            return
        self.password.clear()
        self.say(message)
        self._left = Countdown(wait_seconds + LATE if wait_seconds else 0)
        self.busy("")
        if not self._left.over:
            self._clock.start()
            self._tick()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _another(self) -> None:
        """Somebody else has not to wait for who was refused; the service counts for each user."""
        self.say("")
        if not self._left.over:
            self._left = Countdown(0)
            self._tick()

    def show_demo(self, users: Sequence[tuple[str, str, str]], password: str) -> None:
        """List the users of a demo site; a click fills them in."""
        if not users:
            return
        self._demo.addSpacing(16)
        self._demo.addWidget(self._kit.line())
        self._demo.addSpacing(12)
        says = (
            say("Demo site. Everybody’s password is {password}.", password=password) if password else say("Demo site.")
        )
        self._demo.addWidget(self._kit.label(says, "muted", wrap=True))
        self._demo.addSpacing(8)
        grid = QGridLayout()
        grid.setSpacing(6)
        stops: list[QWidget] = [self.go]
        for index, (name, full_name, role) in enumerate(users):
            button = self._kit.button(full_name, small=True, on_click=partial(self._fill, name, password))
            button.setObjectName(f"login-demo-{name}")
            button.setToolTip(role)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setAccessibleDescription(role)
            grid.addWidget(button, index // DEMO_COLUMNS, index % DEMO_COLUMNS)
            stops.append(button)
        self._demo.addLayout(grid)
        for one, other in pairwise(stops):  # what stands below them on the page was made before
            QWidget.setTabOrder(one, other)

    def _fill(self, name: str, password: str) -> None:
        self.user.setText(name)
        self.password.setText(password)
        self._another()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _field(self, layout: QVBoxLayout, title: str, name: str) -> QLineEdit:
        label = self._kit.label(title, "strong")
        made = self._kit.text_field(title)
        field = line_edit(made.widget)
        field.setObjectName(name)
        field.setAccessibleName(title)
        label.setBuddy(field)
        layout.addWidget(label)
        layout.addWidget(made.widget)
        return field

    def _user_entered(self) -> None:
        if self.password.text():
            self.submit()
        else:
            self.password.setFocus(Qt.FocusReason.TabFocusReason)

    def _tick(self) -> None:
        if self._left.over:
            self._clock.stop()
            self.busy("")
        else:
            self._waiting.setText(say("Try again in {seconds} s", seconds=self._left.seconds()))


def _with_icon(kit: Ui, fault: QWidget) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    icon = kit.label()
    icon.setPixmap(kit.pixmap("circle-alert", token="danger", size=14))
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(fault, 1)
    return made

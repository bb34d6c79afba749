"""Step 2: where you sit and what you take today."""

from collections.abc import Callable
from datetime import datetime

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workloom.api.ui import Field, Ui
from workloom.domain.presence import ChannelChoice, LoginPlan, Presence
from workloom.shell.login.place import place_field
from workloom.shell.preferences import Remembered
from workloom.shell.presence_words import state_words
from workloom.shell.words import say, say_count

NOON, EVENING = 12, 18
ROW_HEIGHT, TARGET = 56, 28
BESIDE = 190
"""Pixels that the state of a channel may take beside its title; else it stands below."""


def greeting(first_name: str, now: datetime) -> str:
    """`Good afternoon, Lena`, by the local hour."""
    if now.hour < NOON:
        return say("Good morning, {name}", name=first_name)
    if now.hour < EVENING:
        return say("Good afternoon, {name}", name=first_name)
    return say("Good evening, {name}", name=first_name)


def detail(choice: ChannelChoice) -> str:
    """What a channel allows, or what is to be known of it first."""
    if choice.at_once == 0:
        return say("No capacity rule, nothing is offered")
    if choice.locked:
        return say("Always on. Set by your administrator.")
    return say_count(choice.at_once, "Up to {count} item at once", "Up to {count:,} items at once")


def check_box(widget: QWidget) -> QCheckBox:
    """The box of a field of the kit."""
    found = widget if isinstance(widget, QCheckBox) else widget.findChild(QCheckBox)
    assert found is not None
    return found


class ChannelRow(QWidget):
    """One channel with its box, what it allows, and the state it will have."""

    def __init__(self, kit: Ui, choice: ChannelChoice, selected: bool, on_change: Callable[[], None]) -> None:
        super().__init__()
        self.choice = choice
        self._kit = kit
        self._on_change = on_change
        self.setMinimumHeight(ROW_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        self.box = check_box(kit.check(choice.title).widget)
        self.box.setObjectName(f"login-channel-{choice.media_type}")
        self.box.setAccessibleName(choice.title)
        said = detail(choice)
        self.box.setAccessibleDescription(said)
        self.box.setChecked(selected)
        self.box.setEnabled(not choice.locked)
        self.box.setMinimumWidth(TARGET)
        layout.addWidget(self.box)
        picture = kit.label("")
        picture.setPixmap(kit.pixmap(choice.icon or "clipboard-list", token="muted", size=18))
        layout.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(kit.label(choice.title, "strong", wrap=True))
        words.addWidget(kit.label(said, "small", wrap=True))
        state = QHBoxLayout()
        state.setSpacing(6)
        self._glyph = kit.label("")
        self._state = kit.label("", "small")
        state.addWidget(self._glyph)
        state.addWidget(self._state, 1)
        is_beside = self._state.fontMetrics().horizontalAdvance(say("Ready after login")) < BESIDE
        if not is_beside:
            words.addLayout(state)
        words.addStretch(1)
        layout.addLayout(words, 1)
        if is_beside:
            layout.addLayout(state)
        self.box.toggled.connect(self._show_state)
        self._show_state()

    def mousePressEvent(self, event: object) -> None:
        """A click anywhere in the row counts for its box."""
        del event
        if self.box.isEnabled():
            self.box.toggle()

    def _show_state(self) -> None:
        state = self.choice.state if self.box.isChecked() else Presence.LOGGED_OFF
        self._glyph.setPixmap(self._kit.pixmap(f"presence:{state.value}", size=14))
        ready = state is Presence.READY
        off = state is Presence.LOGGED_OFF
        words = (
            say("Ready after login")
            if ready
            else say("Not logged in")
            if off
            else state_words(state, self.choice.reason)
        )
        self._state.setText(words)
        self._on_change()


class PlaceAndChannels(QWidget):
    """What the login plan asks. `on_log_in(place, channels, remember)`; `on_back()`."""

    def __init__(
        self,
        kit: Ui,
        plan: LoginPlan,
        remembered: Remembered | None,
        now: datetime,
        on_log_in: Callable[[str, tuple[str, ...], bool], None],
        on_back: Callable[[], None],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._plan = plan
        self._on_log_in = on_log_in
        self._rows: list[ChannelRow] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(kit.label(greeting(plan.first_name or plan.full_name, now), "greeting", wrap=True))
        asked = (
            say("Choose where you sit and what you take today.")
            if plan.prompt_place
            else say("Choose what you take today.")
        )
        layout.addWidget(kit.label(asked, "muted", wrap=True))
        self.place: Field | None = None
        if plan.prompt_place:
            layout.addSpacing(20)
            self._add_place(layout, remembered.place if remembered else "")
        layout.addSpacing(16)
        self._add_channels(layout, remembered.channels if remembered else None)
        layout.addSpacing(12)
        remember = kit.check(say("Remember"), say("Remember place and channels on this computer"))
        self.remember = check_box(remember.widget)
        self.remember.setObjectName("login-remember")
        self.remember.setChecked(True)
        layout.addWidget(remember.widget)
        self._fault = kit.label("", "danger", wrap=True)
        self._fault.setObjectName("login-fault-2")
        self._fault.hide()
        layout.addWidget(self._fault)
        layout.addSpacing(20)
        row = QHBoxLayout()
        self.back = kit.button(say("Back"), kind="quiet", key="Alt+Left", on_click=on_back)
        self.back.setObjectName("login-back")
        row.addWidget(self.back)
        row.addStretch(1)
        self.go = kit.button(say("Log in"), kind="primary", key="Enter", on_click=self.submit)
        self.go.setObjectName("login-go")
        row.addWidget(self.go)
        layout.addLayout(row)
        layout.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: Enter logs in from wherever it means nothing else."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return
        super().keyPressEvent(event)

    def focus(self) -> None:
        """Enter logs in at once: what was chosen last time is chosen."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Log in with what is chosen."""
        if not self.go.isEnabled():
            return
        place = self.place.text() if self.place is not None else ""
        self._on_log_in(place, self.chosen(), self.remember.isChecked())

    def chosen(self) -> tuple[str, ...]:
        """Media types whose box is ticked."""
        return tuple(row.choice.media_type for row in self._rows if row.box.isChecked())

    def busy(self, waiting: bool) -> None:
        """While the login is under way nothing can be changed."""
        self.go.setEnabled(not waiting)
        self.back.setEnabled(not waiting)

    def say(self, fault: str) -> None:
        """Say what is wrong."""
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))

    def _add_place(self, layout: QVBoxLayout, last: str) -> None:
        label = self._kit.label(say("Place"), "strong")
        layout.addWidget(label)
        self.place = place_field(self._kit, self._plan.places, last)
        label.setBuddy(self.place.widget)
        layout.addWidget(self.place.widget)

    def _add_channels(self, layout: QVBoxLayout, last: list[str] | None) -> None:
        head = QHBoxLayout()
        head.addWidget(self._kit.label(say("Channels"), "strong"))
        head.addStretch(1)
        self._count = self._kit.label("", "small")
        head.addWidget(self._count)
        layout.addLayout(head)
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        for choice in self._plan.channels:
            selected = choice.selected
            if last is not None and not choice.locked:
                selected = choice.media_type in last
            row = ChannelRow(self._kit, choice, selected, self._changed)
            if self._rows:
                inside.addWidget(self._kit.line())
            inside.addWidget(row)
            self._rows.append(row)
        if not self._rows:
            none = self._kit.label(say("No channel is set up for you. Ask your administrator."), "muted", wrap=True)
            none.setContentsMargins(16, 16, 16, 16)
            inside.addWidget(none)
        layout.addWidget(card)
        self._changed()

    def _changed(self) -> None:
        if self._rows:
            self._count.setText(
                say("{chosen} of {all} selected", chosen=len(self.chosen()), all=len(self._plan.channels))
            )

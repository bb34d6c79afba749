"""One toast: what is offered, how long it may be answered, Accept and Reject."""

from collections.abc import Callable
from datetime import UTC, datetime

from PyQt6.QtCore import QEvent, QRectF, Qt, QTimer
from PyQt6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PyQt6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workloom.api.contributions import Fact, ToastContent
from workloom.api.ui import BadgeTone, Ui
from workloom.domain.wording import duration
from workloom.shell.kit.type_scale import ROLES
from workloom.shell.offers.corners import round_off
from workloom.shell.offers.countdown import ANNOUNCED, Countdown
from workloom.shell.offers.ring import Ring
from workloom.shell.offers.tile import Tile
from workloom.shell.words import say

WIDTH, RADIUS, MARGIN = 420, 12, 16
SHARE = 0.4
"""Part of the screen that a toast may take for larger text, where its usual width is less."""

LABEL_WIDTH = 120
TICK, STEP = 100, 1000
"""Milliseconds between two drawings of the ring, and with reduced motion."""

_TONES: dict[str, BadgeTone] = {"accent": "accent", "success": "success", "warning": "warning", "danger": "danger"}


def _wide(button: QPushButton) -> QPushButton:
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


def wide_enough(text_size: float, room: int) -> int:
    """How wide a toast is: as in the design, and more for larger text, within its share of a screen so wide."""
    return max(WIDTH, min(round(WIDTH * text_size), round(SHARE * room)))


class Toast(QWidget):
    """A window that never takes the focus by itself. `inside`: the window to be drawn in, where none can be placed."""

    def __init__(
        self,
        kit: Ui,
        content: ToastContent,
        countdown: Countdown,
        *,
        accept: Callable[[], None],
        reject: Callable[[], None],
        inside: QWidget | None = None,
        keys: tuple[str, str] = ("F8", "Shift+F8"),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        reduced_motion: bool = False,
    ) -> None:
        super().__init__(inside)
        self.setObjectName("toast")
        if inside is None:
            self.setWindowFlags(
                Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
            )
            round_off(self, RADIUS)
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setStyleSheet(kit.window.styleSheet())  # it has no parent to inherit it from
        self._kit = kit
        self._keys = keys
        self._content = content
        self._countdown, self._now = countdown, now
        self._accept, self._reject = accept, reject
        self._opener: QWidget | None = None
        self._build()
        # Where a platform gives a new window the keys all the same, they meet no button.
        self.setFocus()
        self.setFixedWidth(max(self._wide_enough(), self.minimumSizeHint().width()))
        self._announced = countdown.seconds() + 1
        self._timer = QTimer(self)
        self._timer.setInterval(STEP if reduced_motion else TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def take_focus(self) -> None:
        """Move the keyboard into the toast; Esc brings it back."""
        self._opener = QApplication.focusWidget()
        self.activateWindow()
        self.accept_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def wait(self) -> None:
        """An answer is on its way: nothing more can be pressed."""
        self._timer.stop()
        self.accept_button.setEnabled(False)
        if self.reject_button is not None:
            self.reject_button.setEnabled(False)

    def leave(self) -> None:
        """Stop counting and go; the focus returns to where it was."""
        self._timer.stop()
        self._give_back_focus()
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Esc leaves the toast, which stays."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self._give_back_focus()
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent | None) -> bool:
        """Close requests of the platform do not answer an offer."""
        if event is not None and event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Raised ground with one line around; the row of buttons stands on the window's ground."""
        tokens = self._kit.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("window"))
        painter.drawRoundedRect(around, RADIUS, RADIUS)
        foot = float(self._foot.y())
        painter.setClipRect(QRectF(0, 0, self.width(), foot))
        painter.setBrush(tokens.color("raised"))
        painter.drawRoundedRect(around, RADIUS, RADIUS)
        painter.setClipping(False)
        painter.setPen(QPen(tokens.color("line"), 1))
        painter.drawLine(0, int(foot), self.width(), int(foot))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._frame(), 1))
        painter.drawRoundedRect(around, RADIUS, RADIUS)
        painter.end()

    def _wide_enough(self) -> int:
        screen = self._kit.window.screen()
        room = screen.availableGeometry().width() if screen is not None else 0
        return wide_enough(QApplication.font().pixelSize() / ROLES["base"][0], room)

    def _frame(self) -> QColor:
        named = QColor(self._content.frame_color)
        return named if named.isValid() else self._kit.tokens.color("menu-line")

    def _build(self) -> None:
        kit, content = self._kit, self._content
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN, 14, MARGIN, 12)
        head.setSpacing(8)
        head.addLayout(self._head())
        if content.line:
            head.addWidget(kit.label(content.line, "strong", elide=True))
        head.addLayout(self._origin())
        layout.addLayout(head)
        if content.facts:
            layout.addWidget(kit.line())
            layout.addLayout(self._facts())
        self._foot = QWidget()
        buttons = QHBoxLayout(self._foot)
        buttons.setContentsMargins(MARGIN, 12, MARGIN, 14)
        buttons.setSpacing(8)
        self.reject_button = None
        if content.can_reject:
            self.reject_button = kit.button(say("Reject"), key=self._keys[1], on_click=self._reject)
            self.reject_button.setObjectName("toast-reject")
            buttons.addWidget(_wide(self.reject_button), 2)
        self.accept_button = kit.button(say("Accept"), kind="primary", key=self._keys[0], on_click=self._accept)
        self.accept_button.setObjectName("toast-accept")
        buttons.addWidget(_wide(self.accept_button), 3)
        layout.addWidget(self._foot)
        for key, answer in zip(self._keys, (self._accept, self._reject_if_possible), strict=True):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(answer)
        self.setAccessibleDescription(", ".join(f"{fact.label} {fact.value}" for fact in content.facts))

    def _reject_if_possible(self) -> None:
        if self.reject_button is not None:
            self._reject()

    def _head(self) -> QHBoxLayout:
        kit, content = self._kit, self._content
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Tile(kit, content.icon or "clipboard-list"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(kit.label(content.title, "small"))
        for badge in content.badges:
            first.addWidget(kit.badge(badge.value, tone=_TONES.get(badge.tone, "neutral"), icon=badge.icon).widget)
        first.addStretch(1)
        words.addLayout(first)
        words.addWidget(kit.label(content.heading, "panel-title", elide=True))
        row.addLayout(words, 1)
        self._ring = Ring(kit)
        row.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _origin(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._waiting = self._kit.label(self._waiting_text(), "meta")
        for icon, label in (("list-end", self._kit.label(self._content.origin, "meta")), ("hourglass", self._waiting)):
            if label.text():
                picture = self._kit.label()
                picture.setPixmap(self._kit.pixmap(icon, token="muted", size=14))
                row.addWidget(picture)
                row.addWidget(label)
                row.addSpacing(8)
        self._opens = self._kit.label("", "link")
        row.addWidget(self._opens)
        row.addStretch(1)
        return row

    def _waiting_text(self) -> str:
        since = self._content.waiting_since
        if since is None:
            return self._content.waiting_since_text
        return say("Waiting {span}", span=duration(self._now() - since))

    @property
    def opens_by_itself(self) -> bool:
        """Auto-answer with a preview: when the countdown is over the item is accepted."""
        return self._content.seconds_to_accept > 0

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(MARGIN, 12, MARGIN, 14)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH - 8)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(self._content.facts):
            grid.addWidget(self._kit.label(fact.label, "muted"), row, 0)
            grid.addLayout(self._value(fact), row, 1)
        return grid

    def _value(self, fact: Fact) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        if fact.icon:
            picture = self._kit.label()
            picture.setPixmap(self._kit.pixmap(fact.icon, token=fact.tone or "muted", size=14))
            row.addWidget(picture)
        value = self._kit.label(fact.value, "base" if fact.tone else "strong", elide=True)
        if fact.tone:
            value.setProperty("tone", fact.tone)
        row.addWidget(value, 1)
        return row

    def tick(self) -> None:
        """Show and say how much time is left; called by a clock."""
        seconds = self._countdown.seconds()
        self._ring.show_left(self._countdown.share(), seconds)
        self._waiting.setText(self._waiting_text())
        if self.opens_by_itself:
            self._opens.setText(say("Opens in {seconds} s", seconds=seconds))
        if seconds < self._announced and (self.accessibleName() == "" or seconds in ANNOUNCED):
            self._announced = seconds
            said = say("opens by itself in") if self.opens_by_itself else say("answer within")
            self.setAccessibleName(
                say(
                    "{title}, {heading}, {said} {seconds} seconds",
                    title=self._content.title,
                    heading=self._content.heading,
                    said=said,
                    seconds=seconds,
                )
            )
        if self._countdown.over:
            self._timer.stop()
            if self.opens_by_itself:
                self._accept()
            else:
                self.wait()

    def _give_back_focus(self) -> None:
        opener, self._opener = self._opener, None
        if opener is not None:
            opener.activateWindow()
            opener.setFocus(Qt.FocusReason.PopupFocusReason)

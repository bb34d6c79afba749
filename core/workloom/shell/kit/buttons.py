"""Buttons: plain, primary, quiet; with an icon and the caps of their key; chips and segments."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from workloom.api.ui import ButtonKind
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import key_parts, plain_tooltip
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

ICON = 16
ALONE = QSize(ICON, ICON)
WITH_TEXT = QSize(ICON + 4, ICON)
"""Qt puts 4 px between icon and text, the design 8."""
GAP_RADIUS = 4
_TOKENS = {"primary": "on-accent", "danger": "danger", "link": "accent-text"}


class PlainButton(QPushButton):
    """A button whose text is shown as written: an ampersand is a letter and makes no key."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)

    def setText(self, text: str | None) -> None:
        """Qt: show a text."""
        super().setText((text or "").replace("&", "&&"))

    def text(self) -> str:
        """Qt: the text as written."""
        return super().text().replace("&&", "&")

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: Enter presses the button that has the focus, as Space does. Qt itself leaves it to the platform."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


class Button(PlainButton):
    """A button that draws the caps of its key at its right."""

    def __init__(self, tokens: Tokens, scale: TypeScale, text: str, kind: str, key: str) -> None:
        super().__init__(text)
        self._tokens, self._scale = tokens, scale
        self._parts = key_parts(key)
        self.setProperty("kind", kind)
        self.setProperty("role", "button")
        self.setFont(scale.font("button"))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Qt: text, icon and caps."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._caps_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Qt: a button is never cut."""
        return self.sizeHint()

    def show_key(self, key: str) -> None:
        """Draw other caps, empty = none."""
        self._parts = key_parts(key)
        self.updateGeometry()
        self.update()

    def _caps_width(self) -> int:
        if not self._parts:
            return 0
        metrics = QFontMetrics(self._scale.font("meta"))
        return 4 + sum(metrics.horizontalAdvance(part) + 9 + 4 for part in self._parts)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: frame, then icon, text and caps, together in the middle."""
        if not self._parts:
            super().paintEvent(event)
        else:
            painter = QStylePainter(self)
            option = QStyleOptionButton()
            self.initStyleOption(option)
            painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
            beside = max(0, (self.width() - self.sizeHint().width()) // 2)
            option.rect = option.rect.adjusted(beside, 0, -self._caps_width() - beside, 0)
            painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
            painter.end()
            self._paint_caps(self.width() - beside - 12)
        if self._is_primary and self.hasFocus():
            self._paint_gap()

    @property
    def _is_primary(self) -> bool:
        return bool(self.property("kind") == "primary")

    def _paint_caps(self, right: int) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._scale.font("meta"))
        loud = self._is_primary and self.isEnabled()
        ink = self._tokens.color("on-accent" if loud else "muted" if self.isEnabled() else "disabled")
        edge = QColor(self._tokens.color("on-accent" if loud else "line-strong"))
        edge.setAlphaF(0.55)
        height = painter.fontMetrics().height() + 3
        for part in reversed(self._parts):
            width = painter.fontMetrics().horizontalAdvance(part) + 9
            cap = QRect(right - width, (self.height() - height) // 2, width, height)
            painter.setPen(edge)
            painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(ink)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, part)
            right -= width + 4
        painter.end()

    def _paint_gap(self) -> None:
        """The ring of the focus has the colour of the button: a line between them lets it be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._tokens.color("surface"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), GAP_RADIUS, GAP_RADIUS)
        painter.end()


def button(
    tokens: Tokens,
    icons: Icons,
    scale: TypeScale,
    text: str,
    *,
    icon: str,
    kind: ButtonKind | str,
    key: str,
    small: bool,
    on_click: Callable[[], object] | None,
) -> Button:
    """A button of the design."""
    made = Button(tokens, scale, text, kind, key)
    made.setProperty("small", small)
    made.setAccessibleName(text)
    if icon:
        made.setIcon(icons.icon(icon, _TOKENS.get(kind, "text")))
        made.setIconSize(WITH_TEXT if text else ALONE)
    if key:
        made.setAccessibleDescription(key)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def icon_button(icons: Icons, icon: str, name: str, key: str, on_click: Callable[[], object] | None) -> QToolButton:
    """A button with an icon only: the verb is its accessible name and tooltip, the key its description."""
    made = QToolButton()
    made.setProperty("kind", "quiet")
    made.setIcon(icons.icon(icon, "text"))
    made.setIconSize(QSize(ICON, ICON))
    made.setAccessibleName(name)
    made.setAccessibleDescription(key)
    made.setToolTip(plain_tooltip(f"{name} ({key})" if key else name))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def chip(
    icons: Icons, scale: TypeScale, text: str, checked: bool, on_toggle: Callable[[bool], None] | None
) -> QPushButton:
    """A filter or quick choice; a chosen one has a tick."""
    made = PlainButton(text)
    made.setFont(scale.font("button"))
    made.setProperty("role", "button")
    made.setProperty("kind", "chip")
    made.setCheckable(True)
    made.setAutoDefault(False)
    made.setAccessibleName(text)

    def show_tick(on: bool) -> None:
        made.setIcon(icons.icon("check", "accent-text") if on else QIcon())

    made.toggled.connect(show_tick)
    made.setChecked(checked)
    if on_toggle is not None:
        made.clicked.connect(on_toggle)
    return made


class Segmented:
    """One of two to four, as buttons in a frame."""

    def __init__(self, scale: TypeScale, choices: Sequence[tuple[str, str]], on_choose: Callable[[str], None]) -> None:
        self._frame = QWidget()
        self._frame.setProperty("kind", "segmented")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self._frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        self._group = QButtonGroup(self._frame)
        self._buttons: dict[str, QPushButton] = {}
        for choice, text in choices:
            segment = PlainButton(text)
            segment.setProperty("kind", "segment")
            segment.setCheckable(True)
            segment.setAutoDefault(False)
            segment.setFont(scale.font("button"))
            segment.setProperty("role", "button")
            segment.setAccessibleName(text)
            segment.clicked.connect(lambda _checked, choice=choice: on_choose(choice))
            self._group.addButton(segment)
            self._buttons[choice] = segment
            layout.addWidget(segment)
        self.choose(choices[0][0])

    @property
    def widget(self) -> QWidget:
        """The frame."""
        return self._frame

    def current(self) -> str:
        """The choice in force."""
        return next(choice for choice, segment in self._buttons.items() if segment.isChecked())

    def choose(self, choice: str) -> None:
        """Make a choice current without calling back."""
        self._buttons[choice].setChecked(True)

    def set_text(self, choice: str, text: str) -> None:
        """Change the words of a choice, for a count."""
        self._buttons[choice].setText(text)
        self._buttons[choice].setAccessibleName(text)

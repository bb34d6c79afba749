"""Texts that are only read: labels, badges, key caps, avatars, lines. All plain text."""

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from workloom.api.ui import BadgeTone
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

KEY_NAMES = {"Return": "↵", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


class Label(QLabel):
    """A label whose text is never read as markup; with `elide` it is cut at the right and the tooltip has the whole."""

    def __init__(self, text: str = "", *, elide: bool = False) -> None:
        super().__init__()
        self._whole = text
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.setMinimumWidth(24)
        self.setText(text)

    def setText(self, text: str | None) -> None:
        """Qt: show a text."""
        self._whole = text or ""
        self._fit()

    def whole_text(self) -> str:
        """The text before it was cut."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        if self._elide:
            self._fit()

    def sizeHint(self) -> QSize:
        """Qt: the width of the whole text."""
        hint = super().sizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self._whole) + 4)
        return hint

    def _fit(self) -> None:
        if not self._elide:
            super().setText(self._whole)
            return
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 24))
        super().setText(cut)
        self.setToolTip(plain_tooltip(self._whole) if cut != self._whole else "")
        self.setAccessibleName(self._whole)


def plain_tooltip(text: str) -> str:
    """A tooltip that Qt cannot take for markup: Qt guesses by tags, so they are escaped in a paragraph of its own."""
    if "<" not in text and "&" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<p>{escaped}</p>"


def label(scale: TypeScale, text: str, role: str, *, elide: bool, selectable: bool, wrap: bool) -> Label:
    """A label in one of the roles of the type scale."""
    made = Label(text, elide=elide)
    made.setProperty("role", role)
    made.setFont(scale.font(role))
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        made.setCursor(Qt.CursorShape.IBeamCursor)
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet see changed properties."""
    style = widget.style()
    if style is not None:
        style.unpolish(widget)
        style.polish(widget)


class Badge:
    """A word on a soft ground, with an icon before it if wanted."""

    def __init__(self, icons: Icons, scale: TypeScale, text: str, tone: BadgeTone, icon: str) -> None:
        self._label = _BadgeLabel(icons)
        self._label.setFont(scale.font("meta"))
        self._label.setProperty("role", "meta")
        self._label.setProperty("kind", "badge")
        self.set(text, tone, icon)

    @property
    def widget(self) -> QLabel:
        """The label."""
        return self._label

    def set(self, text: str, tone: BadgeTone = "neutral", icon: str = "") -> None:
        """Change what it says; empty text hides it."""
        self._label.show_icon(icon, {"neutral": "muted", "accent": "accent-text"}.get(tone, tone))
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self._label.setProperty("badge", tone)
        if self._label.parentWidget() is not None or not text:
            self._label.setHidden(not text)
        else:  # to be shown without a parent would make it a window of its own
            self._label.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        restyle(self._label)


class _BadgeLabel(Label):
    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons, self._icon, self._token = icons, "", "muted"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, token: str) -> None:
        self._icon, self._token = icon, token
        self.setContentsMargins(19 if icon else 0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self._icon:
            painter = QPainter(self)
            pixmap = self._icons.pixmap(self._icon, self._token, 13, self.devicePixelRatioF())
            painter.drawPixmap(6, (self.height() - 13) // 2, pixmap)
            painter.end()


def key_caps(scale: TypeScale, key: str) -> QWidget:
    """The keys of a shortcut as caps: `Ctrl+Return` → [Ctrl] [↵]."""
    row = QWidget()
    row.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for part in key_parts(key):
        cap = Label(part)
        cap.setProperty("kind", "key")
        cap.setProperty("role", "meta")
        cap.setFont(scale.font("meta"))
        layout.addWidget(cap)
    return row


def key_parts(key: str) -> list[str]:
    """The caps of a shortcut, with the signs that stand on keyboards."""
    parts = key.replace("++", "+Plus").split("+") if key else []
    return [{"Plus": "+"}.get(part, KEY_NAMES.get(part, part)) for part in parts]


def line(*, vertical: bool) -> QFrame:
    """A separator of one pixel."""
    made = QFrame()
    made.setProperty("kind", "vertical-line" if vertical else "line")
    return made


class Avatar(QWidget):
    """Initials on a disc, with a presence glyph at its foot."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale, name: str, presence: str, size: int) -> None:
        super().__init__()
        self._tokens, self._icons, self._scale = tokens, icons, scale
        self._presence = presence
        self.setFixedSize(size + 4, size + 4)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show the initials of a name."""
        self._initials = initials(name)
        self.setAccessibleName(name)
        self.update()

    def set_presence(self, presence: str) -> None:
        """Show another presence, empty = none."""
        self._presence = presence
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.width() - 4
        paint_avatar(painter, QRectF(0, 0, side, side), self._initials, self._tokens, self._scale)
        if self._presence:
            size = 16
            ground = QRectF(self.width() - size - 0.5, self.height() - size - 0.5, size, size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.color("surface"))
            painter.drawEllipse(ground)
            pixmap = self._icons.pixmap(f"presence:{self._presence}", "muted", size, self.devicePixelRatioF())
            painter.drawPixmap(ground.toRect(), pixmap)
        painter.end()


def paint_avatar(painter: QPainter, disc: QRectF, text: str, tokens: Tokens, scale: TypeScale) -> None:
    """Initials on a disc."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color("hover"))
    painter.drawEllipse(disc)
    font = scale.font("strong")
    font.setPixelSize(max(9, round(disc.height() * 0.36)))
    painter.setFont(font)
    painter.setPen(tokens.color("text"))
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, text)


def initials(name: str) -> str:
    """`Lena Hofer` → `LH`."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def picture(pixmap: QPixmap) -> QLabel:
    """A pixmap as a widget that says nothing to a screen reader."""
    made = QLabel()
    made.setPixmap(pixmap)
    made.setFixedSize(pixmap.deviceIndependentSize().toSize())
    return made

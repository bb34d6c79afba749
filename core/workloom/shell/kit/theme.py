"""The theme: Fusion, a palette from the tokens, and a little style sheet."""

from pathlib import Path
from string import Template

from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line-strong",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent-text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
}
_SHEET = Path(__file__).with_name("style.qss")


class Style(QProxyStyle):
    """Fusion, but for what the design wants otherwise."""

    def __init__(self) -> None:
        super().__init__("fusion")

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        """Qt: combo lists open below, tooltips come sooner."""
        if hint == QStyle.StyleHint.SH_ComboBox_Popup:
            return 0
        if hint == QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return 400
        return super().styleHint(hint, option, widget, returnData)


def palette(tokens: Tokens) -> QPalette:
    """The palette of a theme."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, tokens.color(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, tokens.color("disabled"))
    return made


def style_sheet(tokens: Tokens, scale: TypeScale) -> str:
    """The style sheet with its colours and sizes filled in; `${name}` is a token, `${h32}` a scaled height."""
    names = {name.replace("-", "_"): value for name, value in tokens.values.items()}
    names |= {f"h{size}": f"{scale.px(size)}px" for size in (11, 12, 13, 15, 16, 18, 20, 24, 26, 28, 30, 32, 36)}
    return Template(_SHEET.read_text(encoding="utf-8")).substitute(names)


def apply(application: QApplication, tokens: Tokens, scale: TypeScale) -> None:
    """Give the application this theme and text size."""
    scale.apply(application)
    application.setPalette(palette(tokens))
    application.setStyleSheet(style_sheet(tokens, scale))

"""The theme: Fusion, a palette from the tokens, and a little style sheet.

Two things that cost the start dearly are avoided. A style written in Python: Qt asks it tens of thousands of times for
its hints while a window is made. And a style sheet of the whole application: with one, whatever is put into something
else is styled anew with all that it holds, so a view pays for each level of its layout; a window's sheet is applied
once, when the view comes into the window.
"""

from pathlib import Path
from string import Template

from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QApplication

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
BASE = "fusion"
_SHEET = Path(__file__).with_name("style.qss")


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
    names |= {
        f"h{size}": f"{scale.px(size)}px" for size in (8, 9, 11, 12, 13, 15, 16, 18, 20, 24, 26, 28, 30, 32, 34, 36)
    }
    return Template(_SHEET.read_text(encoding="utf-8")).substitute(names)


def apply(application: QApplication, tokens: Tokens, scale: TypeScale) -> None:
    """Give the application the font and the palette of this theme; the style sheet is for each window of its own."""
    scale.apply(application)
    application.setPalette(palette(tokens))

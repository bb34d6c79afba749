"""Renders the widgets of the kit, light and dark, to pictures: `python -m tests.shell.kit.gallery FOLDER`."""

import sys
from pathlib import Path

from PyQt6.QtWidgets import QApplication, QWidget

from tests.shell.kit.sections import SECTIONS, show
from workloom.adapters.outlines import LucideOutlines
from workloom.shell.kit import theme
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale


def main(folder: Path) -> None:
    """One picture for each section and theme."""
    application = QApplication(["gallery"])
    application.setStyle(theme.BASE)
    folder.mkdir(parents=True, exist_ok=True)
    for dark in (False, True):
        tokens, scale = Tokens(dark=dark), TypeScale()
        theme.apply(application, tokens, scale)
        application.setStyleSheet(theme.style_sheet(tokens, scale))
        kit = Kit(tokens, Icons(tokens, LucideOutlines()), scale, QWidget())
        for section in SECTIONS:
            show(section, kit).grab().save(str(folder / f"{section}-{'dark' if dark else 'light'}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

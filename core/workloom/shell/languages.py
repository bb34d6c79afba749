"""Which language the agent reads."""

from typing import Final

from PyQt6.QtCore import QLocale

from workloom.domain.options import OptionSet

LANGUAGE: Final = "desktop.language"


def language_of(options: OptionSet) -> str:
    """As the option says, else that of the computer: `de_AT`."""
    wanted = options.text(LANGUAGE) if LANGUAGE in options.names() else ""
    return wanted or QLocale.system().name()

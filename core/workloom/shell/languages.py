"""Which language the agent reads."""

from typing import Final

from workloom.domain.options import OptionSet

LANGUAGE: Final = "desktop.language"


def language_of(options: OptionSet) -> str:
    """As the option says, else that of the computer: `de_AT`."""
    wanted = options.text(LANGUAGE) if LANGUAGE in options.names() else ""
    if wanted:
        return wanted
    from PyQt6.QtCore import QLocale  # late: its names of all languages and countries take milliseconds to be made

    return QLocale.system().name()

"""Which options and privileges there are in this installation: those of the core and of the installed plugins."""

from workloom.domain.core_options import core_catalogue
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.privileges import CORE_PRIVILEGES


def installed_options() -> OptionCatalogue:
    """The options of the core and of the installed plugins."""
    return core_catalogue()


def installed_privileges() -> tuple[str, ...]:
    """The privileges of the core and of the installed plugins."""
    return CORE_PRIVILEGES

"""Which options and privileges there are in this installation: those of the core and of the installed plugins.

They are read from the manifests; no plugin is imported, and switching one off does not make its options unknown.
"""

from workloom.domain.core_options import core_catalogue
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.plugin_manager.discovery import installed, read_all
from workloom.plugin_manager.manifest import Manifest


def installed_options() -> OptionCatalogue:
    """The options of the core and of the installed plugins."""
    return core_catalogue().with_specs(spec for manifest in _manifests() for spec in manifest.option_specs())


def installed_privileges() -> tuple[str, ...]:
    """The privileges of the core and of the installed plugins."""
    own = (privilege.name for manifest in _manifests() for privilege in manifest.privilege)
    return tuple(dict.fromkeys((*CORE_PRIVILEGES, *own)))


def _manifests() -> tuple[Manifest, ...]:
    """Those that can be read; `workloom plugin list` says what is wrong with the others."""
    return tuple(found.manifest for found in read_all(installed()) if found.manifest is not None)
